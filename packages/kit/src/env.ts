import { z } from "zod";
import { errorReportingEnv } from "./error-reporting-env.ts";
import { readRing, type RingKey, type RingSchema, signingRing } from "./key-ring.ts";
import { parseRedisUrl } from "./redis-url.ts";
import { traceEnv } from "./trace-settings.ts";

/** Thrown by {@link parseEnv}; the message lists every wrong setting at once, without the value of any. */
export class EnvError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(["These settings are missing or wrong:", ...problems.map((line) => `  - ${line}`)].join("\n"));
    this.name = "EnvError";
    this.problems = problems;
  }
}

/** Of these a program needs exactly one. */
const signingKeySettings = ["INTERNAL_SIGNING_KEYS", "INTERNAL_SIGNING_KEYS_FILE"];

/**
 * Parses environment variables with a zod shape. Empty and blank strings count as absent, as compose files and shells
 * write them; a blank would be read as the number 0.
 * Values never appear in the error: a wrong secret is still a secret.
 *
 * @param alternatives groups of names of which exactly one must be set; write each as optional in the shape
 * @throws EnvError naming every missing or wrong variable together
 * @example const env = parseEnv({ PORT: z.coerce.number().default(4000) }, process.env);
 */
export function parseEnv<S extends z.ZodRawShape>(
  shape: S,
  source: Record<string, string | undefined>,
  alternatives: readonly string[][] = [],
): z.infer<z.ZodObject<S>> {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const result = z.object(shape).safeParse(present);
  const wrong = (result.error?.issues ?? []).map(
    (issue) =>
      `${issue.path.join(".")}: ${present[String(issue.path[0])] === undefined ? "is missing" : issue.message}`,
  );
  const groups = [signingKeySettings, ...alternatives].filter((names) => names.every((name) => name in shape));
  const problems = [...groups.flatMap((names) => notExactlyOne(names, present)), ...wrong];
  if (!result.success || problems.length > 0) throw new EnvError(problems);
  return result.data;
}

function notExactlyOne(names: readonly string[], present: Record<string, unknown>): string[] {
  const [first = "", ...others] = names;
  const given = names.filter((name) => name in present);
  if (given.length === 0) return [`${first}: is missing; set it or ${others.join(" or ")}`];
  return given.slice(1).map((name) => `${name}: is set besides ${given[0] ?? first}; set one of them`);
}

const integer = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);

/** A switch: `1`, `true`, `yes`, `on` and their opposites. */
export const flag = (fallback: boolean) => z.stringbool().default(fallback);

/** Whole milliseconds up to one hour. */
export const milliseconds = (fallback: number) => integer(0, 3_600_000).default(fallback);

export const port = (fallback: number) => integer(0, 65_535).default(fallback);

/** JSON text of an object of strings, such as `{"products":"http://…"}`. */
export const stringRecord = z.string().transform((text, context): Record<string, string> => {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: "custom", message: 'must be a JSON object of strings, such as {"name":"value"}' });
    return z.NEVER;
  }
});

/**
 * Keys of the internal assertion, `kid:secret` pairs joined by commas. The first signs, all verify, so that a key is
 * rotated by putting the new one second, then first, then dropping the old one.
 */
export const signingKeys = z.string().transform((text, context) => {
  const keys = text.split(",").map((pair) => {
    const [kid = "", secret = ""] = pair.trim().split(":");
    return { kid, secret };
  });
  if (keys.every(({ kid, secret }) => /^[\w-]{1,32}$/.test(kid) && secret.length >= 32)) return keys;
  context.addIssue({
    code: "custom",
    message: "must be `kid:secret` pairs joined by commas, secrets of 32 characters or more",
  });
  return z.NEVER;
});

/** The path of a key ring of this kind. */
export const ringFile = <K extends RingKey>(schema: RingSchema<K>) =>
  z.string().superRefine((path, context) => {
    try {
      readRing(schema, path);
    } catch (error) {
      const reason = error instanceof Error ? error.message : "";
      context.addIssue({ code: "custom", message: `must be the path of a key ring that can be read (${reason})` });
    }
  });

/** What every program reads. */
export const programEnv = {
  NODE_ENV: z
    .enum(["development", "test", "staging", "production"])
    .default("production")
    .describe("Development and test are open where everything else is closed."),
  LOG_LEVEL: z
    .enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"])
    .default("info")
    .describe("Least important lines that are logged."),
  HOST: z.string().default("0.0.0.0").describe("Network address to listen on."),
  INTERNAL_SIGNING_KEYS: signingKeys
    .optional()
    .describe("Keys of calls between programs, `kid:secret` pairs joined by commas; the first signs, all verify."),
  INTERNAL_SIGNING_KEYS_FILE: ringFile(signingRing)
    .optional()
    .describe("Instead: path of a key ring that is read again while the program runs (`pnpm keys signing`)."),
  SHUTDOWN_GRACE_MS: milliseconds(25_000).describe("How long requests under way may take after SIGTERM."),
  ...traceEnv,
  ...errorReportingEnv,
};

/** What every program with a database reads (OPS-4 names, CON-1 numbers). */
export const mongoEnv = {
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, "must begin with mongodb:// or mongodb+srv://")
    .describe("The database server, a replica set."),
  MONGODB_DATABASE: z.string().regex(/^[\w-]{1,63}$/, "must be a database name"),
  MONGODB_FLAVOR: z
    .enum(["mongodb", "documentdb"])
    .default("mongodb")
    .describe("What the server is; on DocumentDB, features that it lacks are not used."),
  DATABASE_POOL_MIN: integer(0, 1000).default(10).describe("Connections kept open."),
  DATABASE_POOL_MAX: integer(1, 1000).default(100).describe("Most connections."),
};

function isRedisUrl(url: string, context: z.RefinementCtx): void {
  try {
    parseRedisUrl(url);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "is no address" });
  }
}

/** Optional everywhere: losing Redis slows the system and never breaks it (decision 11). */
export const redisEnv = {
  REDIS_URL: z
    .string()
    .superRefine(isRedisUrl)
    .optional()
    .describe("Redis, one or many servers (docs/REDIS.md); without it everything works, more slowly."),
};

/** Put before keys that gateway and users share in Redis, so that several graphs can use one. */
export const redisNamespace = z
  .string()
  .regex(/^[\w-]{1,40}$/, "must be letters, digits, - and _, 40 at most")
  .default("tradegraph")
  .describe("First part of all keys in Redis, the same for all programs of a graph.");
