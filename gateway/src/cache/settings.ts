// Variables of the response cache; env.ts reads them.
import { EnvError, flag, milliseconds, port, stringRecord } from "@tradegraph/kit/env";
import { z } from "zod";
import { cdnNames } from "./cdn/cdn-rules.ts";

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

/** Without a slash at the end: paths are put behind it. */
const apiUrl = z
  .url({ protocol: /^https?$/, message: "must be a URL beginning with http:// or https://" })
  .transform((text) => text.replace(/\/+$/, ""));

/** Values never appear in messages: the token is a secret. */
const cdnSettings = {
  RESPONSE_CACHE_CDN: z
    .enum(["none", ...cdnNames])
    .default("none")
    .describe("CDN in front that is told what to forget (docs/CACHING.md)."),
  RESPONSE_CACHE_CDN_ID: z
    .string()
    .regex(/^[\w-]{1,64}$/, "must be the id of a service, zone or distribution")
    .optional()
    .describe("Its service (Fastly), zone (Cloudflare) or distribution (CloudFront)."),
  RESPONSE_CACHE_CDN_TOKEN: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, "must be printable and without spaces")
    .optional()
    .describe("Secret that may purge there; CloudFront takes credentials of AWS instead."),
  RESPONSE_CACHE_CDN_URL: apiUrl.optional().describe("Address of the CDN's interface, for proxies and tests."),
  RESPONSE_CACHE_CDN_REPEAT_MS: milliseconds(10_000)
    .refine((ms) => ms >= 1_000, "must be 1000 or more")
    .describe("When a purge is repeated: longer than any answer takes to the edge, `SUBGRAPH_TIMEOUT_MS` included."),
};

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
  RESPONSE_CACHE_FOREIGN: names
    .prefault("")
    .describe(
      "Subgraphs that do not tell what they read and change, such as other people's: what they answer is forgotten by time, by what the schema says and by purges.",
    ),
  RESPONSE_CACHE_DEBUG: flag(open).describe("Explain to everybody, not to staff alone, what came from the cache."),
  RESPONSE_CACHE_TAG_HEADER: headerName.describe(
    "Name of a header with the tags of an answer, for a CDN: `Cache-Tag` or `Surrogate-Key`; none by default.",
  ),
  ...cdnSettings,
  RESPONSE_CACHE_WARM: integer(0, 500, 50).describe("Popular operations that are run after a start or a new schema."),
  RESPONSE_CACHE_SHADOW_SHARE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("Share of hits, 0 to 1, that are asked again without the cache, in the background, to find wrong tags."),
  RESPONSE_CACHE_INVALIDATION_KEYS: invalidationKeys
    .prefault("{}")
    .describe("Who may purge by `POST /invalidation`: JSON, subgraph (or `*` for all) to key."),
  OPERATOR_PORT: (open ? port(4_100) : z.coerce.number().int().min(0).max(65_535).optional()).describe(
    "Port for operators: purge, statistics, metrics; without it there is none.",
  ),
  OPERATOR_HOST: z.string().default("127.0.0.1").describe("Network address of that port; never a public one."),
});

export type CacheSettings = z.infer<z.ZodObject<ReturnType<typeof cacheSettings>>>;

/** @throws EnvError for a CDN that could not be purged */
export function checkCdnSettings(env: CacheSettings & { REDIS_URL?: string | undefined }): void {
  const { RESPONSE_CACHE_CDN: cdn } = env;
  if (cdn === "none") return;
  const needed = ["RESPONSE_CACHE_CDN_ID", ...(cdn === "cloudfront" ? [] : ["RESPONSE_CACHE_CDN_TOKEN"]), "REDIS_URL"];
  const missing = needed.filter((name) => env[name as keyof typeof env] === undefined);
  const problems = missing.map((name) => `${name}: is missing; RESPONSE_CACHE_CDN needs it`);
  // The CDN would keep what it has, and nobody would tell it what has changed.
  if (!env.RESPONSE_CACHE_ENABLED) problems.push("RESPONSE_CACHE_ENABLED: is off; RESPONSE_CACHE_CDN needs it on");
  if (problems.length > 0) throw new EnvError(problems);
}
