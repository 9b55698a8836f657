import process from "node:process";
import { parseEnv, port, redisEnv } from "@tradegraph/kit/env";
import { defaultPorts } from "@tradegraph/devservices/program-environment";
import { z } from "zod";

/** Settings of `start`, `seed` and `migrate`. @throws EnvError naming every wrong one */
export const readEnv = () =>
  parseEnv(
    {
      ...redisEnv,
      NODE_ENV: z.string().default("development"),
      LOG_LEVEL: z.string().default("info"),
      MONGODB_URI: z
        .string()
        .regex(/^mongodb(\+srv)?:\/\//, "must begin with mongodb:// or mongodb+srv://")
        .optional(),
      DEFAULT_TENANT: z.string().default("alpenmarkt"),
      DEMO_PASSWORD: z.string().min(12).optional(),
      GATEWAY_PORT: port(defaultPorts.gateway),
      PRODUCTS_PORT: port(defaultPorts.products),
      ORDERS_PORT: port(defaultPorts.orders),
      USERS_PORT: port(defaultPorts.users),
      CONTENT_PORT: port(defaultPorts.content),
      // Databases take free ports unless told.
      MONGODB_PORT: z.coerce.number().int().optional(),
      REDIS_PORT: z.coerce.number().int().optional(),
    },
    process.env,
  );

export type ScriptEnv = ReturnType<typeof readEnv>;
