// Secrets are not in git. Where the External Secrets Operator runs, it copies them from AWS Secrets Manager, under the names
// that infra/pulumi gives them.
import type { IExternalSecret, ISecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1beta1";
import type { IServiceAccount } from "kubernetes-models/v1";
import { secretVariables, services } from "../../../services.ts";
import { partOf } from "./cluster.ts";
import { secretOf } from "./settings.ts";
import { account, named } from "./workload.ts";

/** The operator's version 1 took over the fields of this v1beta1. */
type FirstVersion<Resource> = Omit<Resource, "apiVersion"> & { apiVersion: "external-secrets.io/v1" };
type ExternalSecret = FirstVersion<IExternalSecret>;
type SecretStore = FirstVersion<ISecretStore>;

const STORE = "aws-secrets-manager";
/** May read the secrets of the stack, by a role at AWS that overlays name. */
const READER = "external-secrets";

/** They can be applied before the rest: migrations need them. */
const labels = { ...partOf, "app.kubernetes.io/component": "secrets" };

/** Overlays replace the prefix by that of their stack. */
const store: SecretStore = {
  apiVersion: "external-secrets.io/v1",
  kind: "SecretStore",
  metadata: named(STORE, labels),
  spec: {
    provider: {
      aws: {
        service: "SecretsManager",
        region: "us-east-1",
        prefix: "tradegraph-prod/",
        auth: { jwt: { serviceAccountRef: { name: READER } } },
      },
    },
  },
};

/** Those that programs cannot start without. */
export function externalSecrets(): [IServiceAccount, SecretStore, ...ExternalSecret[]] {
  const variables = services.flatMap(({ env }) => env.filter((variable) => secretVariables.has(variable)));
  const needed = [...new Set(variables)].filter((variable) => !secretOf(variable).optional);
  return [account(READER, labels), store, ...needed.map(externalSecret)];
}

function externalSecret(variable: string): ExternalSecret {
  const { name, key } = secretOf(variable);
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: named(name, labels),
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "SecretStore", name: STORE },
      target: { name, creationPolicy: "Owner" },
      data: [{ secretKey: key, remoteRef: { key: variable } }],
    },
  };
}
