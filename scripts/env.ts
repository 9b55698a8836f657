import process from "node:process";
import { EnvError, parseEnv, redisEnv, redisNamespace } from "@tradegraph/kit/env";
import { encryptionEnv } from "@tradegraph/kit/key-management-env";
import { z } from "zod";
import { type ServiceName, services } from "../services.ts";

const isPort = (value: number) => Number.isInteger(value) && value >= 1 && value <= 65_535;
const wrongPort = "must be a port from 1 to 65535";

// Not kit's `port`: 0 is any free port, and then nothing here would know where the program is.
const port = z.coerce.number({ error: wrongPort }).refine(isPort, wrongPort);
const portOf = (name: ServiceName) => port.default(services.find((service) => service.name === name)?.port ?? 0);

export const settings = () => ({
  ...redisEnv,
  REDIS_NAMESPACE: redisNamespace,
  ...encryptionEnv,
  NODE_ENV: z.string().default("development").describe("Demo data into production needs `--force`."),
  LOG_LEVEL: z.string().default("info").describe("Least important lines that programs log."),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, "must begin with mongodb:// or mongodb+srv://")
    .optional()
    .describe("A database server to use instead of an own one."),
  DEFAULT_TENANT: z.string().default("alpenmarkt").describe("Shop of visitors."),
  DEMO_PASSWORD: z.string().min(12).optional().describe("Password of demo accounts; `start` makes one."),
  GATEWAY_PORT: portOf("gateway").describe("Port of the program."),
  PRODUCTS_PORT: portOf("products").describe("Port of the program."),
  ORDERS_PORT: portOf("orders").describe("Port of the program."),
  USERS_PORT: portOf("users").describe("Port of the program."),
  CONTENT_PORT: portOf("content").describe("Port of the program."),
  OPERATOR_PORT: port.default(4_100).describe("Port of the gateway for operators."),
  MONGODB_PORT: port.optional().describe("Port of an own database server; a free one unless told."),
  REDIS_PORT: port.optional().describe("Port of an own Redis; a free one unless told."),
});

/** Settings of `start`, `seed` and `migrate`. @throws EnvError naming every wrong one */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  const env = parseEnv(settings(), source);
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
