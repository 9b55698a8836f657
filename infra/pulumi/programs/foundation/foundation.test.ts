// The whole program over the space of its settings: whatever is allowed plans, and keeps what must never be otherwise.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type FoundationOutputs } from "../../lib/foundation-outputs.ts";
import { type StackName, stackNames } from "../../lib/stack-name.ts";

interface Made {
  kind: string;
  name: string;
  inputs: Record<string, unknown>;
}
type Config = Record<string, unknown>;

const project = parse(readFileSync(join(import.meta.dirname, "Pulumi.yaml"), "utf8")) as {
  name: string;
  config: Record<string, { default: unknown }>;
};
const defaults = Object.fromEntries(Object.entries(project.config).map(([key, declared]) => [key, declared.default]));
const ofStack = (stack: StackName): Config => {
  const file = parse(readFileSync(join(import.meta.dirname, `Pulumi.${stack}.yaml`), "utf8")) as { config: Config };
  const own = Object.entries(file.config).filter(([key]) => key.startsWith(`${project.name}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(project.name.length + 1), value]));
};

let runs = 0;

/** Runs the program with recorded resources instead of an engine. */
async function run(stack: StackName, config: Config): Promise<{ made: Made[]; outputs: FoundationOutputs }> {
  const made: Made[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        made.push({ kind: type.replace(/^aws:(\w+)\/.*:(\w+)$/, "$1.$2"), name, inputs: inputs as Config });
        const answers = {
          arn: `arn:${name}`,
          endpoint: `${name}.example`,
          configurationEndpointAddress: `${name}.example`,
          masterUserSecrets: [{ secretArn: "arn:master" }],
          endpoints: [{ address: `${name}.example`, port: 6379 }],
        };
        return { id: id || `${name}-id`, state: { ...answers, ...(inputs as Config) } };
      },
      call: ({ inputs }) => ({ ...(inputs as Config), id: "pl-cloudfront" }),
    },
    project.name,
    stack,
    false,
    "organization",
  );
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const values = Object.entries({ ...defaults, ...config }).map(([key, value]) => [
    `${project.name}:${key}`,
    text(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(values) as Record<string, string>);
  // Another address makes Node run the file again; what it imports stays as it is.
  const program = (await import(`./index.ts?run=${++runs}`)) as { [Part in keyof FoundationOutputs]: unknown };
  const parts = { ...program };
  const outputs = await new Promise<FoundationOutputs>((resolve) => {
    pulumi.output(parts).apply((known) => {
      resolve(known as FoundationOutputs);
    });
  });
  await pulumi.runtime.disconnect();
  return { made, outputs };
}

const days = (least: number, most: number) => fc.integer({ min: least, max: most });
const configs: fc.Arbitrary<Config> = fc
  .record({
    account: fc.constant("111111111111"),
    region: fc.constantFrom("us-east-1", "eu-west-1"),
    recoveryRegion: fc.constantFrom("", "us-west-2"),
    protect: fc.boolean(),
    cidr: fc.constantFrom("10.0.0.0/16", "10.64.8.0/22", "172.16.0.0/20"),
    zones: days(2, 3),
    natGateways: days(0, 3),
    interfaceEndpoints: fc.constantFrom([], ["ecr.api", "logs"]),
    database: fc.constantFrom("documentdb", "external"),
    databaseUsers: fc.constantFrom("iam", "password"),
    databaseVersion: fc.constantFrom("5.0.0", "8.0.0"),
    databaseInstances: days(1, 5),
    databaseClass: fc.constantFrom("db.serverless", "db.r6g.large"),
    databaseCapacity: fc.constantFrom("0.5-4", "2-16", "1.5-64.5"),
    databaseRetentionDays: days(1, 35),
    databaseGlobal: fc.boolean(),
    cache: fc.constantFrom("serverless", "cluster"),
    cacheReplicas: days(1, 5),
    optionalSecrets: fc.constantFrom([], ["RESPONSE_CACHE_CDN_TOKEN"]),
    backupDailyDays: days(1, 40),
    backupWeeklyDays: days(0, 40),
    backupMonthlyDays: days(0, 400),
    vaultLock: fc.constantFrom("none", "governance", "compliance"),
  })
  .map((config) => ({ ...config, databaseGlobal: config.databaseGlobal && config.databaseClass !== "db.serverless" }));

/** What no setting may change. */
function keepsItsPromises(made: Made[]) {
  const of = (kind: string) => made.filter((one) => one.kind === kind).map(({ inputs }) => inputs);
  const ingress = of("vpc.SecurityGroupIngressRule");
  expect(ingress.filter((rule) => rule["cidrIpv4"] ?? rule["cidrIpv6"])).toEqual([]);
  const toDatabase = ingress.filter(({ securityGroupId }) => securityGroupId === "database-id");
  expect(toDatabase.map((rule) => [rule["referencedSecurityGroupId"], rule["fromPort"], rule["toPort"]])).toEqual([
    ["subgraphs-id", 27_017, 27_017],
  ]);
  expect(of("ec2.Subnet").filter((subnet) => subnet["mapPublicIpOnLaunch"] !== false)).toEqual([]);
  expect(of("cloudwatch.LogGroup").filter((group) => !group["kmsKeyId"] || !group["retentionInDays"])).toEqual([]);
  expect(of("kms.Key").filter((key) => key["enableKeyRotation"] !== true)).toEqual([]);
  expect(of("docdb.Cluster").filter((cluster) => !cluster["storageEncrypted"] || !cluster["kmsKeyId"])).toEqual([]);
  const keyed = ["backup.Vault", "elasticache.ServerlessCache", "elasticache.ReplicationGroup", "efs.FileSystem"];
  for (const thing of keyed.flatMap(of)) expect(thing["kmsKeyArn"] ?? thing["kmsKeyId"]).toMatch(/^arn:/);
  expect(of("secretsmanager.Secret").filter((secret) => !secret["kmsKeyId"])).toEqual([]);
  expect(of("secretsmanager.SecretVersion")).toEqual([]);
}

describe("program foundation", { timeout: 120_000 }, () => {
  it("plans with all settings that are allowed, and keeps its promises with each", async () => {
    await fc.assert(
      fc.asyncProperty(configs, async (config) => {
        const { made, outputs } = await run("staging", config);
        keepsItsPromises(made);
        expect(outputs.network.isolatedSubnetIds).toHaveLength(Number(config["zones"]));
        expect(outputs.database.kind).toBe(config["database"]);
        const hasOwnUsers = config["database"] === "external" || config["databaseUsers"] === "password";
        expect("MONGODB_URI/orders" in outputs.secrets).toBe(hasOwnUsers);
        expect(outputs.database.users).toBe(hasOwnUsers ? "password" : "iam");
        expect(outputs.recovery?.region ?? "").toBe(config["recoveryRegion"]);
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  it.each(stackNames)("passes on in %s what the contract says, with nothing unknown in it", async (stack) => {
    const { outputs } = await run(stack, ofStack(stack));
    const { network, securityGroups, database, cache, secrets, keys, backup, files } = outputs;
    expect([network.vpcId, securityGroups.alb, secrets["REDIS_URL"]]).toEqual([
      "network-id",
      "alb-id",
      "arn:REDIS_URL",
    ]);
    expect([database.host, cache.host]).toEqual(["database.example", "cache.example"]);
    expect(Object.values(keys)).toHaveLength(5);
    expect([backup.vaultArn, files.accessPointArn]).toEqual(["arn:vault", "arn:files"]);
  });

  it("holds prod to the exact numbers of BAK-1, BAK-2 and AWS-1", async () => {
    const { made } = await run("prod", ofStack("prod"));
    const inputs = (kind: string) => made.find((one) => one.kind === kind)?.inputs ?? {};
    expect(inputs("ec2.Vpc")["cidrBlock"]).toBe("10.0.0.0/16");
    expect(inputs("docdb.Cluster")).toMatchObject({ backupRetentionPeriod: 35, deletionProtection: true });
    const rules = inputs("backup.Plan")["rules"] as { ruleName: string; lifecycle: object; copyActions: object[] }[];
    expect(rules.map(({ ruleName, lifecycle }) => [ruleName, lifecycle])).toEqual([
      ["daily", { deleteAfter: 30 }],
      ["weekly", { deleteAfter: 30 }],
      ["monthly", { deleteAfter: 365 }],
    ]);
    for (const { copyActions } of rules) expect(copyActions).toHaveLength(1);
    // Both vaults, and with room for what the plan keeps for 30 days and for a year.
    const locks = made.filter(({ kind }) => kind === "backup.VaultLockConfiguration");
    expect(locks.map((lock) => [lock.inputs["minRetentionDays"], lock.inputs["maxRetentionDays"]])).toEqual([
      [30, 400],
      [30, 400],
    ]);
    // Changeable for some days is locked for ever after them: nobody gets that without asking for it.
    expect(locks.filter(({ inputs }) => inputs["changeableForDays"] !== undefined)).toEqual([]);
  });

  it("misses the backup of each kind by itself, and looks for copies where AWS counts them: in the vault they go to", async () => {
    const dimensionsOf = async (config: Config, alarm: RegExp) =>
      (await run("prod", { ...ofStack("prod"), ...config })).made
        .filter(({ kind, name }) => kind === "cloudwatch.MetricAlarm" && alarm.test(name))
        .map(({ name, inputs }) => [name, inputs["dimensions"]]);
    const at = (vault: string, kind?: string) => ({ BackupVaultName: vault, ...(kind ? { ResourceType: kind } : {}) });
    expect(Object.fromEntries(await dimensionsOf({}, /^alarms-(?:backup|copy)-/))).toEqual({
      "alarms-backup-failed": at("tradegraph-prod"),
      "alarms-backup-missed-database": at("tradegraph-prod", "DocumentDB"),
      "alarms-backup-missed-files": at("tradegraph-prod", "EFS"),
      "alarms-copy-failed": at("tradegraph-prod-copies"),
      "alarms-copy-missed-database": at("tradegraph-prod-copies", "DocumentDB"),
      "alarms-copy-missed-files": at("tradegraph-prod-copies", "EFS"),
    });
    const elsewhere = { database: "external", databaseGlobal: false, recoveryRegion: "" };
    const names = (await dimensionsOf(elsewhere, /missed|copy/)).map(([name]) => name);
    expect(names).toEqual(["alarms-backup-missed-files"]);
  });

  it("stays out of the zone it is told to avoid, and says where there are too few others", async () => {
    const avoiding = (config: Config) => run("prod", { ...ofStack("prod"), ...config });
    const { outputs } = await avoiding({ avoidZone: "b" });
    expect(outputs.network.zones).toEqual(["us-east-1a", "us-east-1c", "us-east-1d"]);
    await expect(avoiding({ region: "eu-west-1", avoidZone: "a" })).rejects.toThrow("has no 3 zones without a");
  });

  it.each([
    ["eu-west-1", "eu-west-1", "another region than the first"],
    ["eu-west-1", "us-east-1", "another one than us-east-1"],
  ])("of %s takes no second region %s", async (region, recoveryRegion, message) => {
    await expect(run("prod", { ...ofStack("prod"), region, recoveryRegion })).rejects.toThrow(message);
  });

  it("takes another name for the last snapshot of each cluster: AWS has one of the cluster before", async () => {
    const last = async () =>
      (await run("dev", ofStack("dev"))).made.find(({ kind }) => kind === "docdb.Cluster")?.inputs[
        "finalSnapshotIdentifier"
      ];
    expect(await last()).not.toEqual(await last());
  });

  it("lets dev's buckets and vault go with what is in them, and says no where something is to be kept", async () => {
    const emptied = async (stack: StackName, config: Config = {}) =>
      (await run(stack, { ...ofStack(stack), ...config })).made
        .filter(({ kind, inputs }) => /^(?:s3\.Bucket|backup\.Vault)$/.test(kind) && inputs["forceDestroy"] === true)
        .map(({ name }) => name)
        .sort();
    expect(await emptied("dev")).toEqual(["assets", "exports", "logs", "security-files", "vault"]);
    expect(await emptied("staging")).toEqual([]);
    expect(await emptied("prod")).toEqual([]);
    for (const kept of [{ protect: true }, { vaultLock: "governance" }]) {
      await expect(emptied("dev", kept)).rejects.toThrow("emptyOnDestroy: not with protect, nor with a vaultLock");
    }
  });

  it("refuses a global cluster of serverless instances, as AWS would after an hour", async () => {
    const config = { ...ofStack("prod"), databaseClass: "db.serverless" };
    await expect(run("prod", config)).rejects.toThrow("no serverless instances");
  });
});
