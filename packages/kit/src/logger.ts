import { type DestinationStream, type Logger, pino, stdSerializers } from "pino";

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
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    // pino knows `err`; without this an Error under our name would be logged as `{}`.
    serializers: { error: stdSerializers.err },
    redact: { paths: secretPaths, censor: "[redacted]" },
  };
  return destination ? pino(options, destination) : pino(options);
}
