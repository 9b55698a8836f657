// The task that a release runs first: migrations of the four databases.
import * as pulumi from "@pulumi/pulumi";
import { Task } from "../../components/task.ts";
import { type JobOutputs } from "../../lib/application-outputs.ts";
import { secretsOf } from "../../lib/foundation-outputs.ts";
import { databaseUri } from "../../lib/task-environment.ts";
import { type Around } from "./around.ts";

/** Fargate's smallest is enough: the database does the work. */
const size = { cpu: 256, memory: 512 };

/** Defines it; `aws ecs run-task` with these outputs runs it. */
export function migrateTask({ foundation, place, migrateImage, provider }: Around): pulumi.Output<JobOutputs> {
  const { database, network, secrets, securityGroups } = foundation;
  const task = new Task(
    "migrate",
    {
      place: { ...place, image: migrateImage },
      command: ["scripts/migrate.ts", "up"],
      size,
      environment: database.apply((known): Record<string, string> => {
        const uri = databaseUri(known);
        return { NODE_ENV: "production", ...(uri === "" ? {} : { MONGODB_URI: uri }) };
      }),
      // Where users have passwords it is a secret: its own, or one for all.
      secrets: pulumi
        .all([database, secrets])
        .apply(([{ users }, arns]) =>
          users === "iam" ? [] : secretsOf({ name: "migrate" as never, env: ["MONGODB_URI"] }, arns),
        ),
      // A migration under way must come to its end.
      stopSeconds: 120,
      statements: [],
    },
    { provider },
  );
  return pulumi.output({
    taskDefinitionArn: task.definition.arn,
    logGroup: task.logGroup.name,
    subnetIds: network.privateSubnetIds,
    securityGroupIds: [securityGroups.subgraphs],
  });
}
