// The log line of an answered request, of which a gateway writes tens of thousands a second.
import { type Logger, symbols } from "pino";

/** @param requestId as requestIdOf gives it: nothing in it needs escaping in JSON. */
export type WriteRequestLine = (requestId: string, durationMs: number) => void;

/** What pino keeps for its lines; its types leave it out. */
interface LineParts {
  [symbols.lsCacheSym]: Record<number, string>;
  [symbols.timeSym]: () => string;
  [symbols.chindingsSym]: string;
  [symbols.mixinSym]?: unknown;
  [symbols.streamSym]: { write: (line: string) => void };
}

/**
 * Writes what `logger.child(common).info({ requestId, durationMs }, message)` writes, but makes everything before the two
 * values once: pino looks at each value anew, which takes longer than finding an answer in memory.
 */
export function createRequestLine(
  logger: Logger,
  common: Readonly<Record<string, string | undefined>>,
  message: string,
): WriteRequestLine {
  const line = logger.child(common, { redact: [] });
  if (!line.isLevelEnabled("info")) return () => undefined;
  const parts = line as unknown as LineParts;
  // Fields of the moment, such as those of a trace, are pino's to put in.
  if (parts[symbols.mixinSym]) {
    return (requestId, durationMs) => {
      line.info({ requestId, durationMs }, message);
    };
  }
  const stream = parts[symbols.streamSym];
  const timeOf = parts[symbols.timeSym];
  const start = parts[symbols.lsCacheSym][line.levels.values.info ?? 30] ?? "";
  const middle = `${parts[symbols.chindingsSym]},"requestId":"`;
  const end = `,"msg":${JSON.stringify(message)}}\n`;
  return (requestId, durationMs) => {
    stream.write(`${start}${timeOf()}${middle}${requestId}","durationMs":${durationMs}${end}`);
  };
}
