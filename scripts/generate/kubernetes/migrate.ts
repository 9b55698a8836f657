// The job that a release runs before its programs: migrations of the four databases.
import type { IJob } from "kubernetes-models/batch/v1";
import type { IServiceAccount } from "kubernetes-models/v1";
import { subgraphs } from "../../../services.ts";
import { labelsOf, resourcesOf } from "./cluster.ts";
import { podTemplate } from "./pod.ts";
import { needsOf, secretOf, sharedSettings } from "./settings.ts";
import { account, named } from "./workload.ts";

const name = "migrate";
const labels = labelsOf(name, "migration");

export function migration(): [IServiceAccount, IJob] {
  const [first] = subgraphs;
  if (!first) throw new Error("There is no subgraph to migrate.");
  const job: IJob = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: named(name, labels),
    spec: {
      // A migration that failed is for a person to look at.
      backoffLimit: 0,
      activeDeadlineSeconds: 3600,
      ttlSecondsAfterFinished: 7 * 24 * 3600,
      template: podTemplate({
        name,
        labels: { ...labels, ...needsOf(["MONGODB_URI"]) },
        container: {
          command: ["node", "scripts/migrate.ts", "up"],
          env: [
            { name: "NODE_ENV", value: sharedSettings.NODE_ENV },
            { name: "MONGODB_URI", valueFrom: { secretKeyRef: secretOf("MONGODB_URI") } },
          ],
          resources: resourcesOf(first),
        },
        // One that is under way must come to its end.
        graceSeconds: 120,
        rest: { restartPolicy: "Never" },
      }),
    },
  };
  return [account(name, labels), job];
}
