// Variables of the response cache; env.ts reads them.
import { flag, milliseconds, port, stringRecord } from "@tradegraph/kit/env";
import { z } from "zod";

const integer = (minimum: number, maximum: number, fallback: number) =>
  z.coerce.number().int().min(minimum).max(maximum).default(fallback);
const seconds = (fallback: number) => integer(0, 86_400, fallback);

const names = z.string().transform((text) =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean),
);

/** A key that is easily guessed is no key. */
const invalidationKeys = stringRecord.pipe(
  z.record(z.string(), z.string().min(32, "keys must have 32 characters or more")),
);

const headerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z-]{0,63}$/, "must be the name of a header")
  .optional();

/** @param open development */
export const cacheSettings = (open: boolean) => ({
  RESPONSE_CACHE_ENABLED: flag(true).describe("Keep answers; needs `REDIS_URL`."),
  CACHE_SEARCH_TTL: seconds(300).describe("How long lists of products are kept, seconds; 0 keeps none."),
  CACHE_PRODUCT_TTL: seconds(3_600).describe("How long products are kept, seconds; 0 keeps none."),
  REDIS_TTL: integer(1, 604_800, 3_600).describe("Longest that anything kept stays in Redis, seconds."),
  RESPONSE_CACHE_MEMORY_MIB: integer(1, 65_536, 64).describe("Memory of each gateway for kept answers."),
  RESPONSE_CACHE_LOOKUP_MS: milliseconds(50).describe("Longest wait for Redis before a subgraph is asked instead."),
  RESPONSE_CACHE_WAIT: z
    .enum(["none", "strict"])
    .default("strict")
    .describe(
      "Whether a mutation waits until all gateways have forgotten what it changed (`strict`), or only its own (`none`); `@cacheInvalidate(wait:)` says otherwise.",
    ),
  RESPONSE_CACHE_WATCHED: names
    .prefault("products,orders,users,content")
    .describe("Subgraphs whose relay must say each second that all changes were told, or their answers are not used."),
  RESPONSE_CACHE_DEBUG: flag(open).describe("Explain to everybody, not to staff alone, what came from the cache."),
  RESPONSE_CACHE_TAG_HEADER: headerName.describe(
    "Name of a header with the tags of an answer, for a CDN: `Cache-Tag` or `Surrogate-Key`; none by default.",
  ),
  RESPONSE_CACHE_WARM: integer(0, 500, 50).describe("Popular operations that are run after a start or a new schema."),
  RESPONSE_CACHE_INVALIDATION_KEYS: invalidationKeys
    .prefault("{}")
    .describe("Who may purge by `POST /invalidation`: JSON, subgraph (or `*` for all) to key."),
  OPERATOR_PORT: (open ? port(4_100) : z.coerce.number().int().min(0).max(65_535).optional()).describe(
    "Port for operators: purge, statistics, metrics; without it there is none.",
  ),
  OPERATOR_HOST: z.string().default("127.0.0.1").describe("Network address of that port; never a public one."),
});

export type CacheSettings = z.infer<z.ZodObject<ReturnType<typeof cacheSettings>>>;
