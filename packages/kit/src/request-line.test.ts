import { expect, test, vi } from "vitest";
import { createLogger } from "./logger.ts";
import { createRequestLine } from "./request-line.ts";

const common = { operation: 'quo"te', type: "query", tenant: "acme", missing: undefined };

function lines(level: string): string[] {
  const written: string[] = [];
  const logger = createLogger({ service: "test", level, destination: { write: (line) => void written.push(line) } });
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

test("nothing is written below the level", () => {
  expect(lines("warn")).toEqual([]);
});
