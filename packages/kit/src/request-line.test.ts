import { expect, test, vi } from "vitest";
import { createLogger } from "./logger.ts";
import { createRequestLine } from "./request-line.ts";

const common = { operation: 'quo"te', type: "query", tenant: "acme", missing: undefined };

function lines(level: string, mixin?: () => Record<string, string>): string[] {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const logger = createLogger({ service: "test", level, destination, mixin });
  vi.useFakeTimers({ now: 1_700_000_000_123 });
  logger.child(common).info({ requestId: "req-12345678", durationMs: 0.25 }, "Operation");
  createRequestLine(logger, common, "Operation")("req-12345678", 0.25);
  vi.useRealTimers();
  return written;
}

test("the line is the one that pino writes", () => {
  const [byPino, ours] = lines("info");
  expect(JSON.parse(byPino ?? "")).toMatchObject({ level: "info", service: "test", operation: 'quo"te' });
  expect(ours).toBe(byPino);
});

test("it has the fields of the moment, such as those of a trace, as pino writes them", () => {
  let moment = 0;
  const [byPino, ours] = lines("info", () => ({ trace_id: String((moment += 1)) }));
  expect(ours).toContain('"trace_id":"2"');
  expect(ours).toBe(byPino?.replace('"trace_id":"1"', '"trace_id":"2"'));
});

test("nothing is written below the level", () => {
  expect(lines("warn")).toEqual([]);
});
