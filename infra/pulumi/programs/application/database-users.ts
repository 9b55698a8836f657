// The task that a release runs before migrations: one user of DocumentDB per program (docs/DATABASE-USERS.md).
import * as pulumi from "@pulumi/pulumi";
import { Task } from "../../components/task.ts";
import { taskRoleArn } from "../../components/task-roles.ts";
import { type JobOutputs } from "../../lib/application-outputs.ts";
import { catalogue } from "../../lib/catalogue.ts";
import { type FoundationOutputs } from "../../lib/foundation-outputs.ts";
import { databaseAddress } from "../../lib/task-environment.ts";
import { type Around } from "./around.ts";

/** Who logs in: subgraphs, and migrations. */
export const databasePrograms = [
  ...catalogue.filter(({ hasDatabase }) => hasDatabase).map(({ name }) => name),
  "migrate",
];

/**
 * Defines it; `aws ecs run-task` with these outputs runs it. Where MongoDB is elsewhere there is nothing to start: the
 * outputs are null, and the definition knows neither an address nor a secret.
 */
export function databaseUsersTask(around: Around): pulumi.Output<JobOutputs | null> {
  const { foundation, place, migrateImage, provider } = around;
  const { database, network, secrets, securityGroups } = foundation;
  const known = pulumi.all([database, secrets]);
  const task = new Task(
    "database-users",
    {
      place: { ...place, image: migrateImage },
      command: ["scripts/database-users.ts"],
      size: { cpu: 256, memory: 512 },
      environment: database.apply((found) => environmentOf(found, around)),
      secrets: known.apply(([found, arns]) => secretsOf(found, arns)),
      // What it does takes a second, and can be done again.
      stopSeconds: 30,
      statements: [],
    },
    { provider },
  );
  return pulumi
    .all([database, task.definition.arn, task.logGroup.name, network.privateSubnetIds, securityGroups.subgraphs])
    .apply(([{ kind }, taskDefinitionArn, logGroup, subnetIds, group]) =>
      kind === "external" ? null : { taskDefinitionArn, logGroup, subnetIds, securityGroupIds: [group] },
    );
}

function environmentOf(database: FoundationOutputs["database"], { given, place }: Around): Record<string, string> {
  const environment: Record<string, string> = { NODE_ENV: "production" };
  if (database.kind === "external") return environment;
  environment["MONGODB_URI"] = databaseAddress(database);
  if (database.users === "iam") environment["DATABASE_USERS"] = JSON.stringify(rolesOf(place, given));
  return environment;
}

/**
 * Roles by their names: they need not be there yet, because services start after this job. A second region's tasks have
 * roles of their own, and its database the users of this one.
 */
function rolesOf({ account, prefix }: Around["place"], { recoveryRegion }: Around["given"]): Record<string, string> {
  const prefixes = [prefix, ...(recoveryRegion === "" ? [] : [`${prefix}-recovery`])];
  return Object.fromEntries(
    databasePrograms.map((program) => [
      program,
      prefixes.map((one) => taskRoleArn(account, `${one}-${program}`)).join(","),
    ]),
  );
}

/** The first user's secret, as AWS writes it; where programs have passwords, also theirs, in the addresses they use. */
function secretsOf({ kind, users, masterSecretArn }: FoundationOutputs["database"], arns: Record<string, string>) {
  if (kind === "external") return [];
  if (masterSecretArn === undefined) throw new Error("foundation names no secret of the database's first user");
  const own = databasePrograms.map((program) => {
    const valueFrom = arns[`MONGODB_URI/${program}`];
    if (valueFrom === undefined && users === "password") {
      throw new Error(`foundation has no secret MONGODB_URI/${program}: bring it up first`);
    }
    return { name: `MONGODB_URI_${program.toUpperCase()}`, valueFrom: valueFrom ?? "" };
  });
  return [{ name: "DATABASE_OWNER", valueFrom: masterSecretArn }, ...(users === "password" ? own : [])];
}
