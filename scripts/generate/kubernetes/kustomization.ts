// What kustomize is told: which files belong together, and which settings become ConfigMaps.
import { services } from "../../../services.ts";
import { componentOf, labelsOf, NAMESPACE, partOf } from "./cluster.ts";
import { settingsName, settingsOf, SHARED_SETTINGS, sharedSettings } from "./settings.ts";

const literals = (settings: Record<string, string>) =>
  Object.entries(settings).map(([name, value]) => `${name}=${value}`);

/** @param parts files beside it, or folders */
export const kustomization = (parts: string[]) => ({
  apiVersion: "kustomize.config.k8s.io/v1beta1",
  kind: "Kustomization",
  namespace: NAMESPACE,
  resources: parts,
});

/** Something an overlay takes in by `components`. */
export const component = (content: object) => ({
  apiVersion: "kustomize.config.k8s.io/v1alpha1",
  kind: "Component",
  ...content,
});

/** Names of ConfigMaps get a hash of their content, so that pods are replaced when a setting changes. */
export const baseKustomization = (files: string[]) => ({
  ...kustomization(files),
  configMapGenerator: [
    { name: SHARED_SETTINGS, literals: literals(sharedSettings), options: { labels: partOf } },
    ...services.map((service) => ({
      name: settingsName(service),
      literals: literals(settingsOf(service)),
      options: { labels: labelsOf(service.name, componentOf(service)) },
    })),
  ],
});

/** Takes the number of pods out, once autoscalers have it. */
export const scaled = () =>
  component({
    patches: [{ target: { kind: "Deployment" }, patch: "- op: remove\n  path: /spec/replicas\n" }],
  });
