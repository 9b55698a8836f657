// `POST /invalidation` and `POST /cache/flush`: operators and other systems say what has changed. The first is Apollo
// Router's, and what differs is in docs/CACHING.md.
import { type Logger } from "@tradegraph/kit/logger";
import { z } from "zod";
import { readJsonBytes } from "../../http/body.ts";
import { badRequest, refusal, sendJson } from "../../http/refusal.ts";
import { type Exchange } from "../../http/steps.ts";
import { type CacheMetrics } from "./cache-metrics.ts";
import { createNamesOfKey, everySubgraph } from "./invalidation-keys.ts";
import { type InvalidationLog } from "../log/invalidation-log.ts";
import {
  type AskedInvalidation,
  type InvalidationItem,
  type InvalidationVersion,
  readInvalidation,
  subgraphsOf,
} from "./invalidation-requests.ts";

const bodyLimit = 1024 * 1024;
/** Requests at once; a purge takes milliseconds, and at most a second with `"wait": "strict"`. */
const maxRunning = 16;
/** Tags of one entry in the log. */
const tagsPerEntry = 1_000;
/** Tags that one log line names. */
const loggedTags = 20;

export interface InvalidationEndpointOptions {
  log: InvalidationLog;
  /** Subgraph or `*` → shared key. */
  keys: Readonly<Record<string, string>>;
  metrics: CacheMetrics;
  logger: Logger;
  /** Names in the running schema; items about others are taken, and mentioned. */
  subgraphs: () => readonly string[];
}

export interface InvalidationEndpoint {
  /** @throws GraphQLError with the status of the refusal */
  invalidate: (exchange: Exchange) => Promise<void>;
  /** @throws GraphQLError with the status of the refusal */
  flush: (exchange: Exchange) => Promise<void>;
}

const notNow = (message: string) => refusal(503, "SERVICE_UNAVAILABLE", message, { "retry-after": "1" });
/** Apollo's clients send the key itself, without a scheme; RFC 9110 wants the header all the same. */
const wrongKey = (message: string) =>
  refusal(401, "UNAUTHENTICATED", message, { "www-authenticate": 'SharedKey realm="response cache"' });

const flushBody = z.strictObject({ confirm: z.literal("everything") });

export function createInvalidationEndpoint(options: InvalidationEndpointOptions): InvalidationEndpoint {
  const { log, metrics, logger } = options;
  const namesOfKey = createNamesOfKey(options.keys);
  let running = 0;

  /** In the order of Apollo Router: a key at all, the method, the right key. */
  const authorize = ({ request }: Exchange): ReadonlySet<string> => {
    const { authorization } = request.headers;
    if (authorization === undefined) throw wrongKey("Send the shared key as `authorization`, without a scheme.");
    if (request.method !== "POST") throw refusal(405, "BAD_REQUEST", "Send a POST.", { allow: "POST" });
    const names = namesOfKey(authorization);
    if (names.size === 0) throw wrongKey("This key is not known.");
    return names;
  };

  const bounded = async (work: () => Promise<void>) => {
    if (running >= maxRunning) throw notNow("Too much is being purged at this moment: send it again in a second.");
    running += 1;
    try {
      await work();
    } finally {
      running -= 1;
    }
  };

  const append = async ({ hard, soft, wait }: AskedInvalidation) => {
    const end = metrics.invalidationSeconds.startTimer({ wait });
    for (const [all, isSoft] of [[hard, false] as const, [soft, true] as const]) {
      for (let at = 0; at < all.length; at += tagsPerEntry) {
        const tags = all.slice(at, at + tagsPerEntry);
        if (!(await log.append({ tags, ...(isSoft && { isSoft }) }, wait))) {
          metrics.invalidationErrors.inc({ source: "operator" });
          throw notNow("The purge could not be written down; nothing is lost by sending it again.");
        }
        metrics.invalidations.inc({ source: "operator", kind: isSoft ? "soft" : "hard" });
        metrics.invalidatedTags.inc({ source: "operator" }, tags.length);
      }
    }
    end();
  };

  const purge = async (exchange: Exchange, names: ReadonlySet<string>) => {
    const version = versionOf(exchange.search);
    const asked = readInvalidation(await readJsonBytes(exchange, bodyLimit), version);
    const count = (outcome: string) => {
      for (const { kind } of asked.items) metrics.purges.inc({ kind, outcome });
    };
    const { requestId } = exchange;
    const about = { requestId, keyName: [...names].join(), items: asked.items.length };
    if (!asked.items.every((item) => mayPurge(names, item))) {
      count("refused");
      logger.warn(about, "A purge beyond its key was refused");
      throw refusal(403, "FORBIDDEN", "This key does not cover everything in the request; nothing was purged.");
    }
    const tags = [...asked.hard, ...asked.soft];
    await append(asked).catch((error: unknown) => {
      count("failed");
      logger.warn({ ...about, tags: tags.slice(0, loggedTags) }, "A purge failed");
      throw error;
    });
    count("accepted");
    const { hard, soft, wait } = asked;
    logger.info(
      { ...about, tags: tags.slice(0, loggedTags), hard: hard.length, soft: soft.length, wait },
      "Purged from the response cache",
    );
    const known = new Set(options.subgraphs());
    const unknown = [...new Set(asked.items.flatMap((item) => subgraphsOf(item) ?? []))].filter(
      (one) => !known.has(one),
    );
    sendJson(exchange.response, 202, {
      count: tags.length,
      // Nothing is looked up by tag, so nobody knows how many answers this is about.
      ...(version === "ours" && { exact: false, ...(unknown.length > 0 && { unknownSubgraphs: unknown }) }),
    });
  };

  return {
    async invalidate(exchange) {
      const names = authorize(exchange);
      await bounded(() => purge(exchange, names));
    },
    async flush(exchange) {
      const names = authorize(exchange);
      await bounded(async () => {
        const body = await readJsonBytes(exchange, bodyLimit);
        const { requestId } = exchange;
        if (!names.has(everySubgraph)) throw refusal(403, "FORBIDDEN", "Only the key for all subgraphs may flush.");
        if (!flushBody.safeParse(body).success) throw badRequest('Send {"confirm": "everything"}.');
        try {
          await log.flush();
        } catch (error) {
          logger.warn({ requestId, error }, "A flush of the response cache failed");
          throw notNow("Redis does not answer; nothing was flushed.");
        }
        logger.warn({ requestId, keyName: everySubgraph }, "The response cache was flushed");
        sendJson(exchange.response, 202, { flushed: true });
      });
    },
  };
}

function versionOf(search: string): InvalidationVersion {
  const version = new URLSearchParams(search).get("v");
  if (version === null) return "apollo";
  if (version !== "ours") throw badRequest("`v` is `ours`, or left out.");
  return version;
}

function mayPurge(names: ReadonlySet<string>, item: InvalidationItem): boolean {
  return names.has(everySubgraph) || (subgraphsOf(item)?.every((subgraph) => names.has(subgraph)) ?? false);
}
