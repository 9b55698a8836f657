// Asks before anything changes.
import { createInterface } from "node:readline/promises";
import { notStarted, ReleaseError } from "./failure.ts";

/** @throws ReleaseError unless the answer is `expected`; also for ^C, and where input ends without one */
export async function ask(question: string, expected: string, input: NodeJS.ReadStream): Promise<void> {
  const lines = createInterface({ input, output: process.stdout });
  const noAnswer = new Promise<never>((_, fail) => {
    // On a terminal readline takes ^C for itself; without an answer the process would end as if all were well.
    lines.once("SIGINT", () => {
      fail(new ReleaseError("interrupted", "Stopped at the question.\nNothing was touched."));
    });
    lines.once("close", () => {
      fail(notStarted("Nobody answered."));
    });
  });
  try {
    const answer = await Promise.race([lines.question(`${question} Type "${expected}" to go on: `), noAnswer]);
    if (answer.trim() !== expected) throw notStarted("That was a no.");
  } finally {
    lines.close();
  }
}
