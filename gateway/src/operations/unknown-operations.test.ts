import { createLogger } from "@tradegraph/kit/logger";
import { expect, it } from "vitest";
import { createTellUnknown } from "./unknown-operations.ts";

function teller() {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  let time = 0;
  const tell = createTellUnknown(createLogger({ service: "test", level: "info", destination }), () => time);
  const of = { requestId: "r", clientClass: "app" } as const;
  return { lines, tell: (text: string) => tell(text, of), pass: (ms: number) => (time += ms) };
}

it("at most 30 lines in a minute, and again in the next", () => {
  const { lines, tell, pass } = teller();
  for (let at = 0; at < 100; at += 1) tell(`query Q${at} { a }`);
  expect(lines).toHaveLength(30);
  pass(60_000);
  tell("query Later { a }");
  expect(lines.at(-1)).toMatchObject({ operation: "Later", msg: "unknown operation" });
});

it("a long text by its hash alone, and nothing of what is no GraphQL", () => {
  const { lines, tell } = teller();
  tell(`query Long { ${"field ".repeat(1_500)} }`);
  expect(lines[0]).toMatchObject({ operation: "Long", hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(lines[0]).not.toHaveProperty("body");
  tell("query Broken { secret");
  expect(lines).toHaveLength(1);
});
