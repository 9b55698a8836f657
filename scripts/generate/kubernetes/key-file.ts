// For clusters without AWS KMS: the key that wraps data keys comes from a Secret. Programs take only a file that nobody but
// its owner may read, which a mounted Secret never is, so a container copies it first.
import type { IDeployment } from "kubernetes-models/apps/v1";
import { services } from "../../../services.ts";
import { IMAGE } from "./cluster.ts";
import { named } from "./workload.ts";

export const KEY_SECRET = "encryption-secrets";
const FILE = "/keys/encryption.key";

const copy = `const { readFileSync, writeFileSync } = require("node:fs"); writeFileSync("${FILE}", readFileSync("/secret/key"), { mode: 0o600 });`;

/** What it adds to the Deployments of programs that seal fields. */
export const keyFilePatches = (): IDeployment[] =>
  services
    .filter(({ env }) => env.includes("ENCRYPTION_KEY_FILE"))
    .map(({ name }) => ({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: named(name, {}),
      spec: {
        template: {
          spec: {
            initContainers: [
              {
                name: "encryption-key",
                image: IMAGE,
                command: ["node", "-e", copy],
                resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "500m", memory: "128Mi" } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
                volumeMounts: [
                  { name: "encryption-secret", mountPath: "/secret", readOnly: true },
                  { name: "encryption-key", mountPath: "/keys" },
                ],
              },
            ],
            containers: [
              {
                name,
                env: [{ name: "ENCRYPTION_KEY_FILE", value: FILE }],
                volumeMounts: [{ name: "encryption-key", mountPath: "/keys", readOnly: true }],
              },
            ],
            volumes: [
              { name: "encryption-secret", secret: { secretName: KEY_SECRET, defaultMode: 0o440 } },
              { name: "encryption-key", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
            ],
          },
        },
      },
    })) as unknown as IDeployment[];
