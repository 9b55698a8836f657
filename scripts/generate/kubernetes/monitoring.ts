// How Prometheus finds the programs: by its operator, or by itself.
import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import { type Service, services } from "../../../services.ts";
import { componentOf, labelsOf, NAMESPACE } from "./cluster.ts";
import { metricsPort, named, serviceOf } from "./workload.ts";

const INTERVAL = "15s";

/** For the operator: follows the Service that leads to the port with figures. */
export function serviceMonitor(service: Service): IServiceMonitor {
  const port = metricsPort(service);
  const followed = serviceOf(service).find(({ spec }) =>
    spec?.ports?.some(({ targetPort }) => targetPort === port.port),
  );
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: named(service.name, labelsOf(service.name, componentOf(service))),
    spec: {
      selector: { matchLabels: { app: followed?.metadata?.labels?.["app"] ?? service.name } },
      endpoints: [{ port: port.name, path: "/metrics", interval: INTERVAL, scrapeTimeout: "10s" }],
    },
  };
}

/** For a Prometheus without the operator: its `scrape_configs`, one job for each program (S4). */
export const scrapeConfig = () => ({
  global: { scrape_interval: INTERVAL },
  scrape_configs: services.map((service) => ({
    job_name: service.name,
    kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [NAMESPACE] } }],
    relabel_configs: [
      { source_labels: ["__meta_kubernetes_pod_label_app"], regex: service.name, action: "keep" },
      {
        source_labels: ["__meta_kubernetes_pod_container_port_name"],
        regex: metricsPort(service).name,
        action: "keep",
      },
      // Pods that are ready or not are asked, those that have ended are not.
      { source_labels: ["__meta_kubernetes_pod_phase"], regex: "Pending|Succeeded|Failed", action: "drop" },
      { source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" },
      { source_labels: ["__meta_kubernetes_pod_node_name"], target_label: "node" },
    ],
  })),
});
