// Programs of a stack one after the other: shows what each would do, asks, does it, and stops at the first that is refused.
// Never destroys, and leaves what it did: the next run goes on from there.

/** What a run of the CLI said of itself. */
export interface Run {
  /** Operations and their numbers: { create: 12, same: 1 }. */
  changes: Record<string, number>;
}

/** One program of the stack. An error of either is the CLI's refusal. */
export interface Target {
  name: string;
  preview: () => Promise<Run>;
  up: () => Promise<Run>;
}

export interface Terminal {
  say: (text: string) => void;
  /** Whether the answer is yes; no where nobody answers. */
  ask: (question: string) => Promise<boolean>;
  /** Whether somebody has pressed ^C. */
  isStopped: () => boolean;
}

/** `declined`: a person said no; `refused`: a policy, AWS or the program did; `stopped`: by ^C. */
export type Ending = "done" | "declined" | "refused" | "stopped";

const changing = ({ changes }: Run) =>
  Object.entries(changes).filter(([operation, count]) => operation !== "same" && operation !== "read" && count > 0);
const listed = (run: Run) =>
  changing(run)
    .map(([operation, count]) => `${count} ${operation}`)
    .join(", ");

/**
 * Brings up all of them in order.
 * @param command what to call to go on, for the last line
 */
export async function bringUp(targets: Target[], terminal: Terminal, command: string): Promise<Ending> {
  const done: string[] = [];
  let ending: Ending = "done";
  for (const [index, target] of targets.entries()) {
    terminal.say(`\n== ${target.name} (${index + 1} of ${targets.length})`);
    ending = await bringUpOne(target, terminal);
    if (ending !== "done") break;
    done.push(target.name);
  }
  const left = targets.map(({ name }) => name).filter((name) => !done.includes(name));
  terminal.say(`\nUp: ${done.join(", ") || "nothing"}.${left.length > 0 ? ` Left: ${left.join(", ")}.` : ""}`);
  if (left.length > 0) terminal.say(`${AFTER[ending]} To go on: ${command}`);
  return ending;
}

const AFTER: Record<Ending, string> = {
  done: "",
  declined: `You said no.`,
  refused: `It was refused, for the reason above; what stands is kept.`,
  stopped: "You stopped it; what stands is kept.",
};

async function bringUpOne(target: Target, { say, ask, isStopped }: Terminal): Promise<Ending> {
  try {
    const preview = await target.preview();
    if (isStopped()) return "stopped";
    if (changing(preview).length === 0) {
      say(`${target.name}: there is nothing to do.`);
      return "done";
    }
    if (!(await ask(`${target.name}: ${listed(preview)}. Do it?`))) return isStopped() ? "stopped" : "declined";
    const up = await target.up();
    say(`${target.name} is up: ${listed(up) || "nothing changed"}.`);
    return isStopped() ? "stopped" : "done";
  } catch (error) {
    if (isStopped()) return "stopped";
    say(`${target.name} was refused: ${reasonOf(error as Error)}`);
    return "refused";
  }
}

/** The error of the Automation API repeats the whole output, which people have seen: its first error is enough. */
function reasonOf({ message }: Error): string {
  const lines = message.split("\n").map((line) => line.trim());
  const first = lines.find((line) => line !== "") ?? "";
  if (!first.startsWith("code:")) return first;
  return lines.find((line) => line.startsWith("error: "))?.slice(7) ?? "see above";
}
