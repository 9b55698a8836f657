import type { INamespace } from "kubernetes-models/v1";
import { NAMESPACE, partOf } from "./cluster.ts";

/** Kubernetes itself refuses pods in it that could do more than they need. */
export const namespace = (): INamespace => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: NAMESPACE,
    labels: {
      ...partOf,
      ...Object.fromEntries(
        ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, "restricted"]),
      ),
    },
  },
});
