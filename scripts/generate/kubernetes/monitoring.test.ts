import { describe, expect, it } from "vitest";
import { services } from "../../../services.ts";
import { monitoring } from "./cluster.ts";
import { scrapeConfig, serviceMonitor } from "./monitoring.ts";
import { policyOf } from "./network.ts";
import { deployment, metricsPort, serviceOf } from "./workload.ts";

const podOf = (service: (typeof services)[number]) => deployment(service).spec!.template;

describe("monitoring", () => {
  it.each(services)("asks $name every 15 s for figures, through a Service that leads to them", (service) => {
    const { endpoints, selector } = serviceMonitor(service).spec!;
    expect(endpoints).toMatchObject([{ path: "/metrics", interval: "15s" }]);
    const followed = services
      .flatMap(serviceOf)
      .filter(({ metadata }) => metadata?.labels?.["app"] === selector.matchLabels?.["app"]);
    expect(followed).toHaveLength(1);
    const port = followed[0]?.spec?.ports?.find(({ name }) => name === endpoints?.[0]?.port);
    expect(port?.targetPort).toBe(metricsPort(service).port);
    expect(followed[0]?.spec?.selector).toEqual({ app: service.name });
  });

  it.each(services)("finds figures of $name without an operator too, at a port that lets Prometheus in", (service) => {
    const { metadata, spec } = podOf(service);
    const { name, port } = metricsPort(service);
    expect(metadata?.annotations).toMatchObject({
      "prometheus.io/scrape": "true",
      "prometheus.io/port": String(port),
    });
    expect(spec?.containers[0]?.ports).toContainEqual({ name, containerPort: port });
    const letIn = policyOf(service).spec?.ingress?.filter(({ ports }) => ports?.[0]?.port === port);
    expect(letIn?.flatMap(({ from }) => from)).toContainEqual(monitoring);
    const job = scrapeConfig().scrape_configs.find(({ job_name }) => job_name === service.name);
    expect(job?.kubernetes_sd_configs).toEqual([{ role: "pod", namespaces: { names: ["ecommerce"] } }]);
    expect(job?.relabel_configs.slice(0, 2).map(({ regex }) => regex)).toEqual([service.name, name]);
  });

  it("keeps figures of the gateway off the port that the Ingress leads to", () => {
    const gateway = services.find(({ name }) => name === "gateway")!;
    expect(metricsPort(gateway).port).not.toBe(gateway.port);
    expect(scrapeConfig().global).toEqual({ scrape_interval: "15s" });
  });
});
