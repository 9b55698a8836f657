// pnpm fuzz [--minutes 10] [--seed N]: random documents, right and wrong, against a gateway as in production, whose answers
// are held against a monolith over the same data. Ends with code 1 when it found something; see docs/TESTING.md.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { resolveMongo } from "@tradegraph/devservices/resolve-mongo";
import { resolveRedis } from "@tradegraph/devservices/resolve-redis";
import { startMongo } from "@tradegraph/devservices/start-mongo";
import { startRedis } from "@tradegraph/devservices/start-redis";
import { Command } from "commander";
import { type FuzzReport, runFuzz } from "../e2e/fuzz/run-fuzz.ts";
import { startShop } from "../e2e/fuzz/start-shop.ts";
import { createFuzzBar } from "./fuzz-bar.ts";

interface Options {
  minutes: number;
  seed: number;
  case?: number;
  out: string;
}

const number = (text: string) => Number(text);
const program = new Command("fuzz").description("Random documents against the graph").showHelpAfterError();
program
  .option("--minutes <count>", "how long", number, 10)
  .option("--seed <number>", "repeats a run; another one each time by default", number, Date.now() % 1_000_000_000)
  .option("--case <number>", "runs one case of it", number)
  .option("--out <folder>", "where findings are written", ".data/fuzz");

async function startServers() {
  const mongod = await resolveMongo({});
  const redisServer = await resolveRedis({});
  if (!redisServer) throw new Error("There is no Redis; install redis-server or set REDIS_URL.");
  const nothing = () => Promise.resolve();
  const mongo =
    mongod.uri === undefined
      ? await startMongo({ server: mongod, ephemeral: true })
      : { uri: mongod.uri, stop: nothing };
  const redis =
    redisServer.uri === undefined
      ? await startRedis({ server: redisServer, ephemeral: true })
      : { uri: redisServer.uri, stop: nothing };
  const stop = async () => {
    await redis.stop();
    await mongo.stop();
  };
  return { mongoUri: mongo.uri, redisUri: redis.uri, stop };
}

async function writeFindings({ seed, findings }: FuzzReport, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [place, finding] of findings.entries()) {
    const file = join(folder, `${seed}-${finding.case}-${place}.json`);
    await writeFile(file, `${JSON.stringify({ seed, ...finding }, null, 2)}\n`);
    console.error(`case ${finding.case}, ${finding.caller || "nobody"}: ${finding.what}\n  ${file}`);
  }
}

program.action(async (options: Options) => {
  const forMs = options.minutes * 60_000;
  console.log(`Seed ${options.seed}`);
  const servers = await startServers();
  try {
    const shop = await startShop(servers);
    const bar = createFuzzBar(forMs);
    const only = options.case === undefined ? {} : { from: options.case, count: 1 };
    const report = await runFuzz(shop, { seed: options.seed, forMs, ...only, onCase: bar.show }).finally(async () => {
      bar.stop();
      await mkdir(options.out, { recursive: true });
      await shop.stop(join(options.out, "gateway.log"));
    });
    const { counts, memory, findings } = report;
    console.log(JSON.stringify(counts));
    console.log(`Memory of the gateway: ${memory.early} MiB early, ${memory.end} MiB at the end`);
    await writeFindings(report, options.out);
    console.log(
      findings.length === 0 ? "Nothing found." : `${findings.length} findings; repeat with --seed ${options.seed}`,
    );
    if (findings.length > 0) process.exitCode = 1;
  } finally {
    await servers.stop();
  }
});
await program.parseAsync();
