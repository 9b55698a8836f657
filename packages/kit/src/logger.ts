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

/** Lines wait this long for others, or until there are this many bytes of them. */
const waitMs = 10;
const waitBytes = 64 * 1_024;
/** Of one unit of a string in UTF-8. */
const longest = 3;

/** What pino's destination is when it is told to; its types know of text only. */
interface ByteStream {
  write: (bytes: Buffer) => void;
}

/**
 * Writes lines of some milliseconds together: a system call for each takes longer than all else about it. They are
 * written when the program ends by itself, by an error, or by a signal that it handles; any other signal loses the last.
 */
function openOutput(): DestinationStream {
  const output = destinationOf({ sync: true, contentMode: "buffer" }) as unknown as ByteStream;
  const waiting = Buffer.alloc(waitBytes);
  let size = 0;
  let isTimed = false;
  const flush = () => {
    // A copy, because whoever reads the output may be slower than we are.
    if (size > 0) output.write(Buffer.from(waiting.subarray(0, size)));
    size = 0;
  };
  const flushInTime = () => {
    isTimed = false;
    flush();
  };
  process.on("exit", flush);
  return {
    write(line) {
      if (size + line.length * longest > waitBytes) flush();
      if (line.length * longest > waitBytes) return void output.write(Buffer.from(line));
      size += waiting.write(line, size);
      if (!isTimed) setTimeout(flushInTime, waitMs);
      isTimed = true;
    },
  };
}

let output: DestinationStream | undefined;

/** One for all loggers, so that their lines keep their order. */
const standardOutput = (): DestinationStream => (output ??= openOutput());
