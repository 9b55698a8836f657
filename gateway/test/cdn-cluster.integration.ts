// The purger over a Redis Cluster, whose node for the log fails.
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { type StartedRedisCluster, startRedisCluster } from "@tradegraph/devservices/start-redis-cluster";
import { invalidationKeys } from "@tradegraph/kit/invalidation";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CdnStage, startCdnStage } from "./cdn-stage.ts";

const server = await resolveRedisServer();
const patient = { timeout: 30_000, interval: 20 };

describe.skipIf(!server)("a CDN's purger over a cluster", () => {
  let cluster: StartedRedisCluster;
  let stage: CdnStage;
  beforeAll(async () => {
    cluster = await startRedisCluster({ server: server ?? { binary: "" }, replicas: 1 });
    stage = await startCdnStage(cluster.uri);
  }, 60_000);
  afterAll(async () => {
    await stage.stop();
    await cluster.stop();
  });

  it("purges each entry twice, and goes on with the replica when the log's node dies", async () => {
    await stage.append({ tags: ["begin"] });
    await Promise.all([stage.open(), stage.open()]);
    await stage.settle();
    await stage.append({ tags: ["a"] });
    await vi.waitUntil(() => stage.purgesOf("a") === 2, patient);

    const owner = await cluster.ownerOf(invalidationKeys.log(stage.namespace));
    await owner?.kill();
    await vi.waitUntil(() => stage.append({ tags: ["b"] }).then(Boolean, () => false), patient);
    await vi.waitUntil(() => stage.purgesOf("b") >= 2 || stage.everything() >= 2, patient);
    expect(stage.lines.join("")).not.toContain("unexpected");
  }, 90_000);
});
