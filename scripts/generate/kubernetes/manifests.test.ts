import { ExternalSecret, SecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1beta1";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import { Deployment, type IDeployment } from "kubernetes-models/apps/v1";
import { HorizontalPodAutoscaler, type IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { type IJob, Job } from "kubernetes-models/batch/v1";
import { type IIngress, Ingress, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { type IPodDisruptionBudget, PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { type IService, Namespace, PersistentVolumeClaim, Service, ServiceAccount } from "kubernetes-models/v1";
import { describe, expect, it } from "vitest";
import { gateway, secretVariables, services, subgraphs } from "../../../services.ts";
import { kubernetesFiles } from "../kubernetes.ts";
import { secretOf, settingsOf, sharedSettings } from "./settings.ts";

interface Resource {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
}
type Model = new (data: never) => { validate: () => void };

const models: Record<string, Model> = {
  ...{ ExternalSecret, SecretStore, ServiceMonitor, Deployment, HorizontalPodAutoscaler, Job, Ingress },
  ...{ NetworkPolicy, PodDisruptionBudget, Namespace, PersistentVolumeClaim, Service, ServiceAccount },
} as never;

const files = kubernetesFiles();
const resources = Object.entries(files)
  .filter(([path]) => !/kustomization|replicas|key-file|prometheus\.yaml/.test(path))
  .flatMap(([, documents]) => documents as Resource[]);

function find<Kind>(kind: string, name: string): Kind {
  const found = resources.filter((resource) => resource.kind === kind && resource.metadata.name === name);
  expect(found, `${kind} ${name}`).toHaveLength(1);
  return found[0] as Kind;
}
const specOf = (name: string) => find<IDeployment>("Deployment", name).spec!;
const podOf = (name: string) => specOf(name).template.spec!;
const containerOf = (name: string) => podOf(name).containers[0]!;
const allPods = [
  ...services.map(({ name }) => ({ name, pod: podOf(name) })),
  { name: "migrate", pod: find<IJob>("Job", "migrate").spec!.template.spec! },
];

describe("manifests for Kubernetes", () => {
  it("hold what the schemas of Kubernetes and its operators accept, all in one namespace", () => {
    for (const resource of resources) {
      const Model = models[resource.kind];
      expect(Model, resource.kind).toBeDefined();
      // The package has the operator's v1beta1; v1 took over its fields.
      const known = resource.apiVersion.replace("external-secrets.io/v1", "external-secrets.io/v1beta1");
      new Model!({ ...resource, apiVersion: known } as never).validate();
      if (resource.kind !== "Namespace")
        expect(resource.metadata.namespace, `${resource.kind} ${resource.metadata.name}`).toBe("ecommerce");
    }
    expect(find<Resource>("Namespace", "ecommerce").metadata.labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": "restricted",
    });
  });

  it("would not pass with a wrong kind of value", () => {
    const wrong = { ...find<IDeployment>("Deployment", "orders"), spec: { ...specOf("orders"), replicas: "three" } };
    expect(() => {
      new Deployment(wrong as never).validate();
    }).toThrow(/replicas/);
  });

  it.each(services)("give $name account, pods, name, autoscaler, disruption budget and policy", ({ name }) => {
    for (const kind of [
      ...["ServiceAccount", "Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy"],
      "ServiceMonitor",
    ])
      find(kind, name);
  });

  it.each(services)("run $name three times at first, then 2 to 10 times at 70 % CPU", ({ name }) => {
    expect(specOf(name).replicas).toBe(3);
    const { spec } = find<IHorizontalPodAutoscaler>("HorizontalPodAutoscaler", name);
    expect(spec).toMatchObject({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [{ resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }],
      behavior: { scaleUp: { stabilizationWindowSeconds: 60 }, scaleDown: { stabilizationWindowSeconds: 300 } },
    });
    expect(spec?.metrics).toHaveLength(1);
    expect(find<IPodDisruptionBudget>("PodDisruptionBudget", name).spec?.maxUnavailable).toBe(1);
  });

  it.each(subgraphs)("give $name the memory and CPU of OPS-2", ({ name }) => {
    expect(containerOf(name).resources).toEqual({
      requests: { cpu: "250m", memory: "256Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    });
  });

  it("give the gateway what services.ts says at most", () => {
    expect(containerOf("gateway").resources?.limits).toEqual({
      cpu: `${(gateway.size.cpu * 1000) / 1024}m`,
      memory: `${gateway.size.memory}Mi`,
    });
  });

  it.each(services)("ask $name how it is as OBS-1 says, on its port", ({ name, port, probes, command }) => {
    const { livenessProbe, readinessProbe, startupProbe, ports, command: given } = containerOf(name);
    const path = (of: string) => ({ httpGet: { path: of, port: "http" } });
    expect(livenessProbe).toMatchObject({ ...path(probes.health), initialDelaySeconds: 30, periodSeconds: 10 });
    expect(readinessProbe).toMatchObject({ ...path(probes.ready), initialDelaySeconds: 5, periodSeconds: 5 });
    expect(startupProbe).toMatchObject(path(probes.health));
    // A start may wait 30 s for the database.
    expect(startupProbe!.periodSeconds! * startupProbe!.failureThreshold!).toBeGreaterThan(60);
    expect(ports).toContainEqual({ name: "http", containerPort: port });
    expect(given).toEqual(["node", ...command]);
  });

  it.each(services)("let others reach $name on port 80 only", ({ name, port }) => {
    expect(find<IService>("Service", name).spec).toMatchObject({
      type: "ClusterIP",
      ports: [{ port: 80, targetPort: port }],
    });
  });

  it.each(services)("select by labels that the pods of $name have, and those of no other", ({ name }) => {
    const { selector, template } = specOf(name);
    expect(selector.matchLabels).toEqual({ app: name });
    expect(template.metadata?.labels).toMatchObject({ app: name });
    expect(find<IService>("Service", name).spec?.selector).toEqual({ app: name });
    expect(find<IPodDisruptionBudget>("PodDisruptionBudget", name).spec?.selector).toEqual(selector);
    for (const constraint of podOf(name).topologySpreadConstraints ?? [])
      expect(constraint.labelSelector).toEqual(selector);
    expect(podOf(name).topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)).toEqual([
      "topology.kubernetes.io/zone",
      "kubernetes.io/hostname",
    ]);
  });

  it.each(allPods)("run $name without rights, on files it cannot change", ({ name, pod }) => {
    expect(pod).toMatchObject({
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1001, seccompProfile: { type: "RuntimeDefault" } },
    });
    for (const container of pod.containers)
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
    expect(find<{ automountServiceAccountToken: boolean }>("ServiceAccount", name).automountServiceAccountToken).toBe(
      false,
    );
  });

  it.each(services)("give $name time for what is under way before it is killed", ({ name }) => {
    const sleep = containerOf(name).lifecycle?.preStop?.sleep?.seconds ?? 0;
    expect(sleep).toBeGreaterThan(0);
    expect(podOf(name).terminationGracePeriodSeconds).toBeGreaterThan(
      sleep + Number(sharedSettings.SHUTDOWN_GRACE_MS) / 1000,
    );
  });

  it("keep access records of the gateway on a disk that all gateways share and no pod takes along", () => {
    const { volumes } = podOf("gateway");
    const mount = containerOf("gateway").volumeMounts?.find(
      ({ mountPath }) => mountPath === settingsOf(gateway)["AUDIT_SPOOL_DIR"],
    );
    const claim = volumes?.find(({ name }) => name === mount?.name)?.persistentVolumeClaim?.claimName;
    expect(find<PersistentVolumeClaim>("PersistentVolumeClaim", claim ?? "").spec?.accessModes).toEqual([
      "ReadWriteMany",
    ]);
  });

  it.each(services)("tell $name nothing that it does not read, and no secret as text", (service) => {
    const { name, env } = service;
    const told = Object.keys({ ...sharedSettings, ...settingsOf(service) });
    expect(told.filter((variable) => !env.includes(variable))).toEqual([]);
    expect(told.filter((variable) => secretVariables.has(variable))).toEqual([]);
    const secrets = containerOf(name).env ?? [];
    expect(secrets.map((variable) => variable.name).sort()).toEqual(
      env.filter((variable) => secretVariables.has(variable)).sort(),
    );
    for (const { name: variable, value, valueFrom } of secrets) {
      expect(value).toBeUndefined();
      expect(valueFrom?.secretKeyRef).toEqual(secretOf(variable));
    }
  });

  it("take database and cache from the secrets of OPS-2", () => {
    expect(secretOf("MONGODB_URI")).toEqual({ name: "database-secrets", key: "url" });
    expect(secretOf("REDIS_URL")).toEqual({ name: "redis-secrets", key: "url" });
    expect(() => secretOf("NEW_TOKEN")).toThrow(/say in/);
    expect(resources.filter(({ kind }) => kind === "Secret")).toEqual([]);
  });

  it("name a source outside git for every secret that a program cannot start without", () => {
    const sources = resources.filter(({ kind }) => kind === "ExternalSecret").map(({ metadata }) => metadata.name);
    const needed = services.flatMap(({ env }) => env.filter((variable) => secretVariables.has(variable)));
    const names = needed.map(secretOf).flatMap(({ name, optional }) => (optional ? [] : [name]));
    expect(sources.sort()).toEqual([...new Set(names)].sort());
  });

  it("hand the number of pods over without saying anything else", () => {
    expect(files["start/replicas.yaml"]).toEqual(
      services.map(({ name }) => ({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name, namespace: "ecommerce" },
        spec: { replicas: 3 },
      })),
    );
  });

  it("let in from outside the paths of AWS-2, over TLS", () => {
    const { metadata, spec } = find<IIngress>("Ingress", "ecommerce-ingress");
    expect(metadata?.annotations).toMatchObject({ "cert-manager.io/cluster-issuer": "letsencrypt-prod" });
    expect(spec).toMatchObject({ ingressClassName: "nginx", tls: [{ secretName: "ecommerce-tls" }] });
    const paths = spec?.rules?.[0]?.http?.paths.map(
      ({ path, pathType, backend }) =>
        `${pathType} ${path} → ${backend.service?.name}:${backend.service?.port?.number}`,
    );
    expect(paths?.sort()).toEqual([
      "Exact /.well-known/jwks.json → users:80",
      "Exact /graphql → gateway:80",
      "Exact /health → gateway:80",
      "Prefix /partner → gateway:80",
      "Prefix /webhooks → gateway:80",
    ]);
  });

  it("list in kustomization files what is there", () => {
    const folders = Object.entries(files).filter(([path]) => path.endsWith("kustomization.yaml"));
    expect(folders.length).toBeGreaterThan(5);
    for (const [path, [content]] of folders) {
      const { resources: listed = [] } = content as { resources?: string[] };
      for (const name of listed) expect(files).toHaveProperty([path.replace("kustomization.yaml", name)]);
    }
    const [base] = files["base/kustomization.yaml"] as [{ resources: string[] }];
    const beside = Object.keys(files).filter((path) => path.startsWith("base/") && !path.includes("kustomization"));
    expect(base.resources.map((name) => `base/${name}`).sort()).toEqual(beside.sort());
  });
});
