import process from "node:process";
import {
  destination as destinationOf,
  type DestinationStream,
  type Logger,
  type LoggerOptions as LogOptions,
  pino,
  stdSerializers,
} from "pino";
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
  /** Fields of each line, asked for when it is written; a fresh object each time. */
  mixin?: (() => Record<string, string>) | undefined;
  /** Told of each line at `error` and `fatal`, before it is written; must not throw. */
  onFault?: ((fault: LoggedFault) => void) | undefined;
}

/** A line that says that something is wrong. */
export interface LoggedFault {
  level: "error" | "fatal";
  message: string;
  /** As they were handed in: nothing is hidden yet. */
  fields: Readonly<Record<string, unknown>>;
}

const lowestFault = pino.levels.values.error ?? Infinity;

function faultOf(logger: Logger, [first, second]: readonly unknown[], level: number): LoggedFault {
  const isText = typeof first === "string";
  return {
    level: level > lowestFault ? "fatal" : "error",
    message: isText ? first : typeof second === "string" ? second : "",
    fields: { ...logger.bindings(), ...(first instanceof Error ? { error: first } : isText ? {} : (first as object)) },
  };
}

/** What an error carries beside its message may be a document. */
function errorFields(error: unknown): unknown {
  const fields: unknown = stdSerializers.err(error as Error);
  return fields === error || typeof fields !== "object" || fields === null ? fields : withoutRestricted({ ...fields });
}

/** JSON lines with UTC time and the service's name; secrets and restricted fields are replaced by `[redacted]`. */
export function createLogger({ service, level, destination, mixin, onFault }: LoggerOptions): Logger {
  const options: LogOptions = {
    level,
    base: { service },
    timestamp: () => `,"time":"${isoNow()}"`,
    formatters: { level: (label: string) => ({ level: label }), log: withoutRestricted<Record<string, unknown>> },
    // pino knows `err`; without this an Error under our name would be logged as `{}`.
    serializers: { error: errorFields, err: errorFields },
    redact: { paths: secretPaths, censor },
    ...(mixin && { mixin }),
    // Absent without a listener: with a hook, every line costs a call more.
    ...(onFault && {
      hooks: {
        logMethod(args, method, level) {
          if (level >= lowestFault) onFault(faultOf(this, args, level));
          method.apply(this, args);
        },
      },
    }),
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
