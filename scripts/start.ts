// pnpm start [--reset] [--scale N] [--watch] [--data <folder>]: the whole graph on this machine, and nothing left behind.
import { join, resolve } from "node:path";
import process from "node:process";
import { Command } from "commander";
import { rm } from "node:fs/promises";
import { writePrivate } from "@tradegraph/devservices/data-folder";
import { readEnv } from "./env.ts";
import { defaultDataFolder, type Running, runningFile } from "./running.ts";
import { bringUp, type Started } from "./start/bring-up.ts";
import { resetData, takeDataFolder } from "./start/data.ts";
import { watchSchema } from "./start/watch-schema.ts";
import { readyTable } from "./start/table.ts";
import { midnight } from "./seed-databases.ts";

interface Options {
  reset?: boolean;
  watch?: boolean;
  scale?: string;
  data: string;
}

/** Gateway first, so that no request finds half a graph; databases last. */
async function stopAll({ programs, redis, mongo }: Started): Promise<void> {
  await Promise.all(programs.filter(({ service }) => service.name === "gateway").map((program) => program.stop()));
  await Promise.all(programs.map((program) => program.stop()));
  await Promise.all([redis?.stop(), mongo?.stop()]);
}

async function start(options: Options): Promise<void> {
  const env = readEnv();
  const dataDir = resolve(options.data);
  const begun = performance.now();
  const { ledger, ended } = await takeDataFolder(dataDir);
  if (ended.length > 0) console.log(`Ended what an earlier start left: ${ended.join(", ")}.`);
  const started: Started = { programs: [] };
  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= stopAll(started)
      .then(() => rm(runningFile(dataDir), { force: true }))
      .finally(() => {
        ledger.close();
      }));
  const interrupted = new Promise<"interrupted">((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => done("interrupted"));
  });
  try {
    if (options.reset) await resetData(dataDir);
    const scale = options.scale === undefined ? undefined : Number(options.scale);
    const up = bringUp({ dataDir, env, ledger, scale, watch: options.watch, onRestart: console.error }, started);
    if ((await Promise.race([up, interrupted])) !== "interrupted" && started.graph && started.mongo) {
      const { graph, mongo, redis } = started;
      const running: Running = { mongoUri: mongo.uri, demoPassword: graph.secrets.demoPassword };
      await writePrivate(runningFile(dataDir), JSON.stringify(running));
      if (options.watch) watchSchema(started.programs);
      console.log(readyTable(graph, [mongo.choice, redis?.choice ?? "no Redis"], join(dataDir, "logs"), midnight()));
      console.log(`  Ready in ${((performance.now() - begun) / 1_000).toFixed(1)} s.`);
      await interrupted;
    }
    console.log("Stopping …");
  } finally {
    await stop();
  }
}

new Command("start")
  .description("The whole graph on this machine")
  .option("--reset", "empty the data of earlier starts first")
  .option("--scale <products>", "seed at least this many products per shop")
  .option("--watch", "restart programs when their source changes")
  .option("--data <folder>", "where data is kept", defaultDataFolder)
  .action(start)
  .parseAsync()
  .then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(`\n${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    },
  );
