// The whole program in this process, without an engine, for its tests.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { type StackName } from "../../lib/stack-name.ts";

export interface Made {
  kind: string;
  name: string;
  inputs: Config;
}
export type Config = Record<string, unknown>;

const project = parse(readFileSync(join(import.meta.dirname, "Pulumi.yaml"), "utf8")) as {
  name: string;
  config: Record<string, { default: unknown }>;
};
const defaults = Object.fromEntries(Object.entries(project.config).map(([key, declared]) => [key, declared.default]));
function ofStack(stack: StackName): Config {
  const file = parse(readFileSync(join(import.meta.dirname, `Pulumi.${stack}.yaml`), "utf8")) as { config: Config };
  const own = Object.entries(file.config).filter(([key]) => key.startsWith(`${project.name}:`));
  return { ...defaults, ...Object.fromEntries(own.map(([key, value]) => [key.slice(project.name.length + 1), value])) };
}

const named = (names: string[], what: string) => Object.fromEntries(names.map((name) => [name, `arn:${what}:${name}`]));
export const masterSecretArn = "arn:secret:first-user";
/** What the program before has passed on. */
export const foundation = {
  network: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"], publicSubnetIds: ["subnet-public"] },
  securityGroups: Object.fromEntries(["alb", "gateway", "subgraphs", "hooks"].map((name) => [name, `sg-${name}`])),
  database: {
    kind: "documentdb",
    users: "iam",
    version: "8.0.0",
    host: "db.example",
    port: 27_017,
    clusterId: "db",
    masterSecretArn,
  },
  cache: { kind: "serverless", id: "cache", scheme: "rediss", host: "cache.example", port: 6379, user: "app" },
  secrets: named(["INTERNAL_SIGNING_KEYS", "JWT_PRIVATE_KEY", "MAIL_URL", "REDIS_URL", "SENTRY_DSN"], "secret"),
  buckets: Object.fromEntries(
    ["assets", "exports", "logs"].map((name) => [
      name,
      { name, arn: `arn:aws:s3:::${name}`, domainName: `${name}.s3` },
    ]),
  ),
  files: { fileSystemId: "fs-1", fileSystemArn: "arn:fs", accessPointId: "fsap-1", accessPointArn: "arn:fsap" },
  keys: named(["data", "logs", "secrets", "backup", "fields"], "key"),
  backup: { vaultName: "vault", vaultArn: "arn:vault" },
  notifications: named(["critical", "warning", "escalation"], "topic"),
  edgeNotifications: named(["critical", "warning", "escalation"], "edge-topic"),
  recovery: { region: "us-west-2", keyArn: "arn:key:copy", fieldsKeyArn: "arn:key:copy-fields", buckets: {} },
};

let runs = 0;

/** Runs the program with recorded resources instead of an engine. */
export async function run(stack: StackName, changed: Config = {}, passedOn: Config = foundation) {
  const made: Made[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        if (type === "pulumi:pulumi:StackReference") return { id: name, state: { name, outputs: passedOn } };
        made.push({ kind: type.replace(/^aws:(\w+)\/.*:(\w+)$/, "$1.$2"), name, inputs: inputs as Config });
        const answers = { arn: `arn:${name}`, arnSuffix: `suffix/${name}`, repositoryUrl: "registry.example/app" };
        return { id: id || `${name}-id`, state: { ...answers, domainValidationOptions: [], ...(inputs as Config) } };
      },
      call: ({ token }) => {
        throw new Error(`this test has no answer for ${token}`);
      },
    },
    project.name,
    stack,
    false,
    "organization",
  );
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const values = Object.entries({ ...ofStack(stack), ...changed }).map(
    ([key, value]) => [`${project.name}:${key}`, text(value)] as const,
  );
  pulumi.runtime.setAllConfig(Object.fromEntries(values));
  // Another address makes Node run the file again; what it imports stays as it is.
  const program = { ...((await import(`./index.ts?run=${++runs}`)) as object) };
  const outputs = await new Promise<ApplicationOutputs>((resolve) => {
    pulumi.output(program).apply((known) => {
      resolve(known as ApplicationOutputs);
    });
  });
  await pulumi.runtime.disconnect();
  const ofKind = (kind: string) => made.filter((one) => one.kind === kind);
  const namesOf = (kind: string) => ofKind(kind).map(({ name }) => name);
  return { outputs, ofKind, namesOf };
}
