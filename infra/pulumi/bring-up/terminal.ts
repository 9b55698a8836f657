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
  /** @param isTold whether the CLI knows already: being told twice it would leave everything as it is */
  const stop = (isTold: boolean) => {
    if (!isStopped) process.stdout.write("\nStopping; what is being made right now is finished first.\n");
    isStopped = true;
    waiting?.("no");
    waiting = undefined;
    if (!isTold) stopping.abort();
  };
  lines.on("line", answer);
  lines.on("close", () => {
    hasEnded = true;
    waiting?.("no");
  });
  // Where answers come from a terminal, readline reads its keys one by one: ^C is one of them, and nobody else hears of it.
  lines.on("SIGINT", () => {
    stop(false);
  });
  // Where answers are piped in, the terminal tells everybody in front of it; where there is none, it was for us alone.
  process.on("SIGINT", () => {
    stop(process.stdout.isTTY || process.stderr.isTTY);
  });
  process.on("SIGTERM", () => {
    stop(false);
  });

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
