import process from "node:process";
import { EnvError, parseEnv, programEnv } from "@tradegraph/kit/env";
import { z } from "zod";
import { subgraphs } from "../../services.ts";

const url = z.url({ protocol: /^https?$/, message: "must be a URL beginning with http:// or https://" }).optional();

/** Settings of `person`: how to sign, and where each subgraph is. Without any of them a running `start` is asked. */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  const env = parseEnv(
    {
      INTERNAL_SIGNING_KEYS: programEnv.INTERNAL_SIGNING_KEYS,
      ...Object.fromEntries(subgraphs.map(({ name }) => [variableOf(name), url])),
    },
    source,
  );
  const keys = env.INTERNAL_SIGNING_KEYS;
  const urls = subgraphs.map(({ name }) => [name, (env as Record<string, unknown>)[variableOf(name)]] as const);
  const missing = urls.filter(([, value]) => value === undefined).map(([name]) => variableOf(name));
  if (!keys && missing.length === urls.length) return undefined;
  const problems = [...(keys ? [] : ["INTERNAL_SIGNING_KEYS"]), ...missing].map((name) => `${name}: is missing`);
  if (!keys || problems.length > 0) throw new EnvError(problems);
  return { keys, urls: Object.fromEntries(urls) as Record<string, string> };
}

/** `orders` → `ORDERS_URL` */
const variableOf = (name: string) => `${name.toUpperCase()}_URL`;
