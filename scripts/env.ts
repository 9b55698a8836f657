import process from "node:process";
import { parseEnv, port, redisEnv } from "@tradegraph/kit/env";
import { z } from "zod";
import { type ServiceName, services } from "../services.ts";

const portOf = (name: ServiceName) => port(services.find((service) => service.name === name)?.port ?? 0);

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
      GATEWAY_PORT: portOf("gateway"),
      PRODUCTS_PORT: portOf("products"),
      ORDERS_PORT: portOf("orders"),
      USERS_PORT: portOf("users"),
      CONTENT_PORT: portOf("content"),
      // Databases take free ports unless told.
      MONGODB_PORT: z.coerce.number().int().optional(),
      REDIS_PORT: z.coerce.number().int().optional(),
    },
    process.env,
  );

export type ScriptEnv = ReturnType<typeof readEnv>;
