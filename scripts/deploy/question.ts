// Asks before anything changes.
import { createInterface } from "node:readline/promises";
import { notStarted } from "./failure.ts";

/** @throws ReleaseError unless the answer is `expected` */
export async function ask(question: string, expected: string, input: NodeJS.ReadStream): Promise<void> {
  const lines = createInterface({ input, output: process.stdout });
  try {
    const answer = await lines.question(`${question} Type "${expected}" to go on: `);
    if (answer.trim() !== expected) throw notStarted("That was a no.");
  } finally {
    lines.close();
  }
}
