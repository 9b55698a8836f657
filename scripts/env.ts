import process from "node:process";
import { EnvError, parseEnv, redisEnv } from "@tradegraph/kit/env";
import { encryptionEnv } from "@tradegraph/kit/key-management-env";
import { z } from "zod";
import { type ServiceName, services } from "../services.ts";

const isPort = (value: number) => Number.isInteger(value) && value >= 1 && value <= 65_535;
const wrongPort = "must be a port from 1 to 65535";

// Not kit's `port`: 0 is any free port, and then nothing here would know where the program is.
const port = z.coerce.number({ error: wrongPort }).refine(isPort, wrongPort);
const portOf = (name: ServiceName) => port.default(services.find((service) => service.name === name)?.port ?? 0);

/** Settings of `start`, `seed` and `migrate`. @throws EnvError naming every wrong one */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  const env = parseEnv(
    {
      ...redisEnv,
      ...encryptionEnv,
      NODE_ENV: z.string().default("development"),
      LOG_LEVEL: z.string().default("info"),
      MONGODB_URI: z
        .string()
        .regex(/^mongodb(\+srv)?:\/\//, "must begin with mongodb:// or mongodb+srv://")
        .optional(),
      DEFAULT_TENANT: z.string().default("alpenmarkt"),
      DEMO_PASSWORD: z.string().min(12).optional(),
      GATEWAY_PORT: portOf("gateway"),
      PRODUCTS_PORT: portOf("products"),
      ORDERS_PORT: portOf("orders"),
      USERS_PORT: portOf("users"),
      CONTENT_PORT: portOf("content"),
      // Databases take free ports unless told.
      MONGODB_PORT: port.optional(),
      REDIS_PORT: port.optional(),
    },
    source,
  );
  assertPortsDiffer(env);
  return env;
}

function assertPortsDiffer(env: object): void {
  const firstWith = new Map<unknown, string>();
  const problems: string[] = [];
  for (const [name, value] of Object.entries(env)) {
    if (!name.endsWith("_PORT")) continue;
    const other = firstWith.get(value);
    if (other === undefined) firstWith.set(value, name);
    else problems.push(`${name}: is the port of ${other} too; give each a port of its own`);
  }
  if (problems.length > 0) throw new EnvError(problems);
}

export type ScriptEnv = ReturnType<typeof readEnv>;
