import { apiKeyChannel, createApiKey } from "@tradegraph/kit/api-key";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

const query = "{ whoami }";
const redisNamespace = `api-keys-${process.pid}`;
let users: FakeUsers;
let redis: RedisClient;
let test: TestGateway;

beforeAll(async () => {
  users = await startFakeUsers();
  const logger = createLogger({ service: "test", level: "silent" });
  redis = connectRedis({ url: String(inject("redisUri")), logger, name: redisNamespace });
  test = await startTestGateway({
    usersUrl: users.url,
    apiKeys: { redisNamespace, times: { restMs: 0 } },
    trustedProxies: 1,
    tenants: { hosts: { "acme.example": "acme", "zeta.example": "zeta" }, trustHeader: true, fallback: "acme" },
    redis,
  });
  // From now on it hears signals.
  await vi.waitUntil(
    async () => (await redis.pubsub("NUMSUB", apiKeyChannel(redisNamespace)).catch(() => []))[1] === 1,
    {
      timeout: 5_000,
    },
  );
});
beforeEach(() => {
  test.log.length = 0;
  test.shelf.received.length = 0;
});
afterAll(async () => {
  await test.stop();
  await users.stop();
  redis.disconnect();
});

const ask = (key: string, headers: Record<string, string> = {}) =>
  test.post({ query }, { "x-api-key": key, ...headers });
const viewerIn = ({ body }: Awaited<ReturnType<typeof ask>>) => JSON.parse(String(body.data?.whoami)) as object;
/** Ends the gateway's own subscriptions, to keys and to operations of partners, and nobody else's on this server. */
async function cutSubscriptions() {
  const clients = String(await redis.client("LIST", "TYPE", "PUBSUB")).split("\n");
  const own = clients.filter((line) => line.includes(`name=${redisNamespace} `));
  expect(own).toHaveLength(2);
  for (const line of own) await redis.client("KILL", "ID", Number(/^id=(\d+)/.exec(line)?.[1]));
}
const signal = (keyHash: string) => redis.publish(apiKeyChannel(redisNamespace), keyHash);

describe("a key that counts", () => {
  it("makes the viewer that subgraphs see", async () => {
    const { secret } = users.addKey({ scopes: ["catalogue:read", "orders:read-all"] });
    expect(viewerIn(await ask(secret, { "x-forwarded-for": "192.0.2.7" }))).toEqual({
      tenantId: "acme",
      role: "partner",
      partnerId: "bbbbbbbbbbbbbbbbbbbbbbbb",
      companyId: "cccccccccccccccccccccccc",
      scopes: ["catalogue:read", "orders:read-all"],
      address: "192.0.2.7",
    });
  });

  it("acts for no company when its partner has none", async () => {
    const { secret } = users.addKey({ companyId: null });
    expect(viewerIn(await ask(secret))).not.toHaveProperty("companyId");
  });

  it("names the tenant like an access token: a disagreement is refused", async () => {
    const { secret } = users.addKey({ tenantId: "zeta" });
    expect(viewerIn(await ask(secret))).toMatchObject({ tenantId: "zeta" });
    expect(viewerIn(await ask(secret, { "x-tenant-id": "zeta" }))).toMatchObject({ tenantId: "zeta" });
    const { status, body } = await ask(secret, { "x-tenant-id": "acme" });
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
  });

  it("is in no log line", async () => {
    const { secret } = users.addKey();
    await ask(secret);
    await ask(createApiKey().secret);
    expect(test.log.join("")).not.toMatch(/tgk_/);
  });

  it("keeps answers apart in caches", async () => {
    expect((await ask(users.addKey().secret)).headers.get("vary")).toContain("X-Api-Key");
  });
});

describe("a key that does not count is 401, with one message for all", () => {
  it.each<[string, () => string, string]>([
    ["unknown", () => createApiKey().secret, "unknown"],
    ["expired", () => users.addKey({ expiresAt: "2020-01-01T00:00:00.000Z" }).secret, "expired"],
    ["from elsewhere", () => users.addKey({ allowedAddresses: ["198.51.100.0/24"] }).secret, "address"],
    ["malformed", () => "tgk_nonsense", "malformed"],
    ["empty", () => "", "malformed"],
  ])("%s", async (_name, make, reason) => {
    const { status, body } = await ask(make(), { "x-forwarded-for": "192.0.2.7" });
    expect(status).toBe(401);
    expect(body.errors?.[0]).toMatchObject({
      message: "The API key is not valid here.",
      extensions: { code: "UNAUTHENTICATED" },
    });
    expect(test.shelf.received).toEqual([]);
    const lines = test.log.map((line) => JSON.parse(line) as { msg: string });
    const refusals = lines.filter(({ msg }) => msg === "An API key was refused");
    expect(refusals).toMatchObject([{ reason, address: "192.0.2.7" }]);
  });

  it("and users is not asked about what can be no key", async () => {
    const before = users.asked.length;
    const { secret } = createApiKey();
    for (const key of [
      `${secret}x`,
      secret.slice(1),
      secret.toUpperCase(),
      `${secret}, ${secret}`,
      "$ne",
      "a".repeat(4_000),
    ])
      expect((await ask(key)).status).toBe(401);
    expect(users.asked).toHaveLength(before);
  });

  it("and users is asked once about one that is sent again and again", async () => {
    const { secret } = createApiKey();
    const before = users.asked.length;
    for (let n = 0; n < 5; n += 1) expect((await ask(secret)).status).toBe(401);
    expect(users.asked).toHaveLength(before + 1);
  });
});

describe("an allowed address", () => {
  it("lets the key in, and only the proxy's word counts", async () => {
    const { secret } = users.addKey({ allowedAddresses: ["198.51.100.0/24", "2001:db8::/32"] });
    for (const [forwarded, status] of [
      ["198.51.100.9", 200],
      ["::ffff:198.51.100.9", 200],
      ["2001:db8:1::1", 200],
      ["192.0.2.7", 401],
      ["198.51.100.9, 192.0.2.7", 401],
      ["192.0.2.7, 198.51.100.9", 200],
    ] as const)
      expect([forwarded, (await ask(secret, { "x-forwarded-for": forwarded })).status]).toEqual([forwarded, status]);
  });

  it("is not what anybody writes into a header when no proxy is trusted", async () => {
    const open = await startTestGateway({ usersUrl: users.url, apiKeys: { redisNamespace } });
    const { secret } = users.addKey({ allowedAddresses: ["198.51.100.9"] });
    const { status } = await open.post({ query }, { "x-api-key": secret, "x-forwarded-for": "198.51.100.9" });
    expect(status).toBe(401);
    const anonymous = await open.post({ query }, { "x-forwarded-for": "198.51.100.9" });
    expect(JSON.parse(String(anonymous.body.data?.whoami))).toMatchObject({ role: "anonymous", address: "127.0.0.1" });
    await open.stop();
  });
});

describe("a key and an access token together", () => {
  it("are 400: it would not be clear who asks", async () => {
    const { status, body } = await ask(users.addKey().secret, { authorization: "Bearer abc" });
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
    expect(test.shelf.received).toEqual([]);
  });
});

describe("a change", () => {
  it("counts as soon as users signals it", async () => {
    const { secret, keyHash } = users.addKey();
    expect((await ask(secret)).status).toBe(200);
    users.identities.delete(keyHash);
    expect((await ask(secret)).status).toBe(200);
    await signal(keyHash);
    await expect.poll(async () => (await ask(secret)).status).toBe(401);
  });

  it("is noticed after Redis was away, when its signal was lost", async () => {
    const { secret, keyHash } = users.addKey();
    expect((await ask(secret)).status).toBe(200);
    users.identities.delete(keyHash);
    expect((await ask(secret)).status).toBe(200);
    await cutSubscriptions();
    await expect.poll(async () => (await ask(secret)).status, { timeout: 5_000 }).toBe(401);
  });

  it("is nothing when the signal is no hash", async () => {
    const { secret } = users.addKey();
    await ask(secret);
    const before = users.asked.length;
    for (const text of ["", "*", "x".repeat(10_000)]) await signal(text);
    expect((await ask(secret)).status).toBe(200);
    expect(users.asked).toHaveLength(before);
  });
});

describe("while users is away", () => {
  it("a key in use goes on, another cannot be told: 503", async () => {
    const { secret } = users.addKey();
    expect((await ask(secret)).status).toBe(200);
    await cutSubscriptions();
    await users.stop();
    try {
      expect((await ask(secret)).status).toBe(200);
      const { status, body } = await ask(createApiKey().secret);
      expect([status, body.errors?.[0]?.extensions]).toMatchObject([
        503,
        { code: "SERVICE_UNAVAILABLE", retryable: true },
      ]);
    } finally {
      await users.start();
    }
  });
});

describe("a gateway without users", () => {
  it("refuses keys instead of treating their senders as visitors", async () => {
    const alone = await startTestGateway();
    expect((await alone.post({ query }, { "x-api-key": createApiKey().secret })).status).toBe(401);
    await alone.stop();
  });

  it("ignores them when viewers are switched off", async () => {
    const open = await startTestGateway({ guardsOff: ["viewer"] });
    expect((await open.post({ query }, { "x-api-key": "nonsense" })).status).toBe(200);
    await open.stop();
  });
});
