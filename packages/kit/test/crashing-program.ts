// A program that reports errors and ends as its second argument says; the first is the DSN, or nothing.
import { registerHooks } from "node:module";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

const loaded: string[] = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});

const { openErrorReporting } = await import("../src/error-reporting.ts");
const { reportCrashes } = await import("../src/crash-report.ts");
const { createLogger } = await import("../src/logger.ts");
const { createMetrics } = await import("../src/metrics.ts");

const [, , dsn, ending] = process.argv;
const settings = { NODE_ENV: "test", ...(dsn && { SENTRY_DSN: dsn }) };
const reporting = await openErrorReporting(settings, { service: "crashing", metrics: createMetrics("crashing") });
const logger = createLogger({ service: "crashing", level: "info", onFault: reporting?.onFault });
if (reporting) reportCrashes({ reporting, logger });
logger.info({ libraries: loaded.filter((url) => url.includes("@sentry")).length }, "Running");
const fault = new RangeError("nobody caught this, canary@example.com");

if (ending === "exception")
  setTimeout(() => {
    throw fault;
  });
else if (ending === "rejection") void Promise.reject(fault);
else if (ending === "start") throw fault;
else process.exit(0);
await sleep(10_000);
