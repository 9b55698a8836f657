// Gateways that live but cannot purge: others do it for them, and nothing is lost when nobody can.
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { createCdnProvider } from "../src/cache/cdn/create-cdn-provider.ts";
import { type CdnStage, startCdnStage } from "./cdn-stage.ts";
import { cdnId, cdnToken } from "./fake-cdn.ts";
import { until } from "./log-stage.ts";

const redisUri = inject("redisUri");
const wrong = { token: "revoked" };

describe.skipIf(!redisUri)("a gateway that cannot purge its CDN", () => {
  let stage: CdnStage;
  beforeEach(async () => {
    stage = await startCdnStage(redisUri ?? "");
    await stage.append({ tags: ["begin"] });
  });
  afterEach(() => stage.stop());

  /** A CDN that one gateway alone may not reach. */
  const startEgress = () => {
    const real = createCdnProvider({ name: "fastly", id: cdnId, token: cdnToken, url: stage.cdn.url, timeoutMs: 500 });
    let isCut = false;
    let attempts = 0;
    const cut = async () => {
      attempts += 1;
      if (isCut) throw Object.assign(new Error("cut"), { code: "ENETUNREACH" });
    };
    return {
      provider: {
        ...real,
        purgeTags: (...call: Parameters<typeof real.purgeTags>) => cut().then(() => real.purgeTags(...call)),
        purgeAll: (...call: Parameters<typeof real.purgeAll>) => cut().then(() => real.purgeAll(...call)),
      },
      cut: (value: boolean) => (isCut = value),
      attempts: () => attempts,
    };
  };

  it("leaves entries to one that can, and takes some again when it can", async () => {
    const egress = startEgress();
    const cut = await stage.open({ provider: egress.provider });
    await stage.settle();
    egress.cut(true);
    await stage.append({ tags: ["taken"] });
    await until(() => cut.purger.waiting() === 1);
    await stage.open();
    await until(() => stage.purgesOf("taken") === 2);
    for (let index = 0; index < 20; index += 1) await stage.append({ tags: [`Product:${index}`] });
    await stage.finished();
    expect(stage.everything()).toBe(0);
    const before = egress.attempts();
    await until(() => egress.attempts() > before + 1);

    egress.cut(false);
    const members = () => stage.redis.zcount(stage.keys.purgers, 1, "+inf");
    await until(async () => (await members()) === 2);
    await stage.append({ tags: ["later"] });
    await until(() => stage.purgesOf("later") === 2);
  });

  it("leaves a purge of everything to one that can", async () => {
    const refused = await stage.open(wrong);
    await until(async () => /outcome="refused",kind="everything"[^}]*\} [3-9]/.test(await refused.metrics.metrics()));
    await stage.open();
    await until(() => stage.everything() === 2);
    await stage.settle();
  });

  it("gives back the right to purge everything as soon as it is out", async () => {
    stage.cdn.trouble(() => ({ status: 401 }));
    await stage.open({ deadMs: 60_000, backoff: { first: 20, most: 60_000 } });
    await until(async () => (await stage.redis.exists(stage.keys.lease)) === 1);
    await until(() => stage.cdn.asked() >= 3);
    await until(async () => (await stage.redis.exists(stage.keys.lease)) === 0);
  });

  it("is one of all, and the first that can purges what nobody could", async () => {
    const opened = await Promise.all([stage.open(), stage.open()]);
    await stage.settle();
    stage.cdn.trouble(() => ({ status: 503 }));
    for (let index = 0; index < 10; index += 1) await stage.append({ tags: [`Product:${index}`] });
    await until(() => stage.cdn.asked() > 0);
    await until(async () => (await stage.redis.zcount(stage.keys.purgers, 1, "+inf")) === 0);
    await until(() => opened.every(({ purger }) => purger.waiting() === 0));
    // Nobody reads this one.
    await stage.append({ tags: ["unread"] });
    await stage.redis.del(stage.keys.owed);
    stage.cdn.trouble(undefined);
    await until(() => [...Array(10).keys()].every((index) => stage.purgesOf(`Product:${index}`) >= 2));
    await until(() => stage.purgesOf("unread") === 2);
    await stage.finished();
    expect(stage.everything()).toBe(0);
  });

  it("purges everything instead of what ten in turn could not purge, and what comes later goes on", async () => {
    await stage.open();
    await stage.settle();
    stage.cdn.trouble(({ tags }) => (tags.includes("poison") ? { status: 500 } : undefined));
    await stage.append({ tags: ["poison"] });
    await until(() => stage.everything() === 2);
    await stage.append({ tags: ["later"] });
    await until(() => stage.purgesOf("later") === 2);
    await stage.finished();
  });

  it("leaves when it closes, with what it has done and without the right to purge everything", async () => {
    await stage.abandon();
    expect(await stage.redis.get(stage.keys.lease)).toBe("abandoned");
    await stage.leave();
    expect(await stage.redis.exists(stage.keys.lease)).toBe(0);
    expect(await stage.redis.get(stage.keys.owed)).toBe("never");
    await stage.leave("never");
    expect(await stage.redis.exists(stage.keys.owed)).toBe(0);
    expect(await stage.redis.zscore(stage.keys.purgers, "abandoned/0")).toBe("0");
  });
});
