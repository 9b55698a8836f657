// Our gateway with its response cache and every guard on, logging each operation, as in production.
import { setTimeout as sleep } from "node:timers/promises";
import process from "node:process";
import { createOperatorServer } from "@tradegraph/gateway/operator-server";
import { createGateway } from "@tradegraph/gateway/server";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { connectRedis } from "@tradegraph/kit/redis";
import { reportToParent } from "./report-to-parent.ts";

const [supergraphPath = "", redisUrl = "", namespace = "", operatorKey = ""] = process.argv.slice(2);
const metrics = createMetrics("gateway");
const logger = createLogger({ service: "gateway", level: "info" });
const gateway = await createGateway({
  supergraphPath,
  keys: [{ kid: "bench", secret: "0123456789abcdef0123456789abcdef" }],
  tokens: { issuer: "bench", audience: "bench" },
  tenants: { hosts: {}, trustHeader: false, fallback: "acme" },
  logger,
  metrics,
  ...(redisUrl && { redis: connectRedis({ url: redisUrl, logger, name: "bench" }), cache: { namespace } }),
});
for (let tries = 0; redisUrl && gateway.cache?.log.position() === undefined && tries < 200; tries += 1) await sleep(50);
const operators = createOperatorServer({
  ...{ health: gateway.health, registry: metrics, logger },
  cache: gateway.cache && { ...gateway.cache, keys: { "*": operatorKey }, subgraphs: gateway.subgraphs },
});
reportToParent([await gateway.listen(0, "127.0.0.1"), await operators.listen(0, "127.0.0.1")]);
