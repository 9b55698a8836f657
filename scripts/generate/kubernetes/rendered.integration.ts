// What `kubectl apply -k` would send, from kustomize itself; an API server is not asked.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import type { IDeployment } from "kubernetes-models/apps/v1";
import type { IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import type { IJob } from "kubernetes-models/batch/v1";
import type { IConfigMap } from "kubernetes-models/v1";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { services } from "../../../services.ts";
import { findTool, HOW_TO_GET } from "../../delivery-tools/find-tool.ts";

interface Resource {
  kind: string;
  metadata: { name: string; namespace?: string };
}

const folder = join(import.meta.dirname, "../../../infra/kubernetes");
const kustomize = await findTool("kustomize");
if (kustomize === undefined) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

function render(path: string): Resource[] {
  const text = execFileSync(kustomize ?? "kustomize", ["build", join(folder, path)], { encoding: "utf8" });
  return parseAllDocuments(text).map((document) => document.toJS() as Resource);
}

const ofKind = <Kind>(resources: Resource[], kind: string) =>
  resources.filter((resource) => resource.kind === kind) as Kind[];

describe.skipIf(kustomize === undefined).each(["dev", "staging", "prod"])("what kustomize makes of %s", (stack) => {
  it("is complete: pods find the maps they name, in the namespace, with images by digest", () => {
    const resources = render(`overlays/${stack}`);
    for (const { kind, metadata } of resources)
      if (kind !== "Namespace") expect(metadata.namespace, `${kind} ${metadata.name}`).toBe("ecommerce");
    const maps = ofKind<IConfigMap>(resources, "ConfigMap").map(({ metadata }) => metadata?.name);
    const deployments = ofKind<IDeployment>(resources, "Deployment");
    expect(deployments.map(({ metadata }) => metadata?.name).sort()).toEqual(services.map(({ name }) => name).sort());
    for (const { spec } of deployments) {
      const { containers, initContainers = [] } = spec!.template.spec!;
      for (const { image } of [...containers, ...initContainers]) expect(image).toMatch(/^[^:]+@sha256:[0-9a-f]{64}$/);
      const named = containers[0]!.envFrom!.map(({ configMapRef }) => configMapRef?.name);
      expect(named).toHaveLength(2);
      for (const name of named) {
        // With a hash: pods are replaced when a setting changes.
        expect(name).toMatch(/-settings-[0-9a-z]{10}$/);
        expect(maps).toContain(name);
      }
    }
  });

  it("mounts claims that exist, and in dev none", () => {
    const resources = render(`overlays/${stack}`);
    const claims = resources
      .filter(({ kind }) => kind === "PersistentVolumeClaim")
      .map(({ metadata }) => metadata.name);
    const volumes = ofKind<IDeployment>(resources, "Deployment").flatMap(({ spec }) => spec!.template.spec!.volumes!);
    const mounted = volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
    expect(claims).toEqual(mounted);
    expect(claims).toHaveLength(stack === "dev" ? 0 : 1);
    // Each volume is something, or the API refuses it.
    for (const volume of volumes) expect(Object.keys(volume)).toHaveLength(2);
  });

  it("keeps pods at what autoscalers chose when it is updated", () => {
    const before = ofKind<IDeployment>(render(`overlays/${stack}`), "Deployment");
    const after = ofKind<IDeployment>(render(`updates/${stack}`), "Deployment");
    for (const { spec } of before) expect(spec?.replicas).toBe(stack === "dev" ? 1 : 3);
    expect(after.map(({ metadata, spec }) => ({ metadata, spec }))).toEqual(
      before.map(({ metadata, spec: { replicas: _, ...spec } = {} }) => ({ metadata, spec })),
    );
  });

  it("runs migrations of the same image", () => {
    const [job] = ofKind<IJob>(render(`overlays/${stack}/migrate`), "Job");
    const [deployment] = ofKind<IDeployment>(render(`overlays/${stack}`), "Deployment");
    expect(job?.spec?.template.spec?.containers[0]?.image).toBe(deployment?.spec?.template.spec?.containers[0]?.image);
    expect(job?.metadata?.namespace).toBe("ecommerce");
  });

  it("scales as far as its stack may", () => {
    const limits = { dev: [1, 2], staging: [2, 4], prod: [2, 10] }[stack];
    for (const { spec } of ofKind<IHorizontalPodAutoscaler>(render(`overlays/${stack}`), "HorizontalPodAutoscaler"))
      expect([spec?.minReplicas, spec?.maxReplicas]).toEqual(limits);
  });
});
