// Our gateway with every guard on, logging each operation, as in production.
import process from "node:process";
import { createGateway } from "@tradegraph/gateway/server";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { reportToParent } from "./report-to-parent.ts";

const [supergraphPath = ""] = process.argv.slice(2);
const gateway = await createGateway({
  supergraphPath,
  keys: [{ kid: "bench", secret: "0123456789abcdef0123456789abcdef" }],
  tokens: { issuer: "bench", audience: "bench" },
  tenants: { hosts: {}, trustHeader: false, fallback: "acme" },
  logger: createLogger({ service: "gateway", level: "info" }),
  metrics: createMetrics("gateway"),
});
reportToParent([await gateway.listen(0, "127.0.0.1")]);
