import process from "node:process";
import { destination as destinationOf, type DestinationStream, type Logger, pino, stdSerializers } from "pino";

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

/** JSON lines with UTC time and the service's name; secrets are replaced by `[redacted]`. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: createTimestamp(),
    formatters: { level: (label: string) => ({ level: label }) },
    // pino knows `err`; without this an Error under our name would be logged as `{}`.
    serializers: { error: stdSerializers.err },
    redact: { paths: secretPaths, censor: "[redacted]" },
  };
  return pino(options, destination ?? standardOutput());
}

/** Lines of one millisecond share their text. */
function createTimestamp(): () => string {
  let at = 0;
  let text = "";
  return () => {
    const now = Date.now();
    if (now !== at) text = `,"time":"${new Date(now).toISOString()}"`;
    at = now;
    return text;
  };
}

/**
 * Writes all lines of one turn of the event loop together: a system call for each takes longer than all else about it.
 * Whatever ends the program, they are written; only SIGKILL loses the lines of the last turn.
 */
function openOutput(): DestinationStream {
  const output = destinationOf({ sync: true });
  let waiting = "";
  const flush = () => {
    if (waiting !== "") output.write(waiting);
    waiting = "";
  };
  process.on("exit", flush);
  return {
    write(line) {
      if (waiting === "") setImmediate(flush);
      waiting += line;
    },
  };
}

let output: DestinationStream | undefined;

/** One for all loggers, so that their lines keep their order. */
const standardOutput = (): DestinationStream => (output ??= openOutput());
