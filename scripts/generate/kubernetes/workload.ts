// One program: its account, Deployment, Service, autoscaler and disruption budget.
import type { IDeployment } from "kubernetes-models/apps/v1";
import type { IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import type { IPodDisruptionBudget } from "kubernetes-models/policy/v1";
import type { IContainer, IPersistentVolumeClaim, IService, IServiceAccount } from "kubernetes-models/v1";
import { type Service } from "../../../services.ts";
import {
  CLOSE_SECONDS,
  componentOf,
  labelsOf,
  LEAVE_SECONDS,
  NAMESPACE,
  OPERATOR_PORT,
  resourcesOf,
  selectorOf,
  SERVICE_PORT,
  SHUTDOWN_SECONDS,
  SPOOL_FOLDER,
} from "./cluster.ts";
import { podTemplate } from "./pod.ts";
import { needsOf, secretEnvironment, settingsName, SHARED_SETTINGS } from "./settings.ts";

/** At the first deployment; from then on the autoscaler decides. */
export const REPLICAS = 3;

export const named = (name: string, labels: Record<string, string>) => ({ name, namespace: NAMESPACE, labels });
export const programLabels = (service: Service) => labelsOf(service.name, componentOf(service));
const metadataOf = (service: Service, name: string = service.name) => named(name, programLabels(service));

export const account = (name: string, labels: Record<string, string>): IServiceAccount => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: named(name, labels),
  automountServiceAccountToken: false,
});

/** Whether it answers operators on a port of their own. */
const hasOperatorPort = ({ env }: Service) => env.includes("OPERATOR_PORT");
const hasSpool = ({ env }: Service) => env.includes("AUDIT_SPOOL_DIR");

/** Where Prometheus finds its figures: name and number of the port. */
export const metricsPort = (service: Service) =>
  hasOperatorPort(service) ? { name: "operators", port: OPERATOR_PORT } : { name: "http", port: service.port };

function containerOf(service: Service): Pick<IContainer, "command"> & Omit<IContainer, "name"> {
  const probe = (path: string) => ({ httpGet: { path, port: "http" }, timeoutSeconds: 3, failureThreshold: 3 });
  return {
    command: ["node", ...service.command],
    ports: [
      { name: "http", containerPort: service.port },
      ...(hasOperatorPort(service) ? [{ name: "operators", containerPort: OPERATOR_PORT }] : []),
    ],
    envFrom: [{ configMapRef: { name: SHARED_SETTINGS } }, { configMapRef: { name: settingsName(service) } }],
    env: secretEnvironment(service),
    resources: resourcesOf(service),
    // A start waits for the database for up to 30 seconds, and the gateway plans its popular operations.
    startupProbe: { ...probe(service.probes.health), periodSeconds: 2, failureThreshold: 60 },
    livenessProbe: { ...probe(service.probes.health), initialDelaySeconds: 30, periodSeconds: 10 },
    readinessProbe: { ...probe(service.probes.ready), initialDelaySeconds: 5, periodSeconds: 5 },
    lifecycle: { preStop: { sleep: { seconds: LEAVE_SECONDS } } },
    volumeMounts: hasSpool(service) ? [{ name: "audit-spool", mountPath: SPOOL_FOLDER }] : [],
  };
}

export function deployment(service: Service): IDeployment {
  const labels = programLabels(service);
  const selector = { matchLabels: selectorOf(service.name) };
  const apart = (topologyKey: string) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway" as const,
    // Pods of the version that goes do not count.
    matchLabelKeys: ["pod-template-hash"],
    labelSelector: selector,
  });
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadataOf(service),
    spec: {
      replicas: REPLICAS,
      selector,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      minReadySeconds: 5,
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      template: podTemplate({
        name: service.name,
        labels: { ...labels, ...needsOf(service.env) },
        annotations: {
          "prometheus.io/scrape": "true",
          "prometheus.io/port": String(metricsPort(service).port),
          "prometheus.io/path": "/metrics",
        },
        container: containerOf(service),
        volumes: hasSpool(service) ? [{ name: "audit-spool", persistentVolumeClaim: { claimName: SPOOL } }] : [],
        graceSeconds: LEAVE_SECONDS + SHUTDOWN_SECONDS + CLOSE_SECONDS,
        rest: { topologySpreadConstraints: [apart("topology.kubernetes.io/zone"), apart("kubernetes.io/hostname")] },
      }),
    },
  };
}

/**
 * Only the number of pods, for a field manager of its own: it goes on owning the number when updates leave it out, and
 * Kubernetes does not fall back to one.
 */
export const firstReplicas = (service: Service) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: service.name, namespace: NAMESPACE },
  spec: { replicas: REPLICAS },
});

/** Inside the cluster it is `http://<name>`. Operators' port has a Service without an address of its own. */
export function serviceOf(service: Service): IService[] {
  const selector = selectorOf(service.name);
  const inside: IService = {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataOf(service),
    spec: {
      type: "ClusterIP",
      selector,
      ports: [{ name: "http", protocol: "TCP", port: SERVICE_PORT, targetPort: service.port }],
    },
  };
  if (!hasOperatorPort(service)) return [inside];
  const name = `${service.name}-operators`;
  const operators: IService = {
    apiVersion: "v1",
    kind: "Service",
    metadata: named(name, { ...programLabels(service), ...selectorOf(name) }),
    spec: {
      type: "ClusterIP",
      clusterIP: "None",
      selector,
      ports: [{ name: "operators", protocol: "TCP", port: OPERATOR_PORT, targetPort: OPERATOR_PORT }],
    },
  };
  return [inside, operators];
}

/** 2 to 10 at 70 % of the CPU that was asked for, 60 s before up and 300 s before down (AWS-5). */
export const autoscaler = (service: Service): IHorizontalPodAutoscaler => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: metadataOf(service),
  spec: {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: service.name },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }],
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 60,
        policies: [{ type: "Percent", value: 100, periodSeconds: 60 }],
      },
      scaleDown: {
        stabilizationWindowSeconds: 300,
        policies: [{ type: "Percent", value: 50, periodSeconds: 300 }],
      },
    },
  },
});

export const disruptionBudget = (service: Service): IPodDisruptionBudget => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: metadataOf(service),
  spec: {
    maxUnavailable: 1,
    selector: { matchLabels: selectorOf(service.name) },
    // A node can be emptied although pods on it do not start.
    unhealthyPodEvictionPolicy: "AlwaysAllow",
  },
});

const SPOOL = "gateway-audit-spool";

/** All gateways share one folder, so that another sends on what a pod left; it outlives every pod. */
export const spoolClaim = (service: Service): IPersistentVolumeClaim[] =>
  hasSpool(service)
    ? [
        {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: metadataOf(service, SPOOL),
          spec: { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "10Gi" } } },
        },
      ]
    : [];
