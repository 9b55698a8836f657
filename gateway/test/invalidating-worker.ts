// Changes something in the log when it is told to, on a thread of its own.
import { parentPort, workerData } from "node:worker_threads";
import { appendInvalidation } from "@tradegraph/kit/invalidation";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis } from "@tradegraph/kit/redis";

const { url, namespace, tags } = workerData as { url: string; namespace: string; tags: string[] };
const logger = createLogger({ service: "test", level: "silent" });
const redis = connectRedis({ url, logger, name: "writer" });
redis.once("ready", () => parentPort?.postMessage("ready"));
parentPort?.on("message", (told: Int32Array) => {
  void appendInvalidation(redis, namespace, { tags }).then(() => {
    Atomics.store(told, 0, 1);
    Atomics.notify(told, 0);
  });
});
