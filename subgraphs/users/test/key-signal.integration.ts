import { apiKeyChannel } from "@tradegraph/kit/api-key";
import { connectRedis, type RedisClient, subscribe, type Subscription } from "@tradegraph/kit/redis";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { apiKeyRevoke } from "../src/commands/api-key-revoke.ts";
import { partnerUpdate } from "../src/commands/partner-update.ts";
import { createKeySignal } from "../src/key-signal.ts";
import { fakePartner, inAnHour, partnerStaff, storedKey } from "./fake-partner.ts";
import { hex } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const staff = partnerStaff();
let redis: RedisClient;
let listener: Subscription;
const heard: string[] = [];
beforeAll(async () => {
  redis = connectRedis({ url: String(inject("redisUri")), logger: silentLogger, name: "signal" });
  await new Promise((resolve) => redis.once("ready", resolve));
  const channel = apiKeyChannel(users.resources.redisNamespace);
  await new Promise<void>((ready) => {
    listener = subscribe(redis, channel, { ready, message: (keyHash) => heard.push(keyHash) });
  });
});
afterAll(() => {
  redis.disconnect();
  listener.close();
});

it("names the hash of every changed key", async () => {
  const signal = createKeySignal(redis, users.resources.redisNamespace, silentLogger);
  await signal(["one", "two"]);
  await expect.poll(() => heard).toEqual(["one", "two"]);
});

it("comes with every change of a key and of its partner's activity", async () => {
  const key = storedKey({ expiresAt: inAnHour() });
  const partner = await fakePartner(users.models, { apiKeys: [key] });
  const signalled: string[] = [];
  const signalKeys = (hashes: readonly string[]) => Promise.resolve(void signalled.push(...hashes));
  const tools = { models: users.models, viewer: staff, requestId: "r1", signalKeys };
  await runForTenant(testTenant, () => partnerUpdate(tools, { id: hex(partner), isActive: false }));
  expect(signalled.splice(0)).toEqual([key.keyHash]);
  await runForTenant(testTenant, () => partnerUpdate(tools, { id: hex(partner), name: "Renamed" }));
  expect(signalled.splice(0)).toEqual([]);
  await runForTenant(testTenant, () => apiKeyRevoke(tools, hex(key)));
  expect(signalled).toEqual([key.keyHash]);
});

it("does not hold a change up when Redis is away", async () => {
  const nowhere = connectRedis({ url: "redis://127.0.0.1:9", logger: silentLogger, name: "nowhere" });
  await createKeySignal(nowhere, "any", silentLogger)(["one"]);
  await createKeySignal(undefined, "any", silentLogger)(["one"]);
  nowhere.disconnect();
});
