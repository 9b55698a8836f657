// infra/kubernetes, from services.ts (ruling 10, OPS-2): everything but `cluster`, `overlays` and `updates`, which people write.
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { stringify } from "yaml";
import { services } from "../../services.ts";
import { type GeneratedFiles } from "./generated-files.ts";
import { ingress } from "./kubernetes/edge.ts";
import { externalSecrets } from "./kubernetes/external-secrets.ts";
import { keyFilePatches } from "./kubernetes/key-file.ts";
import { baseKustomization, component, kustomization, scaled } from "./kubernetes/kustomization.ts";
import { migration } from "./kubernetes/migrate.ts";
import { scrapeConfig, serviceMonitor } from "./kubernetes/monitoring.ts";
import { namespace } from "./kubernetes/namespace.ts";
import { awsPolicy, errorReportsPolicy, policyOf, sharedPolicies, tracesPolicy } from "./kubernetes/network.ts";
import {
  account,
  autoscaler,
  deployment,
  disruptionBudget,
  firstReplicas,
  programLabels,
  serviceOf,
  spoolClaim,
} from "./kubernetes/workload.ts";

const HEADER = "# Written by `pnpm generate`; change scripts/generate/kubernetes instead.";

/** Documents of each file, by path below infra/kubernetes. */
export function kubernetesFiles(): Record<string, object[]> {
  const programs = Object.fromEntries(
    services.map((service) => [
      `${service.name}.yaml`,
      [
        account(service.name, programLabels(service)),
        ...spoolClaim(service),
        deployment(service),
        ...serviceOf(service),
        autoscaler(service),
        disruptionBudget(service),
        policyOf(service),
      ],
    ]),
  );
  const base: Record<string, object[]> = {
    "namespace.yaml": [namespace()],
    "network-policies.yaml": sharedPolicies(),
    ...programs,
    "ingress.yaml": [ingress()],
  };
  return {
    ...inFolder("base", { "kustomization.yaml": [baseKustomization(Object.keys(base))], ...base }),
    ...inFolder("migrate", { "kustomization.yaml": [kustomization(["migrate.yaml"])], "migrate.yaml": migration() }),
    "start/replicas.yaml": services.map(firstReplicas),
    "prometheus/prometheus.yaml": [scrapeConfig()],
    ...componentOf("aws", { "to-aws.yaml": [awsPolicy()] }),
    ...componentOf("error-reports", { "to-error-reports.yaml": [errorReportsPolicy()] }),
    ...componentOf("external-secrets", { "secrets.yaml": externalSecrets() }),
    ...componentOf("prometheus-operator", { "service-monitors.yaml": services.map(serviceMonitor) }),
    ...componentOf("traces", { "to-traces.yaml": [tracesPolicy()] }),
    "components/scaled/kustomization.yaml": [scaled()],
    "components/key-file/kustomization.yaml": [component({ patches: [{ path: "key-file.yaml" }] })],
    "components/key-file/key-file.yaml": keyFilePatches(),
  };
}

const inFolder = (folder: string, files: Record<string, object[]>) =>
  Object.fromEntries(Object.entries(files).map(([name, documents]) => [`${folder}/${name}`, documents]));

const componentOf = (name: string, files: Record<string, object[]>) =>
  inFolder(`components/${name}`, {
    "kustomization.yaml": [component({ resources: Object.keys(files) })],
    ...files,
  });

/** The files as text, in the style of the others. */
export async function describeKubernetes(root: string): Promise<GeneratedFiles> {
  const entries = Object.entries(kubernetesFiles()).map(async ([path, documents]) => {
    const filepath = join(root, "infra/kubernetes", path);
    const text = documents.map((document) => stringify(document, { aliasDuplicateObjects: false })).join("---\n");
    const options = { ...(await resolveConfig(filepath)), filepath };
    return [filepath, await format(`${HEADER}\n${text}`, options)] as const;
  });
  return new Map(await Promise.all(entries));
}
