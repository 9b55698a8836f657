// When and why `start` ends. Loaded before everything else, so that a signal during the first moment is heard too.
import process from "node:process";

export interface Ending {
  /** Aborted when it is time to stop. */
  signal: AbortSignal;
  /** Resolves then. */
  come: Promise<void>;
  /** Of this process: 0 when a person ended it. */
  exitCode: () => number;
  /** Ends with this line and exit code 1. */
  fail: (line: string) => void;
  /** Ends without a word: what stops now was meant to. */
  quietly: () => void;
}

/** Listens for the signals that end `start`. */
export function watchForEnd(): Ending {
  const controller = new AbortController();
  const { signal } = controller;
  let exitCode = 0;
  let impatient = false;
  const end = (why: string) => {
    controller.abort(new Error(why));
    console.log("Stopping …");
  };
  const hear = () => {
    if (!signal.aborted) end("interrupted");
    else if (!impatient) {
      impatient = true;
      console.log("Still stopping …");
    }
  };
  // Never `once`: signal-exit, which listr2 brings, kills this process when it is the only listener left.
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, hear);
  // The terminal, or the other end of a pipe, may be gone before us; that is no reason to leave programs behind.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return {
    signal,
    come: new Promise((done) => {
      signal.addEventListener("abort", () => done(), { once: true });
    }),
    exitCode: () => exitCode,
    fail(line) {
      if (signal.aborted) return;
      exitCode = 1;
      console.error(line);
      end(line);
    },
    quietly: () => controller.abort(new Error("over")),
  };
}

/** The work's result. @throws the signal's reason as soon as it is aborted; the work then goes on unobserved */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stopListening: (() => void) | undefined;
  const aborted = new Promise<never>((_, fail) => {
    const refuse = () => fail(signal.reason as Error);
    if (signal.aborted) refuse();
    signal.addEventListener("abort", refuse, { once: true });
    stopListening = () => signal.removeEventListener("abort", refuse);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stopListening?.();
  }
}
