import { type LocalGraph } from "@tradegraph/devservices/program-environment";
import { subgraphs } from "../../../services.ts";

/** Database commands by `service command collection`, as each process's driver counted them. */
export type CommandCounts = Map<string, number>;

/** Workers beside requests look into these by themselves. */
const background = [
  /^\w+ \w+ (dataKeys|eventConsumers|eventLogs|eventPositions|leases|outboxEvents|auditLog)$/,
  // The relay takes entries out of documents.
  /^\w+ update \w+$/,
  /^products find inventory$/,
  /^orders \w+ idempotencyKeys$/,
  /^users \w+ mails$/,
];

/** Reads the counters of all four subgraphs from their `/metrics`. */
export async function readCommandCounts(graph: LocalGraph): Promise<CommandCounts> {
  const counts: CommandCounts = new Map();
  for (const { name } of subgraphs) {
    const text = await (await fetch(`http://127.0.0.1:${graph.ports[name]}/metrics`)).text();
    for (const [, labels = "", value = "0"] of text.matchAll(
      /^mongodb_command_duration_seconds_count\{(.*)\} (\d+)$/gm,
    )) {
      const label = (key: string) => new RegExp(`${key}="([^"]*)"`).exec(labels)?.[1] ?? "";
      if (label("worker") !== "") continue;
      const key = `${name} ${label("command")} ${label("collection")}`;
      counts.set(key, (counts.get(key) ?? 0) + Number(value));
    }
  }
  return counts;
}

/** Runs `work` and tells which database commands it caused in all processes together, workers left out. */
export async function countCommands(graph: LocalGraph, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await readCommandCounts(graph);
  await work();
  const after = await readCommandCounts(graph);
  const caused = [...after].map(([key, count]) => [key, count - (before.get(key) ?? 0)] as const);
  return Object.fromEntries(
    caused.filter(([key, count]) => count > 0 && !background.some((pattern) => pattern.test(key))),
  );
}
