import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { ask } from "./question.ts";

const answered = async (...lines: string[]): Promise<void> => {
  const input = new PassThrough();
  const asked = ask("Release it?", "prod", input as unknown as NodeJS.ReadStream);
  for (const line of lines) input.write(`${line}\n`);
  input.end();
  await asked;
};

describe("the question before a release", () => {
  it("takes the name of the environment and nothing else", async () => {
    await expect(answered("prod")).resolves.toBeUndefined();
    await expect(answered("yes")).rejects.toThrow("That was a no.");
  });

  it("takes the end of input for a no, and does not wait for ever", async () => {
    await expect(answered()).rejects.toMatchObject({
      ending: "notStarted",
      message: "Nobody answered.\nNothing was touched.",
    });
  });
});
