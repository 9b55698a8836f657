// Questions to a person, and ^C.
import { createInterface } from "node:readline";
import { type Terminal } from "./bring-up.ts";

export interface Person extends Terminal {
  /** Tells the CLI that runs. */
  signal: AbortSignal;
  close: () => void;
}

/** @param saysYes answers every question, for pipelines */
export function person(saysYes: boolean): Person {
  const stopping = new AbortController();
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY });
  const answers: string[] = [];
  let waiting: ((answer: string) => void) | undefined;
  let isStopped = false;
  let hasEnded = false;
  const answer = (text: string) => {
    if (waiting) waiting(text);
    else answers.push(text);
    waiting = undefined;
  };
  const stop = () => {
    if (!isStopped) process.stdout.write("\nStopping; what is being made right now is finished first.\n");
    isStopped = true;
    waiting?.("no");
    waiting = undefined;
    // A terminal has told the CLI already, and being told twice it would leave everything as it is.
    if (!process.stdin.isTTY) stopping.abort();
  };
  lines.on("line", answer);
  lines.on("close", () => {
    hasEnded = true;
    waiting?.("no");
  });
  // With a terminal ^C comes to readline, else as a signal.
  lines.on("SIGINT", stop);
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);

  return {
    signal: stopping.signal,
    say: (text) => void process.stdout.write(`${text}\n`),
    isStopped: () => isStopped,
    async ask(question) {
      process.stdout.write(`${question} [y/N] `);
      if (saysYes) {
        process.stdout.write("yes\n");
        return !isStopped;
      }
      const known = answers.shift();
      const text =
        known ?? (hasEnded || isStopped ? "no" : await new Promise<string>((resolve) => void (waiting = resolve)));
      return /^y(?:es)?$/i.test(text.trim());
    },
    close: () => lines.close(),
  };
}
