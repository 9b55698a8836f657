import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { resolveRedis } from "@tradegraph/devservices/resolve-redis";
import { startRedis, type StartedRedis } from "@tradegraph/devservices/start-redis";
import { isChanging, sessionKeys } from "@tradegraph/kit/session-tag";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { type FakeSessions, startFakeSessions } from "./fake-sessions.ts";
import { startIssuer, type TestIssuer, userId } from "./issuer.ts";
import { type Stage, startStage } from "./session-stage.ts";

const redisUri = inject("redisUri") ?? "";
const newSession = () => randomBytes(12).toString("hex");

let issuer: TestIssuer;
let users: FakeSessions;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => {
  issuer.stop();
});
beforeEach(async () => {
  users = await startFakeSessions();
});
afterEach(() => {
  users.stop();
});

const stage = (uri?: string) => startStage({ issuer, users }, uri);

const [good, refused, unavailable] = ["200 fine", "401 UNAUTHENTICATED", "503 SERVICE_UNAVAILABLE"];

const done = () => Promise.resolve();

/** What users does when a session ends. */
const end = (at: Stage, sid: string) =>
  at.tags.whileChanging("acme", userId, () => Promise.resolve(users.open.delete(sid)));

/** Asks until the answer is remembered; the gateway learns which Redis it has beside its first requests. */
const untilRemembered = ({ ask }: Stage, sid: string) =>
  expect
    .poll(
      async () => {
        const before = users.asked.length;
        expect(await ask(sid)).toBe(good);
        return users.asked.length - before;
      },
      { timeout: 15_000 },
    )
    .toBe(0);

describe("without Redis", () => {
  let at: Stage;
  beforeEach(async () => {
    at = await stage();
  });
  afterEach(() => at.stop());

  it("asks users for every request, as a service of the tenant with that scope", async () => {
    const sid = newSession();
    users.open.set(sid, 0);
    expect([await at.ask(sid), await at.ask(sid)]).toEqual([good, good]);
    expect(users.asked).toMatchObject(
      Array(2).fill({ ids: [sid], viewer: { role: "service", scopes: ["sessions"], tenantId: "acme" } }),
    );
    users.open.delete(sid);
    expect(await at.ask(sid)).toBe(refused);
  });

  it("lets visitors in without asking", async () => {
    const { status } = await at.gateway.post({ query: "{ latest }" });
    expect(status).toBe(200);
    expect(users.asked).toEqual([]);
  });

  it("refuses a session that is not known, and a token issued before it was outdated, and reaches no subgraph", async () => {
    const sid = newSession();
    // Far enough for a slow machine.
    const notBefore = Math.floor(Date.now() / 1_000) + 60;
    users.open.set(sid, notBefore);
    expect([await at.ask(newSession()), await at.ask(sid)]).toEqual([refused, refused]);
    expect(await at.ask(sid, notBefore)).toBe(good);
    expect(at.gateway.opinions.received).toHaveLength(1);
  });

  it("never gives a request an answer that is older than itself", async () => {
    const sid = newSession();
    users.open.set(sid, 0);
    // The first is told that the session goes on; it ends while that answer is on its way.
    const late: string[] = [];
    users.after = async () => {
      users.after = undefined;
      users.open.delete(sid);
      late.push(await at.ask(sid));
    };
    expect(await at.ask(sid)).toBe(good);
    expect(late).toEqual([refused]);
  });

  it.each<[string, (fake: FakeSessions) => void]>([
    ["is gone", (fake) => fake.stop()],
    ["fails", (fake) => (fake.misbehave = (response) => response.writeHead(500).end("oops"))],
    [
      "refuses the question",
      (fake) =>
        (fake.misbehave = (response) => response.end('{"errors":[{"message":"x","extensions":{"code":"FORBIDDEN"}}]}')),
    ],
    ["answers nothing", (fake) => (fake.misbehave = (response) => response.end('{"data":{"sessionStates":null}}'))],
    ["leaves sessions out", (fake) => (fake.misbehave = (response) => response.end('{"data":{"sessionStates":[]}}'))],
    ["answers garbage", (fake) => (fake.misbehave = (response) => response.end("<html>"))],
  ])("lets nobody with a token in when users %s", async (_, misbehave) => {
    const sid = newSession();
    users.open.set(sid, 0);
    misbehave(users);
    expect(await at.ask(sid)).toBe(unavailable);
    expect((await at.gateway.post({ query: "{ latest }" })).status).toBe(200);
  });
});

describe.skipIf(!redisUri)("with Redis", () => {
  let at: Stage;
  beforeEach(async () => {
    at = await stage(redisUri);
  });
  afterEach(() => at.stop());

  it("asks users once and then goes on without, also when users is dead", async () => {
    const sid = newSession();
    users.open.set(sid, 0);
    await untilRemembered(at, sid);
    users.stop();
    expect(await at.ask(sid)).toBe(good);
    expect(await at.ask(newSession())).toBe(unavailable);
    await at.tags.whileChanging("acme", userId, done);
    expect(await at.ask(sid)).toBe(unavailable);
  });

  it("refuses an ended session at once, and remembers that too", async () => {
    const sid = newSession();
    users.open.set(sid, 0);
    await untilRemembered(at, sid);
    await end(at, sid);
    expect(await at.ask(sid)).toBe(refused);
    await expect.poll(() => at.redis?.get(sessionKeys.verdict(at.namespace, sid))).toBe("ended");
    users.stop();
    expect(await at.ask(sid)).toBe(refused);
  });

  it("remembers nothing of a user whose sessions are being changed, for as long as that is not finished", async () => {
    const sid = newSession();
    users.open.set(sid, 0);
    await untilRemembered(at, sid);
    // Another one ends its own change in between, and changes nothing about this.
    let die: () => void = () => undefined;
    const cutOff = new Promise<never>((_, reject) => {
      die = () => reject(new Error("cut off"));
    });
    const first = at.tags.whileChanging("acme", userId, () => new Promise((finish) => setTimeout(finish, 100)));
    const change = at.tags.whileChanging("acme", userId, () => cutOff);
    const isAnnounced = async () =>
      isChanging((await at.redis?.get(sessionKeys.tag(at.namespace, "acme", userId))) ?? "");
    await expect.poll(isAnnounced).toBe(true);
    await first;
    // And one that began later.
    await at.tags.whileChanging("acme", userId, done);
    expect(await isAnnounced()).toBe(true);
    for (let n = 0; n < 3; n += 1) expect(await at.ask(sid)).toBe(good);
    // A program that died here would leave the database changed, and nobody told.
    users.open.delete(sid);
    expect(await at.ask(sid)).toBe(refused);
    die();
    await expect(change).rejects.toThrow("cut off");
    expect(await isAnnounced()).toBe(false);
  });

  it("refuses outdated tokens at once, and takes new ones", async () => {
    const sid = newSession();
    const now = Math.floor(Date.now() / 1_000);
    users.open.set(sid, 0);
    await untilRemembered(at, sid);
    users.open.set(sid, now + 5);
    await at.tags.whileChanging("acme", userId, done);
    expect([await at.ask(sid, now), await at.ask(sid, now + 5)]).toEqual([refused, good]);
  });

  it("does not remember an answer that was on its way when the session ended", async () => {
    const sid = newSession();
    users.open.set(sid, 0);
    await untilRemembered(at, sid);
    await at.tags.whileChanging("acme", userId, done);
    users.after = async () => {
      users.after = undefined;
      await end(at, sid);
    };
    // This request arrived before the end; what it was told must not serve those after it.
    expect(await at.ask(sid)).toBe(good);
    await expect.poll(() => at.redis?.get(sessionKeys.verdict(at.namespace, sid))).toMatch(/\|0$/);
    expect(await at.ask(sid)).toBe(refused);
  });

  it.each<[string, (place: Stage, sid: string) => Promise<unknown> | undefined]>([
    ["the user's mark", ({ redis, namespace }) => redis?.del(sessionKeys.tag(namespace, "acme", userId))],
    ["the mark of everybody", ({ redis, namespace }) => redis?.del(sessionKeys.epoch(namespace))],
    ["what it remembered", ({ redis, namespace }, sid) => redis?.del(sessionKeys.verdict(namespace, sid))],
  ])("asks again when Redis has evicted %s", async (_, evict) => {
    const sid = newSession();
    users.open.set(sid, 0);
    await untilRemembered(at, sid);
    users.open.delete(sid);
    await evict(at, sid);
    expect(await at.ask(sid)).toBe(refused);
  });

  it("believes nothing that was remembered of another Redis, however it came back", async () => {
    const sid = newSession();
    users.open.set(sid, 0);
    await untilRemembered(at, sid);
    const key = sessionKeys.verdict(at.namespace, sid);
    const remembered = (await at.redis?.get(key)) ?? "";
    users.open.delete(sid);
    await at.redis?.set(key, remembered.replace(/^[^|]+/, "0".repeat(40)));
    expect(await at.ask(sid)).toBe(refused);
  });

  it("remembers nothing where users has another namespace: it could not say when that is old", async () => {
    await at.redis?.set(sessionKeys.epoch(at.namespace), "");
    const sid = newSession();
    users.open.set(sid, 0);
    for (let n = 0; n < 5; n += 1) expect(await at.ask(sid)).toBe(good);
    users.open.delete(sid);
    expect(await at.ask(sid)).toBe(refused);
  });

  it("never lets an ended session in while it ends in the middle of traffic", async () => {
    const sids = Array.from({ length: 20 }, newSession);
    for (const sid of sids) users.open.set(sid, 0);
    const endedAt = new Map<string, number>();
    const wrong: string[] = [];
    const traffic = sids.map(async (sid) => {
      for (let n = 0; n < 15; n += 1) {
        const before = endedAt.has(sid);
        if ((await at.ask(sid)) === good && before) wrong.push(sid);
      }
    });
    for (const sid of sids) {
      await end(at, sid);
      endedAt.set(sid, Date.now());
      await sleep(10);
    }
    await Promise.all(traffic);
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!redisUri)("a Redis that is killed and comes back empty", () => {
  it("makes no revoked token work again, and stops nobody else", async () => {
    const server = await resolveRedis({});
    if (server?.uri !== undefined || !server) throw new Error("This test needs a Redis of its own.");
    // A user of its own, because a new server has a new password.
    const password = randomBytes(16).toString("hex");
    const configuration = [`user tester on >${password} ~* &* +@all`];
    let redis: StartedRedis = await startRedis({ server, ephemeral: true, configuration });
    const at = await stage(`redis://tester:${password}@127.0.0.1:${redis.port}`);
    const [gone, stays] = [newSession(), newSession()];
    for (const sid of [gone, stays]) users.open.set(sid, 0);
    await untilRemembered(at, gone);
    await end(at, gone);
    const answers = { gone: new Set<string>(), stays: new Set<string>() };
    let done = false;
    const traffic = (async () => {
      while (!done) {
        answers.gone.add(await at.ask(gone));
        answers.stays.add(await at.ask(stays));
      }
    })();
    await redis.stop();
    redis = await startRedis({ server, ephemeral: true, port: redis.port, configuration });
    await expect.poll(() => at.redis?.status, { timeout: 10_000 }).toBe("ready");
    await untilRemembered(at, stays);
    done = true;
    await traffic;
    expect(answers).toEqual({ gone: new Set([refused]), stays: new Set([good]) });
    await at.stop();
    await redis.stop();
  });
});
