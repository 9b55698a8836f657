// pnpm start [--reset] [--scale N] [--watch] [--data <folder>]: the whole graph on this machine, and nothing left behind.
import process from "node:process";
import { Command } from "commander";
import { defaultDataFolder } from "./running.ts";
import { watchForEnd } from "./start/ending.ts";
import type { RunOptions } from "./start/run.ts";
import { wholeNumber } from "./whole-number.ts";

async function start(options: RunOptions): Promise<void> {
  const ending = watchForEnd();
  // Loading all of it takes a moment, in which Ctrl-C is heard already.
  const { run } = await import("./start/run.ts");
  if (!ending.signal.aborted) await run(options, ending);
  process.exitCode = ending.exitCode();
}

new Command("start")
  .description("The whole graph on this machine")
  .option("--reset", "empty the data of earlier starts first")
  .option("--scale <products>", "seed at least this many products per shop", wholeNumber)
  .option("--watch", "restart programs when their source changes")
  .option("--data <folder>", "where data is kept", defaultDataFolder)
  .action(start)
  .parseAsync()
  .then(
    () => process.exit(),
    (error: unknown) => {
      console.error(`\n${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    },
  );
