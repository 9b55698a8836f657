// What gateways get of operation lists, and what they report.
import { partnerOperationsChannel } from "@tradegraph/kit/partner-operations";
import { operationHash } from "@tradegraph/kit/operation-text";
import { connectRedis, type RedisClient, subscribe, type Subscription } from "@tradegraph/kit/redis";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { serviceViewer } from "@tradegraph/kit/viewer";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { operationListActivate } from "../src/commands/operation-list-activate.ts";
import { operationListRetire } from "../src/commands/operation-list-retire.ts";
import { openApiSchema } from "../src/api-schema.ts";
import { createOperationCheck } from "../src/operation-check.ts";
import { createOperationSignal } from "../src/operation-signal.ts";
import { partnersInUse } from "../src/queries/partners-in-use.ts";
import { fakeOperation, operationLists } from "./fake-operations.ts";
import { fakePartner, inAnHour, partnerStaff, storedKey } from "./fake-partner.ts";
import { hex } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const staff = partnerStaff();
const { create, add, active, retire } = operationLists(users, staff);
const gateway = (tenantId = testTenant) => serviceViewer(tenantId, ["api-keys"]);

interface Operations {
  version: string;
  lists: { id: string; name: string; operations: { name: string; body: string; type: string }[] }[] | null;
}
const operationsOf = async (partnerId: string, knownVersion?: string, tenantId?: string) => {
  const query = `query ($partnerId: ID!, $knownVersion: String) {
    partnerOperations(partnerId: $partnerId, knownVersion: $knownVersion) {
      version lists { id name operations { name type body } } } }`;
  const variables = { partnerId, knownVersion };
  return (
    await users.subgraph.expectData<{ partnerOperations: Operations }>({ query, variables, viewer: gateway(tenantId) })
  ).partnerOperations;
};
const record = async (uses: { listId: string; operationId: string; uses: number }[], tenantId?: string) =>
  (
    await users.subgraph.expectData<{ operationUseRecord: { recorded: number } }>({
      query: `mutation ($uses: [OperationUseInput!]!) { operationUseRecord(uses: $uses) { recorded } }`,
      variables: { uses },
      viewer: gateway(tenantId),
    })
  ).operationUseRecord.recorded;
interface ShownOperation {
  name: string;
  body: string;
  uses: number;
  lastUsedAt: string | null;
  usesByDay: { day: string; uses: number }[];
}
const shown = async (partnerId: string) =>
  (
    await users.subgraph.expectData<{ partner: { operationLists: { name: string; operations: ShownOperation[] }[] } }>({
      query: `query ($id: ID!) { partner(id: $id) { operationLists { name
        operations { name body uses lastUsedAt usesByDay { day uses } } } } }`,
      variables: { id: partnerId },
      viewer: staff,
    })
  ).partner.operationLists;

describe("partnersInUse", () => {
  it("has partners that may call, of all tenants, the last used first, and nobody else", async () => {
    const key = (overrides: Parameters<typeof storedKey>[0] = {}) => storedKey({ expiresAt: inAnHour(), ...overrides });
    const at = (minute: number) => new Date(Date.UTC(2990, 0, 1, 0, minute));
    const make = async (tenantId: string, ...apiKeys: ReturnType<typeof key>[]) =>
      hex(await fakePartner(users.models, { apiKeys }, tenantId));
    const unused = await make(testTenant, key());
    const older = await make(testTenant, key({ lastUsedAt: at(1) }));
    const latest = await make("other", key(), key({ lastUsedAt: at(2) }));
    const without = await make(testTenant);
    const ended = await make(testTenant, key({ lastUsedAt: at(3), revokedAt: new Date() }));
    const off = hex(await fakePartner(users.models, { isActive: false, apiKeys: [key({ lastUsedAt: at(3) })] }));
    const data = await users.subgraph.expectData<{ partnersInUse: object[] }>({
      query: "{ partnersInUse { partnerId tenantId } }",
      viewer: gateway(),
    });
    expect(data.partnersInUse.slice(0, 2)).toEqual([
      { partnerId: latest, tenantId: "other" },
      { partnerId: older, tenantId: testTenant },
    ]);
    expect(data.partnersInUse).toContainEqual({ partnerId: unused, tenantId: testTenant });
    for (const partnerId of [without, ended, off])
      expect(data.partnersInUse).not.toContainEqual({ partnerId, tenantId: testTenant });
  });

  it("reads an index in its order, however many partners there are", async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, minute) => {
        const lastUsedAt = new Date(Date.UTC(2991, 0, 1, 0, minute));
        const keys = [storedKey({ expiresAt: inAnHour(), lastUsedAt }), storedKey({ expiresAt: inAnHour() })];
        return fakePartner(users.models, { apiKeys: keys });
      }),
    );
    const client = users.resources.mongo.connection.getClient();
    const { commands } = await captureQueries(client, () => partnersInUse(users.models));
    // Messages are looked for twenty times a second meanwhile.
    const own = commands.filter(({ find }) => find === "partners");
    expect(own).toHaveLength(1);
    expect(await explainProblems(client, own, { maxKeysPerResult: 3 })).toEqual([]);
  });
});

describe("partnerOperations", () => {
  it("has the active lists, the last activated first, and a version that changes with them", async () => {
    const partner = hex(await fakePartner(users.models));
    const none = await operationsOf(partner);
    expect(none.lists).toEqual([]);
    await active(partner, "one", fakeOperation("One"));
    const one = await operationsOf(partner);
    expect(one.lists).toMatchObject([{ name: "one", operations: [{ name: "One", type: "QUERY" }] }]);
    const second = await active(partner, "two", fakeOperation("Two"));
    await add(String((await create(partner, "pending")).operationList?.id), [fakeOperation("Never")]);
    const two = await operationsOf(partner);
    expect(two.lists?.map(({ name }) => name)).toEqual(["two", "one"]);
    await retire(second);
    const left = await operationsOf(partner);
    expect(left).toEqual(one);
    expect(new Set([none.version, one.version, two.version]).size).toBe(3);
  });

  it("spares a caller the texts that it has", async () => {
    const partner = hex(await fakePartner(users.models));
    await active(partner, "one", fakeOperation("One"));
    const { version } = await operationsOf(partner);
    expect(await operationsOf(partner, version)).toEqual({ version, lists: null });
    expect((await operationsOf(partner, "another")).lists).toHaveLength(1);
  });

  it("knows nothing of other shops", async () => {
    const partner = hex(await fakePartner(users.models));
    await active(partner, "one", fakeOperation("One"));
    expect((await operationsOf(partner, undefined, "elsewhere")).lists).toEqual([]);
  });
});

interface Profile {
  name: string;
  versions: {
    id: string;
    name: string;
    activatedAt: string | null;
    retiredAt: string | null;
    operations: { operationId: string; name: string; textHash: string }[];
  }[];
}
const profile = (partnerId: string) => ({
  query: `query ($partnerId: ID!) { partnerProfile(partnerId: $partnerId) { name versions {
    id name activatedAt retiredAt operations { operationId name textHash } } } }`,
  variables: { partnerId },
});
const profileOf = async (partnerId: string, tenantId?: string) =>
  (
    await users.subgraph.expectData<{ partnerProfile: Profile | null }>({
      ...profile(partnerId),
      viewer: gateway(tenantId),
    })
  ).partnerProfile;

describe("partnerProfile", () => {
  it("has the versions that count, will or did, the latest first, with hashes of their texts", async () => {
    const partner = hex(await fakePartner(users.models, { name: "Robots & Co" }));
    const body = "query Named { products(first: 1) { nodes { id } } }";
    const first = await active(partner, "first", { operationId: "named", body });
    const second = await active(partner, "second", fakeOperation("Two"));
    const never = String((await create(partner, "never")).operationList?.id);
    await retire(never);
    const pending = String((await create(partner, "pending")).operationList?.id);
    await add(pending, [fakeOperation("Three")]);
    await retire(first);
    const found = await profileOf(partner);
    expect(found?.name).toBe("Robots & Co");
    expect(found?.versions.map(({ id }) => id)).toEqual([pending, second, first]);
    expect(found?.versions.map(({ activatedAt, retiredAt }) => [activatedAt !== null, retiredAt !== null])).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ]);
    expect(found?.versions[2]?.operations).toEqual([
      { operationId: "named", name: "Named", textHash: operationHash(body) },
    ]);
  });

  it("is null for no partner, and for one of another shop", async () => {
    const partner = hex(await fakePartner(users.models));
    expect(await profileOf("5f5f5f5f5f5f5f5f5f5f5f5f")).toBeNull();
    expect(await profileOf(partner, "elsewhere")).toBeNull();
  });

  it("is for our own programs alone", async () => {
    const partner = hex(await fakePartner(users.models));
    const { errors } = await users.subgraph.execute({ ...profile(partner), viewer: staff });
    expect(errors?.[0]?.extensions?.code).toBe("FORBIDDEN");
  });
});

describe("uses", () => {
  it("are added up for each operation and day, and shown", async () => {
    const partner = hex(await fakePartner(users.models));
    const operations = [fakeOperation("One"), fakeOperation("Two")];
    const listId = await active(partner, "one", ...operations);
    const [one] = operations.map(({ operationId }) => operationId) as [string, string];
    expect(await record([{ listId, operationId: one, uses: 3 }])).toBe(1);
    await Promise.all([1, 2, 3, 4].map((uses) => record([{ listId, operationId: one, uses }])));
    const [list] = await shown(partner);
    const today = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000).toISOString();
    expect(list?.operations).toMatchObject([
      { name: "One", body: operations[0]?.body, uses: 13, usesByDay: [{ day: today, uses: 13 }] },
      { name: "Two", body: operations[1]?.body, uses: 0, lastUsedAt: null, usesByDay: [] },
    ]);
    expect(Date.now() - Date.parse(String(list?.operations[0]?.lastUsedAt))).toBeLessThan(60_000);
  });

  it("of nothing that there is make nothing", async () => {
    const partner = hex(await fakePartner(users.models));
    const { operationId } = fakeOperation("One");
    const listId = await active(partner, "one", fakeOperation("One"));
    expect(await record([{ listId, operationId: "other", uses: 1 }])).toBe(0);
    expect(await record([{ listId, operationId, uses: 1 }], "elsewhere")).toBe(0);
    expect((await shown(partner))[0]?.operations).toMatchObject([{ uses: 0 }]);
  });

  it("hold up retiring for a day, unless another active list has the operation, or by force", async () => {
    const partner = hex(await fakePartner(users.models));
    const both = fakeOperation("Both");
    const only = fakeOperation("Only");
    const old = await active(partner, "old", both, only);
    const listId = old;
    await record([both, only].map(({ operationId }) => ({ listId, operationId, uses: 1 })));
    const refused = await retire(old);
    expect(refused).toMatchObject({ operationList: null, userErrors: [{ field: ["id"] }] });
    expect(refused.userErrors[0]?.message).toMatch(/Both \(20.*Only \(20|Only \(20.*Both \(20/);
    await active(partner, "new", both);
    const second = await retire(old);
    expect(second.userErrors[0]?.message).toMatch(/: Only \(20/);
    const longAgo = new Date(Date.now() - 86_400_001);
    const age = () =>
      runForTenant(testTenant, () =>
        users.models.OperationUse.updateOne(
          { listId, operationId: only.operationId },
          { $set: { lastUsedAt: longAgo } },
        ).exec(),
      );
    await age();
    expect((await retire(old)).userErrors).toEqual([]);
    const other = await active(partner, "other", only);
    await record([{ listId: other, operationId: only.operationId, uses: 1 }]);
    expect((await retire(other)).operationList).toBeNull();
    expect((await retire(other, true)).operationList?.status).toBe("RETIRED");
  });
});

describe("a signal", () => {
  let redis: RedisClient;
  let listener: Subscription;
  const heard: string[] = [];
  beforeAll(async () => {
    redis = connectRedis({ url: String(inject("redisUri")), logger: silentLogger, name: "operations" });
    const channel = partnerOperationsChannel(users.resources.redisNamespace);
    await new Promise<void>((ready) => {
      listener = subscribe(redis, channel, { ready, message: (text) => heard.push(text) });
    });
  });
  afterAll(() => {
    redis.disconnect();
    listener.close();
  });

  it("names the shop and the partner after each list that begins or ends to count", async () => {
    const signalOperations = createOperationSignal(redis, users.resources.redisNamespace, silentLogger);
    const partner = hex(await fakePartner(users.models));
    const id = String((await create(partner, "one")).operationList?.id);
    await add(id, [fakeOperation("One")]);
    const checkOperations = createOperationCheck(openApiSchema());
    const tools = { models: users.models, viewer: staff, requestId: "r", checkOperations, signalOperations };
    const own = () => heard.filter((text) => text === `${testTenant} ${partner}`);
    await runForTenant(testTenant, () => operationListActivate(tools, id));
    await expect.poll(() => own().length).toBe(1);
    await runForTenant(testTenant, () => operationListRetire(tools, id, true));
    await expect.poll(() => own().length).toBe(2);
  });

  it("does not hold a change up when Redis is away", async () => {
    const nowhere = connectRedis({ url: "redis://127.0.0.1:9", logger: silentLogger, name: "nowhere" });
    const list = { tenantId: testTenant, partnerId: new Types.ObjectId() };
    await createOperationSignal(nowhere, "any", silentLogger)(list);
    await createOperationSignal(undefined, "any", silentLogger)(list);
    nowhere.disconnect();
  });
});
