// Our gateway with its response cache and every guard on, logging each operation, as in production.
import { setTimeout as sleep } from "node:timers/promises";
import process from "node:process";
import { createGateway } from "@tradegraph/gateway/server";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { connectRedis } from "@tradegraph/kit/redis";
import { reportToParent } from "./report-to-parent.ts";

const [supergraphPath = "", redisUrl = "", namespace = ""] = process.argv.slice(2);
const logger = createLogger({ service: "gateway", level: "info" });
const gateway = await createGateway({
  supergraphPath,
  keys: [{ kid: "bench", secret: "0123456789abcdef0123456789abcdef" }],
  tokens: { issuer: "bench", audience: "bench" },
  tenants: { hosts: {}, trustHeader: false, fallback: "acme" },
  logger,
  metrics: createMetrics("gateway"),
  ...(redisUrl && { redis: connectRedis({ url: redisUrl, logger, name: "bench" }), cache: { namespace } }),
});
for (let tries = 0; redisUrl && gateway.cache?.log.position() === undefined && tries < 200; tries += 1) await sleep(50);
reportToParent([await gateway.listen(0, "127.0.0.1")]);
