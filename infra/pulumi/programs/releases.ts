// What a stack looked like after each release: states that `pnpm infra:record <version>` wrote on the engine, for the tests that
// upgrade from them. They hold what the stub of AWS answers, no secrets and no account.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { type StackName } from "../lib/stack-name.ts";
import { type Program, programs } from "./order.ts";

const folderOf = (program: Program) => join(import.meta.dirname, program, "releases");
const fileOf = (program: Program, version: string, stack: StackName) =>
  join(folderOf(program), version, `${stack}.json.gz`);

/** Versions that were recorded, the oldest first. */
export function releases(): string[] {
  const found = programs.flatMap((program) => (existsSync(folderOf(program)) ? readdirSync(folderOf(program)) : []));
  return [...new Set(found)].sort(new Intl.Collator("en", { numeric: true }).compare);
}

/** The state of a program in a release, or undefined where that release did not have the program. */
export function releasedState(program: Program, version: string, stack: StackName): unknown {
  const file = fileOf(program, version, stack);
  return existsSync(file) ? JSON.parse(gunzipSync(readFileSync(file)).toString()) : undefined;
}

/** What differs from run to run and from machine to machine: the same state is the same file. */
const LEFT_OUT = ["created", "modified", "sourcePosition", "stackTrace"];

/** @param state as `exportState` gives it */
export function recordState(program: Program, version: string, stack: StackName, state: unknown): void {
  const file = fileOf(program, version, stack);
  mkdirSync(dirname(file), { recursive: true });
  const text = JSON.stringify(state, (key, value: unknown) =>
    LEFT_OUT.includes(key) ? undefined : key === "time" ? "2026-01-01T00:00:00Z" : value,
  );
  writeFileSync(file, gzipSync(text, { level: 9 }));
}

const revised = ["content", "gateway", "orders", "products", "users"].map(
  (service) => `replace ecs.TaskDefinition ${service}`,
);

/**
 * What an upgrade from a release replaces or deletes, as somebody has looked at it and found it right: "replace docdb.Cluster
 * database" by version and program. The upgrade test refuses everything else, and what stands here for nothing.
 */
export const reviewed: Record<string, Partial<Record<Program, string[]>>> = {
  "0.1.0": {
    // Alarms that have one each for database and files now, or watch copies where there are any.
    foundation: ["backup-missed", "copy-failed", "copy-missed"].map(
      (alarm) => `delete cloudwatch.MetricAlarm alarms-${alarm}`,
    ),
    // Revisions that say where traces and errors go, at home with a collector; the gateway's also with the memory that its heap
    // may take (dev, staging). Those before stay (skipDestroy), and ECS changes over by itself. The sampling rules had no effect.
    application: [...revised, ...["health", "ready", "rest"].map((rule) => `delete xray.SamplingRule traces-${rule}`)],
    recovery: revised,
  },
};
