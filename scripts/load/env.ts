import process from "node:process";
import { EnvError, parseEnv } from "@tradegraph/kit/env";
import { z } from "zod";

/** Headers by which callers are known. Not options, because others may see the arguments of a command. @throws EnvError */
export function readCredentials(source: Record<string, string | undefined> = process.env): Record<string, string> {
  const { LOAD_API_KEY: key, LOAD_TOKEN: token } = parseEnv(
    { LOAD_API_KEY: z.string().min(1).optional(), LOAD_TOKEN: z.string().min(1).optional() },
    source,
  );
  if (key !== undefined && token !== undefined)
    throw new EnvError(["LOAD_API_KEY: is set beside LOAD_TOKEN; a caller is known by one of them"]);
  return {
    ...(key !== undefined && { "x-api-key": key }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}
