// pnpm bench [--write]: our gateway beside Apollo's defaults over the same static subgraphs. Never fails by time.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { isDeepStrictEqual } from "node:util";
import { composeServices } from "@apollo/composition";
import { compilePolicy } from "@tradegraph/gateway/authorization/compile-policy";
import { parse } from "graphql";
import { ask, burst, createTarget, type Target } from "./burst.ts";
import { type Case, cases } from "./cases.ts";
import { type Pair, row, section, writeSection } from "./results.ts";
import { type Child, startChild } from "./start-child.ts";
import { subgraphs } from "./subgraphs.ts";

const pairCount = 5;
const warmMs = 1_000;
const burstMs = 1_500;

function supergraphOver(ports: number[]): string {
  const services = subgraphs.map(({ name, typeDefs }, index) => ({
    ...{ name, typeDefs: parse(typeDefs), url: `http://127.0.0.1:${ports[index]}/graphql` },
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join("\n"));
  return supergraphSdl;
}

async function compareAnswers(ours: Target, vanilla: Target): Promise<void> {
  for (const load of cases) {
    const [one, other] = await Promise.all([ask(ours, load), ask(vanilla, load)]);
    if (!isDeepStrictEqual(JSON.parse(one), JSON.parse(other))) throw new Error(`${load.name}: answers differ.`);
    if (one.includes("null")) throw new Error(`${load.name}: a subgraph did not answer as asked: ${one}`);
    console.log(`${load.name}: same answer of ${one.length} bytes`);
  }
}

async function measure(load: Case, ours: Target, vanilla: Target): Promise<string[]> {
  await burst(ours, load, warmMs);
  await burst(vanilla, load, warmMs);
  const pairs: Pair[] = [];
  while (pairs.length < pairCount) {
    // Each goes first in turn, so that a machine that becomes slower favours neither.
    const oursFirst = pairs.length % 2 === 0;
    const first = await burst(oursFirst ? ours : vanilla, load, burstMs);
    const second = await burst(oursFirst ? vanilla : ours, load, burstMs);
    pairs.push(oursFirst ? { ours: first, vanilla: second } : { ours: second, vanilla: first });
  }
  return row(load.name, pairs);
}

const folder = await mkdtemp(join(tmpdir(), "bench-"));
const children: Child[] = [];
const start = async (file: string, args?: string[]) => {
  const child = await startChild(file, args);
  children.push(child);
  return child;
};
try {
  const supergraphPath = join(folder, "supergraph.graphql");
  const sdl = supergraphOver((await start("serve-subgraphs.ts")).ports);
  await writeFile(supergraphPath, sdl);
  await writeFile(join(folder, "policy.json"), JSON.stringify(compilePolicy(sdl)));
  const ours = createTarget(await start("serve-ours.ts", [supergraphPath]));
  const vanilla = createTarget(await start("serve-vanilla.ts", [supergraphPath]));
  await compareAnswers(ours, vanilla);
  const rows: string[][] = [];
  for (const load of cases) rows.push(await measure(load, ours, vanilla));
  const text = await section(rows, pairCount, burstMs);
  console.log(`\n${text}`);
  if (process.argv.includes("--write")) await writeSection(text);
  await Promise.all([ours.pool.close(), vanilla.pool.close()]);
} finally {
  await Promise.all(children.map((child) => child.stop()));
  await rm(folder, { recursive: true });
}
