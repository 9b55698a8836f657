// Turns pairs of bursts into a table, and puts it into its own section of results.md.
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { format } from "prettier";
import { type Burst, connections } from "./burst.ts";

export interface Pair {
  ours: Burst;
  vanilla: Burst;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/** Median and range of the paired ratios, ours to vanilla. */
function ratio(pairs: Pair[], read: (burst: Burst) => number): string {
  const ratios = pairs.map(({ ours, vanilla }) => read(ours) / read(vanilla));
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
}

const perSecond = (burst: Burst) => burst.perSecond;
const cpu = (burst: Burst) => burst.cpuMicroseconds;

export function row(name: string, pairs: Pair[]): string[] {
  const middle = (of: keyof Pair, read: (burst: Burst) => number) => median(pairs.map((pair) => read(pair[of])));
  return [
    name,
    ...[middle("ours", perSecond).toFixed(0), middle("vanilla", perSecond).toFixed(0), ratio(pairs, perSecond)],
    ...[(middle("ours", cpu) / 1e3).toFixed(3), (middle("vanilla", cpu) / 1e3).toFixed(3), ratio(pairs, cpu)],
  ];
}

/** Of a row, as {@link row} wrote it. */
const ratioOf = ([, , , text]: readonly string[]) => Number.parseFloat(text ?? "");

/**
 * Which rows meet a target of issue 6, in plain words.
 *
 * @param least median ratio that a row must have
 */
export function verdict(target: string, rows: readonly (readonly string[])[], least: number): string {
  const told = (isMet: boolean) =>
    rows.filter((one) => ratioOf(one) >= least === isMet).map((one) => `${one[0]} (${ratioOf(one).toFixed(2)})`);
  const [met, missed] = [told(true), told(false)];
  const state = missed.length === 0 ? "met" : met.length === 0 ? "missed" : "met in part";
  return [
    `**${target}: ${state}.**`,
    ...(met.length > 0 ? [`Met: ${met.join("; ")}.`] : []),
    ...(missed.length > 0 ? [`Missed: ${missed.join("; ")}.`] : []),
  ].join(" ");
}

/** The same for a count that must be as it is, or lower. */
export const atMost = (target: string, found: number, most: number): string =>
  `**${target}: ${found <= most ? "met" : "missed"}.** It was ${found}.`;

/** The section as Markdown, laid out as `pnpm format` would. */
export async function section(rows: string[][], pairs: number, burstMs: number): Promise<string> {
  const head = ["Query", "ours req/s", "Apollo req/s", "ratio", "ours CPU ms", "Apollo CPU ms", "CPU ratio"];
  const table = [head, head.map((_, column) => (column === 0 ? "---" : "--:")), ...rows];
  const text = `## Our gateway beside Apollo's defaults

${table.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}

Ratios are ours to Apollo's: median (range) of ${pairs} pairs of bursts of ${burstMs / 1_000} s over ${connections} connections. CPU is the gateway
process's time for one request. Load, gateway and subgraphs share the cores, so read ratios, not requests per second.
Ours signs its requests, checks tenant and limits, logs and measures every operation; Apollo's does none of it.

${new Date().toISOString().slice(0, 10)}; ${machine()}. Again: \`pnpm bench\`, with \`--write\` to replace this section.
`;
  return format(text, { parser: "markdown", printWidth: 120 });
}

export const machine = () =>
  `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.versions.node}`;

/**
 * Replaces the section of one benchmark in results.md and leaves the rest.
 *
 * @throws Error when the section's marks are gone
 */
export async function writeSection(text: string, name = "gateway.bench.ts"): Promise<void> {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const file = join(import.meta.dirname, "results.md");
  const old = await readFile(file, "utf8");
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`results.md must have the lines ${begin} and ${end}.`);
  await writeFile(file, `${old.slice(0, from)}${begin}\n\n${text}\n${old.slice(to)}`);
}
