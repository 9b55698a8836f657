// What requests do to the databases, seen from the driver.
import { type InProcessGraph, subgraphNames } from "../in-process-graph.ts";
import { operand } from "./payloads.ts";

export interface Watch {
  /** Commands that hold a part of an attack. */
  injected: string[];
  commands: number;
  /** Longest of them, in milliseconds. */
  longest: number;
  stop: () => void;
}

export function watchCommands({ clients }: InProcessGraph): Watch {
  const watch: Watch = { injected: [], commands: 0, longest: 0, stop: () => undefined };
  const started = ({ commandName, command }: { commandName: string; command: object }) => {
    watch.commands += 1;
    const text = JSON.stringify(command);
    if (text.includes(operand) || /"\$(where|function|accumulator)":/.test(text))
      watch.injected.push(`${commandName} ${text.slice(0, 300)}`);
  };
  const ended = ({ duration }: { duration: number }) => {
    watch.longest = Math.max(watch.longest, duration);
  };
  const all = subgraphNames.map((name) => clients[name]);
  for (const client of all) client.on("commandStarted", started).on("commandSucceeded", ended);
  watch.stop = () => {
    for (const client of all) client.off("commandStarted", started).off("commandSucceeded", ended);
  };
  return watch;
}
