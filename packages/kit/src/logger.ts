import process from "node:process";
import { destination as destinationOf, type DestinationStream, type Logger, pino, stdSerializers } from "pino";
import { isoNow } from "./iso-now.ts";
import { censor, withoutRestricted } from "./redaction.ts";

export type { Logger } from "pino";

/** Paths that never reach a log line, whatever an error or a request carries. */
const secretPaths = [
  "password",
  "passwordHash",
  "token",
  "accessToken",
  "refreshToken",
  "secret",
  "authorization",
  "cookie",
  "uri",
  '["x-api-key"]',
].flatMap((name) => (name.startsWith("[") ? [name, `*${name}`, `*.*${name}`] : [name, `*.${name}`, `*.*.${name}`]));

export interface LoggerOptions {
  service: string;
  level: string;
  /** Where lines go; standard output unless a test wants to read them. */
  destination?: DestinationStream;
}

/** What an error carries beside its message may be a document. */
function errorFields(error: unknown): unknown {
  const fields: unknown = stdSerializers.err(error as Error);
  return fields === error || typeof fields !== "object" || fields === null ? fields : withoutRestricted({ ...fields });
}

/** JSON lines with UTC time and the service's name; secrets and restricted fields are replaced by `[redacted]`. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: () => `,"time":"${isoNow()}"`,
    formatters: { level: (label: string) => ({ level: label }), log: withoutRestricted<Record<string, unknown>> },
    // pino knows `err`; without this an Error under our name would be logged as `{}`.
    serializers: { error: errorFields, err: errorFields },
    redact: { paths: secretPaths, censor },
  };
  return pino(options, destination ?? standardOutput());
}

/** Lines wait this long for others, or until there are this many characters of them. */
const waitMs = 10;
const waitCharacters = 64 * 1_024;

/**
 * Writes lines of some milliseconds together: a system call for each takes longer than all else about it. They are
 * written when the program ends by itself, by an error, or by a signal that it handles; any other signal loses the last.
 */
function openOutput(): DestinationStream {
  const output = destinationOf({ sync: true });
  // As text, which is put together once, when it is written.
  let waiting = "";
  let isTimed = false;
  const flush = () => {
    const text = waiting;
    waiting = "";
    if (text !== "") output.write(text);
  };
  const flushInTime = () => {
    isTimed = false;
    flush();
  };
  process.on("exit", flush);
  return {
    write(line) {
      waiting += line;
      if (waiting.length > waitCharacters) flush();
      if (isTimed) return;
      isTimed = true;
      setTimeout(flushInTime, waitMs);
    },
  };
}

let output: DestinationStream | undefined;

/** One for all loggers, so that their lines keep their order. */
const standardOutput = (): DestinationStream => (output ??= openOutput());
