// A gateway in a process of its own, so that only its own work holds its event loop. The parent asks by message how long
// that was held; see attack-stage.ts.
import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { connectRedis } from "@tradegraph/kit/redis";
import { defaultLimits } from "../src/limits/limit-rules.ts";
import { type GatewayOptions } from "../src/gateway-options.ts";
import { createGateway } from "../src/server.ts";
import { keys } from "./fake-graph.ts";

const [supergraphPath = "", options = "{}"] = process.argv.slice(2);
const { redisUri, ...given } = JSON.parse(options) as Partial<GatewayOptions> & { redisUri?: string };
const logger = createLogger({ service: "gateway", level: "error" });
const gateway = await createGateway({
  ...{ supergraphPath, keys, tokens: { issuer: "tests", audience: "tests" } },
  tenants: { hosts: {}, trustHeader: true, fallback: "acme" },
  logger,
  metrics: createMetrics("gateway"),
  limits: defaultLimits,
  ...(redisUri !== undefined && { redis: connectRedis({ url: redisUri, logger, name: "attacked" }) }),
  ...given,
});
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let began = process.threadCpuUsage();
process.on("message", (message) => {
  if (message === "begin") {
    delay.reset();
    began = process.threadCpuUsage();
  }
  // To see that it is measured.
  if (typeof message === "number") {
    const spent = process.threadCpuUsage();
    while (process.threadCpuUsage(spent).user < message * 1e3);
  }
  // A turn later, or the turn that did the work would not count.
  setTimeout(
    () => {
      // Where the machine has others to serve too, the loop seems to be held by them.
      const { user, system } = process.threadCpuUsage(began);
      process.send?.({ held: Math.min(delay.max / 1e6, (user + system) / 1e3) });
    },
    message === "begin" ? 0 : 5,
  );
});
process.send?.({ port: await gateway.listen(0, "127.0.0.1") });
process.once("disconnect", () => process.exit());
