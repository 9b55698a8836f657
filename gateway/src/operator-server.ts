// A second listener, for operators and for what runs beside the gateway; never for clients. Whoever reaches it may read
// figures; what changes something needs a key.
import { type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { type Health } from "@tradegraph/kit/health";
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { type CacheMetrics } from "./cache/operate/cache-metrics.ts";
import { type CacheState } from "./cache/operate/cache-state.ts";
import { createInvalidationEndpoint } from "./cache/operate/invalidation-endpoint.ts";
import { type InvalidationLog } from "./cache/log/invalidation-log.ts";
import { createStatistics, type ReadStatistics } from "./cache/operate/statistics.ts";
import { statisticsPage, statisticsPolicy } from "./cache/operate/statistics-page.ts";
import { createErrorFormatter } from "./error-masking.ts";
import { openServer } from "./http/open-server.ts";
import { sendHtml } from "./http/pages.ts";
import { refusal, sendError, sendJson } from "./http/refusal.ts";
import { echoRequestId } from "./http/request-id.ts";
import { answerRoutes, operatorRoutes } from "./http/routes.ts";
import { securityHeaders, withHeaders } from "./http/security-headers.ts";
import { type Exchange, type HttpStep } from "./http/steps.ts";

export interface OperatorServerOptions {
  health: Health;
  registry: Registry;
  logger: Logger;
  /** How long a request may take to arrive. */
  bodyTimeoutMs?: number;
  /** Undefined where nothing is kept. */
  cache?:
    | {
        log: InvalidationLog;
        metrics: CacheMetrics;
        state: () => CacheState;
        /** Subgraph or `*` → key that may purge. */
        keys: Readonly<Record<string, string>>;
        /** Names in the running schema. */
        subgraphs: () => readonly string[];
      }
    | undefined;
}

export interface OperatorServer {
  /** @param port 0 takes a free one. @returns the port. @throws Error when it is taken */
  listen: (port: number, host: string) => Promise<number>;
  /** Accepts nothing more and resolves when what runs is answered. */
  close: () => Promise<void>;
}

/** A body of at most a megabyte has this long; Node looks each second for those that are late. */
const defaultBodyTimeoutMs = 10_000;
const connectionsCheckingInterval = 1_000;
const maxConnections = 200;
/** Shorter pauses would show more of the page than of the cache. */
const shortestRefresh = 2;

export function createOperatorServer(options: OperatorServerOptions): OperatorServer {
  const { health, registry, logger, cache, bodyTimeoutMs = defaultBodyTimeoutMs } = options;
  const format = createErrorFormatter({ logger, masking: true, suggestions: false });
  const endpoint = cache && createInvalidationEndpoint({ ...cache, logger });
  const posts = endpoint && { "/invalidation": endpoint.invalidate, "/cache/flush": endpoint.flush };
  const statistics = createStatistics(registry, () => cache?.state());
  const fixedHeaders = securityHeaders();
  const server = openServer(
    [
      withHeaders(fixedHeaders),
      echoRequestId,
      answerRoutes({ ...operatorRoutes(health, registry), ...statisticsRoutes(statistics) }),
      anyMethod(posts ?? {}),
      () => {
        throw refusal(
          404,
          "NOT_FOUND",
          cache ? "There is nothing here." : "There is nothing here: no answers are kept.",
        );
      },
    ],
    (exchange, error) => {
      if (exchange.response.headersSent) return exchange.response.destroy();
      const { status, code } = sendError(exchange, error, format);
      logger.info({ requestId: exchange.requestId, path: exchange.path, status, code }, "Operator request refused");
    },
    { requestTimeout: bodyTimeoutMs, connectionsCheckingInterval, fixedHeaders },
  );
  server.maxConnections = maxConnections;
  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once("error", reject).listen(port, host, () => {
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: () => closeServer(server),
  };
}

function statisticsRoutes(read: ReadStatistics): Record<string, (exchange: Exchange) => Promise<void>> {
  return {
    "/cache": async (exchange) => {
      const asked = Number(new URLSearchParams(exchange.search).get("refresh"));
      const refresh = Number.isInteger(asked) && asked > 0 ? Math.max(asked, shortestRefresh) : undefined;
      sendHtml(exchange, statisticsPage(await read(), refresh), statisticsPolicy);
    },
    "/cache.json": async ({ response }) => {
      response.setHeader("cache-control", "no-store");
      sendJson(response, 200, await read());
    },
  };
}

/** Whether a method is right is said after a key was shown. */
const anyMethod =
  (routes: Record<string, (exchange: Exchange) => Promise<void>>): HttpStep =>
  (exchange, next) =>
    (Object.hasOwn(routes, exchange.path) ? routes[exchange.path] : undefined)?.(exchange) ?? next();

function closeServer(server: Server): Promise<void> {
  // Keep-alive connections would hold it open.
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
  });
}
