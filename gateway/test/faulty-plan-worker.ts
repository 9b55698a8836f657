// The planning thread, which dies of certain documents.
import { existsSync, writeFileSync } from "node:fs";
import process from "node:process";
import { parentPort } from "node:worker_threads";

parentPort?.on("message", ({ source }: { source: string }) => {
  if (source.includes("AlwaysDies")) process.exit(3);
  // The name of a file that tells whether it has died of it already.
  const [, once] = /DiesOnce: (\S+)/.exec(source) ?? [];
  if (once !== undefined && !existsSync(once)) {
    writeFileSync(once, "");
    process.exit(3);
  }
});
await import("../src/planning/plan-worker.ts");
