// Sessions and API keys over a Redis Cluster whose nodes fail.
import { randomBytes } from "node:crypto";
import { type RedisNode } from "@tradegraph/devservices/redis-node";
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { type StartedRedisCluster, startRedisCluster } from "@tradegraph/devservices/start-redis-cluster";
import { apiKeyChannel, createApiKey } from "@tradegraph/kit/api-key";
import { sessionKeys } from "@tradegraph/kit/session-tag";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { followKeySignals } from "../src/api-key-signal.ts";
import { type FakeSessions, startFakeSessions } from "./fake-sessions.ts";
import { startIssuer, type TestIssuer, userId } from "./issuer.ts";
import { type Stage, startStage } from "./session-stage.ts";

const server = await resolveRedisServer();
const [good, refused] = ["200 fine", "401 UNAUTHENTICATED"];
const patient = { timeout: 30_000, interval: 20 };

let cluster: StartedRedisCluster;
let issuer: TestIssuer;
let users: FakeSessions;
let at: Stage;

describe.skipIf(!server)("over a cluster", () => {
  beforeAll(async () => {
    cluster = await startRedisCluster({ server: server ?? { binary: "" }, replicas: 1 });
    issuer = await startIssuer();
  }, 60_000);
  afterAll(async () => {
    issuer.stop();
    await cluster.stop();
  });
  beforeEach(async () => {
    users = await startFakeSessions();
    at = await startStage({ issuer, users }, cluster.uri);
  });
  afterEach(async () => {
    await at.stop();
    users.stop();
  });

  /** As a power cut would; the node comes back after the test. */
  const kill = async (node: RedisNode | undefined) => {
    onTestFinished(async () => {
      await node?.start();
      await cluster.untilWhole(30_000);
    }, 60_000);
    await node?.kill();
  };
  const newSession = () => {
    const sid = randomBytes(12).toString("hex");
    users.open.set(sid, 0);
    return sid;
  };
  const end = (sid: string) => at.tags.whileChanging("acme", userId, () => Promise.resolve(users.open.delete(sid)));
  /** Asks until users is no longer asked. */
  const untilRemembered = (sid: string) =>
    expect
      .poll(async () => {
        const before = users.asked.length;
        expect(await at.ask(sid)).toBe(good);
        return users.asked.length - before;
      }, patient)
      .toBe(0);

  it("remembers sessions, whose keys lie on several nodes, and forgets them when they end", async () => {
    const sids = Array.from({ length: 12 }, newSession);
    for (const sid of sids) await untilRemembered(sid);
    const verdicts = await Promise.all(sids.map((sid) => cluster.ownerOf(sessionKeys.verdict(at.namespace, sid))));
    expect(new Set(verdicts).size).toBeGreaterThan(1);
    for (const sid of sids) {
      await end(sid);
      expect(await at.ask(sid)).toBe(refused);
    }
  });

  it.each(["the user's mark", "the mark of everybody"])(
    "lets no ended session in while the node with %s dies and its replica follows, and everybody else",
    async (which) => {
      const key =
        which === "the user's mark" ? sessionKeys.tag(at.namespace, "acme", userId) : sessionKeys.epoch(at.namespace);
      const [gone, stays] = [newSession(), newSession()];
      await untilRemembered(gone);
      await end(gone);
      await untilRemembered(stays);
      const owner = await cluster.ownerOf(key);
      const answers = { gone: new Set<string>(), stays: new Set<string>() };
      let done = false;
      const traffic = (async () => {
        while (!done) {
          answers.gone.add(await at.ask(gone));
          answers.stays.add(await at.ask(stays));
        }
      })();
      onTestFinished(() => {
        done = true;
        return traffic;
      });
      await kill(owner);
      await expect.poll(() => cluster.ownerOf(key), patient).toBeDefined();
      await untilRemembered(stays);
      await end(stays);
      answers.gone.add(await at.ask(stays));
      done = true;
      await traffic;
      answers.stays.delete(refused);
      expect(answers).toEqual({ gone: new Set([refused]), stays: new Set([good]) });
    },
    120_000,
  );

  it("believes nothing that was remembered under a node that another has replaced", async () => {
    const sid = newSession();
    await untilRemembered(sid);
    const key = sessionKeys.tag(at.namespace, "acme", userId);
    const owner = await cluster.ownerOf(key);
    const mark = await at.redis?.get(key);
    await owner?.client.wait(1, 1_000);
    // As if the end of the session had been lost with the node: the replica never heard of it.
    users.open.delete(sid);
    await kill(owner);
    await expect.poll(() => cluster.ownerOf(key), patient).toBeDefined();
    await cluster.untilWhole();
    await expect.poll(() => at.redis?.get(key).catch(() => undefined), patient).toBe(mark);
    expect(await at.ask(sid)).toBe(refused);
  }, 120_000);

  it("hears of changed API keys from whichever node they are told, also after that node died", async () => {
    const { redis } = at;
    if (!redis) throw new Error("This test needs Redis.");
    const forgotten: string[] = [];
    let doubts = 0;
    const identities = { forget: (hash: string) => void forgotten.push(hash), doubtAll: () => void (doubts += 1) };
    const signals = followKeySignals(redis, at.namespace, identities);
    onTestFinished(signals.close);
    await expect.poll(() => doubts, patient).toBe(1);
    const { keyHash } = createApiKey();
    const channel = apiKeyChannel(at.namespace);
    for (const node of cluster.nodes) await node.client.publish(channel, keyHash);
    await expect.poll(() => forgotten, patient).toEqual(cluster.nodes.map(() => keyHash));
    const heardBy = await cluster.ownerOf(channel);
    await kill(heardBy);
    await expect.poll(() => doubts, patient).toBe(2);
    await expect.poll(() => redis.publish(channel, keyHash).catch(() => undefined), patient).toBeTypeOf("number");
    await expect.poll(() => forgotten.length, patient).toBeGreaterThan(cluster.nodes.length);
  }, 120_000);
});
