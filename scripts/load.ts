// pnpm load <url> [--rate N] [--duration S] …: a load test with thresholds; exit code 0 passed, 1 failed, 2 could not run.
// It only reads. docs/DEPLOY-CHECKLIST.md says when and against what.
import process from "node:process";
import { Command, InvalidArgumentError } from "commander";
import { readCredentials } from "./load/env.ts";
import { askOnce, type Load, runLoad } from "./load/run-load.ts";
import { allowedTarget } from "./load/target.ts";
import { judge, reportLines } from "./load/verdict.ts";
import { findVisits } from "./load/visits.ts";

/** A number between two bounds, as an option. */
const between = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most)) {
    throw new InvalidArgumentError(`a number from ${least} to ${most}`);
  }
  return value;
};

interface Options {
  rate: number;
  duration: number;
  warmUp: number;
  connections: number;
  timeout: number;
  p95: number;
  p99: number;
  errors: number;
  leastRate: number;
  host?: string;
  tenant?: string;
  json?: boolean;
}

async function load(text: string, options: Options): Promise<void> {
  const url = allowedTarget(text, options.host);
  const given: Load = {
    url,
    headers: { ...readCredentials(), ...(options.tenant !== undefined && { "x-tenant-id": options.tenant }) },
    ...{ rate: options.rate, seconds: options.duration, warmUpSeconds: options.warmUp },
    ...{ connections: options.connections, timeoutMs: options.timeout },
  };
  const visits = await findVisits((visit) => askOnce(given, visit));
  console.error(`${options.rate} requests a second for ${options.duration} s to ${url.host}`);
  const measured = await runLoad(given, visits);
  const { p95, p99, errors } = options;
  const judged = judge(measured, { p95, p99, errors, rate: (options.rate * options.leastRate) / 100 });
  const passed = judged.every((one) => one.passed);
  console.log(options.json ? JSON.stringify({ passed, thresholds: judged }) : reportLines(measured, judged).join("\n"));
  process.exitCode = passed ? 0 : 1;
}

new Command("load")
  .description("Load test of a running graph: visitors look at products, categories and lists, and search")
  .argument("<url>", "GraphQL endpoint, such as http://localhost:4000/graphql")
  .option("--rate <number>", "requests a second", between(0.1, 2_000), 20)
  .option("--duration <seconds>", "how long figures count", between(1, 900), 60)
  .option("--warm-up <seconds>", "sent before, and not counted", between(0, 120), 5)
  .option("--connections <number>", "at once", between(1, 1_000), 50)
  .option("--timeout <ms>", "a request that takes longer has failed", between(1, 60_000), 10_000)
  .option("--p95 <ms>", "95 of 100 answers come within", between(1, 60_000), 500)
  .option("--p99 <ms>", "99 of 100 answers come within", between(1, 60_000), 2_000)
  .option("--errors <percent>", "failures of 100 requests", between(0, 100), 1)
  .option("--least-rate <percent>", "of the rate that must succeed", between(0, 100), 95)
  .option("--host <host>", "the host again, where it is not this machine")
  .option("--tenant <slug>", "marketplace, where the gateway believes the header")
  .option("--json", "print JSON")
  .addHelpText(
    "after",
    "\nLOAD_API_KEY is sent as a partner's key, LOAD_TOKEN as an access token; without either, it is one visitor.",
  )
  .showHelpAfterError()
  // A wrong option is no verdict: whoever waits for one must not take it for a slow shop.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(load)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
