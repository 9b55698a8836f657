import { setTimeout as sleep } from "node:timers/promises";
import { connectRedis } from "@tradegraph/kit/redis";
import { openSessionTags, sessionKeys } from "@tradegraph/kit/session-tag";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { serviceViewer } from "@tradegraph/kit/viewer";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, inject, it } from "vitest";
import { endSessions, outdateSessions } from "../src/commands/end-sessions.ts";
import { fakeUser, fakeViewer, newId } from "./fakes.ts";
import { claimsIn, signInAs } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const actor = { role: "service" as const };
const query = "query ($ids: [ID!]!) { sessionStates(ids: $ids) { id isActive notBefore } }";
const asked = (ids: string[], viewer = serviceViewer(testTenant, ["sessions"])) =>
  users.subgraph.execute<{ sessionStates: object[] }>({ query, variables: { ids }, viewer });

const silentTags = openSessionTags({ namespace: "none", logger: silentLogger }).sessionTags;

describe("sessionStates", () => {
  it("says in the order of the ids which sessions go on, and from when on their tokens count", async () => {
    const user = await fakeUser(users.models);
    const [here, there] = [await signInAs(users, user), await signInAs(users, user)];
    const tools = { models: users.models, sessionTags: silentTags };
    await runForTenant(testTenant, () => outdateSessions(tools, user._id));
    await runForTenant(testTenant, () =>
      endSessions(tools, user._id, { reason: "test", only: [claimsIn(there).sid], actor }),
    );
    const unknown = newId().toHexString();
    const ids = [unknown, claimsIn(there).sid, "nonsense", claimsIn(here).sid, claimsIn(here).sid];
    const { data } = await asked(ids);
    const open = { id: claimsIn(here).sid, isActive: true, notBefore: expect.any(Number) as number };
    expect(data?.sessionStates).toMatchObject([
      { id: unknown, isActive: false },
      { id: claimsIn(there).sid, isActive: false },
      { id: "nonsense", isActive: false },
      open,
      open,
    ]);
    expect((data?.sessionStates[3] as { notBefore: number }).notBefore).toBeGreaterThan(claimsIn(here).iat);
  });

  it("knows nothing of another shop's sessions", async () => {
    const elsewhere = await signInAs(users, await fakeUser(users.models, {}, "other"));
    const { data } = await asked([claimsIn(elsewhere).sid]);
    expect(data?.sessionStates).toMatchObject([{ isActive: false }]);
  });

  it("refuses no ids and more than a thousand", async () => {
    for (const ids of [[], Array.from({ length: 1_001 }, () => newId().toHexString())]) {
      expect((await asked(ids)).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
    expect((await asked(Array.from({ length: 1_000 }, () => newId().toHexString()))).errors).toBeUndefined();
  });

  it("is for our own programs with this scope only", async () => {
    for (const viewer of [fakeViewer("admin"), serviceViewer(testTenant, ["spending"])]) {
      expect((await asked([newId().toHexString()], viewer)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    }
  });
});

describe("session marks", () => {
  const uri = inject("redisUri") ?? "";

  it.skipIf(!uri)("change for the user whose sessions were ended or outdated, also when there were none", async () => {
    const redis = connectRedis({ url: uri, logger: silentLogger, name: "test" });
    await expect.poll(() => redis.status).toBe("ready");
    const namespace = users.resources.redisNamespace;
    const { sessionTags, workers } = openSessionTags({ redis, namespace, logger: silentLogger, intervalMs: 10 });
    const tools = { models: users.models, sessionTags };
    const [user, other] = [await fakeUser(users.models), await fakeUser(users.models)];
    const markOf = ({ _id }: typeof user) => redis.get(sessionKeys.tag(namespace, testTenant, _id.toHexString()));
    await runForTenant(testTenant, () => outdateSessions(tools, other._id));
    const seen = [await markOf(user), await markOf(other)];
    await runForTenant(testTenant, () => endSessions(tools, user._id, { reason: "test", actor }));
    await runForTenant(testTenant, () => outdateSessions(tools, other._id));
    const then = [await markOf(user), await markOf(other)];
    expect(seen[0]).toBeNull();
    expect(then).toEqual([expect.any(String), expect.any(String)]);
    expect(then[1]).not.toBe(seen[1]);
    await Promise.all(workers.map((worker) => worker.stop()));
    await redis.quit();
  });

  it.skipIf(!uri)("change for everybody after a failure to change one, and come back when lost", async () => {
    const redis = connectRedis({ url: uri, logger: silentLogger, name: "test" });
    await expect.poll(() => redis.status).toBe("ready");
    const namespace = `${users.resources.redisNamespace}_epoch`;
    const failing = { on: false };
    const flaky = new Proxy(redis, {
      get: (target, name) =>
        (name === "set" || name === "eval") && failing.on
          ? () => Promise.reject(new Error("away"))
          : (Reflect.get(target, name, target) as (...args: unknown[]) => unknown),
    });
    const { sessionTags, workers } = openSessionTags({ redis: flaky, namespace, logger: silentLogger, intervalMs: 10 });
    const epoch = () => redis.get(sessionKeys.epoch(namespace));
    await expect.poll(epoch).not.toBeNull();
    const before = await epoch();
    await sleep(50);
    expect(await epoch()).toBe(before);
    failing.on = true;
    await sessionTags.whileChanging(testTenant, newId().toHexString(), () => Promise.resolve());
    failing.on = false;
    await expect.poll(epoch).not.toBe(before);
    await redis.del(sessionKeys.epoch(namespace));
    await expect.poll(epoch).not.toBeNull();
    await Promise.all(workers.map((worker) => worker.stop()));
    await redis.quit();
  });
});
