// The way in from the Internet: the paths of AWS-2, and nothing else.
import type { IIngress } from "kubernetes-models/networking.k8s.io/v1";
import { publicPaths, services } from "../../../services.ts";
import { NAMESPACE, partOf, SERVICE_PORT } from "./cluster.ts";

/** Overlays put their own in its place. */
const HOST = "api.tradegraph.example";

/** `/partner*` and `/webhooks/*` mean what begins so, path segment by path segment. */
const pathOf = (pattern: string) =>
  pattern.endsWith("*")
    ? { path: pattern.replace(/\/?\*$/, ""), pathType: "Prefix" as const }
    : { path: pattern, pathType: "Exact" as const };

export function ingress(): IIngress {
  const paths = services.flatMap(({ name }) =>
    (publicPaths[name] ?? []).map((pattern) => ({
      ...pathOf(pattern),
      backend: { service: { name, port: { number: SERVICE_PORT } } },
    })),
  );
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "ecommerce-ingress",
      namespace: NAMESPACE,
      labels: partOf,
      annotations: {
        "cert-manager.io/cluster-issuer": "letsencrypt-prod",
        "nginx.ingress.kubernetes.io/force-ssl-redirect": "true",
      },
    },
    spec: {
      ingressClassName: "nginx",
      tls: [{ hosts: [HOST], secretName: "ecommerce-tls" }],
      rules: [{ host: HOST, http: { paths } }],
    },
  };
}
