import process from "node:process";
import { EnvError, parseEnv } from "@tradegraph/kit/env";
import { z } from "zod";
import { readRunning } from "../running.ts";

export interface Operator {
  url: string;
  key: string;
}

/** Settings of `cache`; those that are missing are asked of a running `start`. @throws Error that says what to set */
export async function readOperator(source: Record<string, string | undefined> = process.env): Promise<Operator> {
  const env = parseEnv(
    {
      OPERATOR_URL: z
        .url({ protocol: /^https?$/, message: "must be a URL beginning with http:// or https://" })
        .optional(),
      /** Not an option, because others may see the arguments of a command. */
      OPERATOR_KEY: z.string().optional(),
    },
    source,
  );
  // A key is for one place: that of a local graph is not sent elsewhere.
  if (env.OPERATOR_URL !== undefined) {
    if (env.OPERATOR_KEY === undefined) throw new EnvError(["OPERATOR_KEY: is missing; it goes with OPERATOR_URL"]);
    return { url: env.OPERATOR_URL.replace(/\/$/, ""), key: env.OPERATOR_KEY };
  }
  const running = await readRunning();
  if (!running)
    throw new Error("Set OPERATOR_URL and OPERATOR_KEY, or run `npx --yes pnpm@12 start` in another terminal first.");
  return { ...running.operator, ...(env.OPERATOR_KEY !== undefined && { key: env.OPERATOR_KEY }) };
}
