import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { ValkeyAccess } from "./valkey-access.ts";
import { ValkeyCluster } from "./valkey-cluster.ts";
import { ValkeyServerless } from "./valkey-serverless.ts";

const args = {
  name: "tradegraph-prod",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupId: "sg-1",
  keyArn: "arn:aws:kms:us-east-1:111111111111:key/data",
  userGroupId: "tradegraph-prod",
  snapshotDays: 7,
};
const cluster = async () => {
  const recorded = await mockEngine("prod");
  new ValkeyCluster("cache", {
    ...args,
    nodeType: "cache.t4g.medium",
    shards: 1,
    replicas: 2,
    logsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/logs",
    logRetentionDays: 365,
  });
  return recorded;
};

describe("ValkeyCluster", () => {
  it("is encrypted on the way and at rest, in several zones, and asks who comes", async () => {
    const { inputs } = await (await cluster()).only("elasticache.ReplicationGroup");
    expect(inputs).toMatchObject({
      engine: "valkey",
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      atRestEncryptionEnabled: true,
      kmsKeyId: args.keyArn,
      multiAzEnabled: true,
      automaticFailoverEnabled: true,
      replicasPerNodeGroup: 2,
      userGroupIds: ["tradegraph-prod"],
      snapshotRetentionLimit: 7,
    });
  });

  it("evicts only keys that have a time to live, as docs/REDIS.md demands", async () => {
    const { inputs } = await (await cluster()).only("elasticache.ParameterGroup");
    expect(inputs["parameters"]).toContainEqual({ name: "maxmemory-policy", value: "volatile-lfu" });
    expect(inputs["parameters"]).toContainEqual({ name: "cluster-enabled", value: "yes" });
  });
});

describe("ValkeyServerless", () => {
  it("has our key, a user group and a limit to what it costs", async () => {
    const recorded = await mockEngine();
    new ValkeyServerless("cache", { ...args, mostGigabytes: 1 });
    expect((await recorded.only("elasticache.ServerlessCache")).inputs).toMatchObject({
      kmsKeyId: args.keyArn,
      userGroupId: "tradegraph-prod",
      cacheUsageLimits: { dataStorage: { maximum: 1, unit: "GB" } },
    });
  });
});

describe("ValkeyAccess", () => {
  const user = async () => {
    const recorded = await mockEngine();
    new ValkeyAccess("cache", { name: "tradegraph-dev", userName: "tradegraph" });
    return (await recorded.only("elasticache.User")).inputs;
  };

  it("lets nobody in without a password, and draws another one each time", async () => {
    const [one, two] = [await user(), await user()];
    const password = ({ passwordsWo }: Record<string, unknown>) =>
      typeof passwordsWo === "string" ? passwordsWo : (passwordsWo as { value: string }).value;
    expect(password(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(password(one)).not.toBe(password(two));
    expect(one["noPasswordRequired"]).toBeUndefined();
  });

  it("writes rights as AWS gives them back, or each `up` would change the user", async () => {
    expect((await user())["accessString"]).toMatch(/^on ~\S+ &\S+ [+-]@all(?: [+-]@?[a-z|]+)*$/);
  });

  it("may neither administer the cache nor empty it", async () => {
    expect((await user())["accessString"]).toBe("on ~* &* +@all -@admin -flushall -flushdb -keys");
  });
});
