// What the process says about itself.
import { type Health } from "@tradegraph/kit/health";
import { type Registry } from "@tradegraph/kit/metrics";
import { notForCaches } from "../cache/response/cache-headers.ts";
import { refusal, sendJson } from "./refusal.ts";
import { type Exchange, type HttpStep } from "./steps.ts";

type Route = (exchange: Exchange) => Promise<void> | void;

/** Answers GET for the paths in `routes`. */
export function answerRoutes(routes: Record<string, Route>): HttpStep {
  return (exchange, next) => {
    const route = Object.hasOwn(routes, exchange.path) ? routes[exchange.path] : undefined;
    if (!route) return next();
    if (exchange.request.method !== "GET" && exchange.request.method !== "HEAD") {
      throw refusal(405, "BAD_REQUEST", "This path answers GET only.", { allow: "GET, HEAD" });
    }
    // Whatever stands in front must not answer in our place.
    exchange.response.setHeader("cache-control", notForCaches);
    return route(exchange);
  };
}

/**
 * `/health` for restarts, `/ready` for load balancers (`?all=1` for whoever waits for everything), `/metrics`.
 *
 * @param registry undefined leaves `/metrics` to another port
 */
export function operatorRoutes(health: Health, registry: Registry | undefined): Record<string, Route> {
  return {
    "/health": ({ response }) => {
      const { status, body } = health.live();
      sendJson(response, status, body);
    },
    "/ready": async ({ response, search }) => {
      const { status, body } = await health.ready(new URLSearchParams(search).get("all") === "1");
      sendJson(response, status, body);
    },
    ...(registry && {
      "/metrics": async ({ response }: Exchange) => {
        response.writeHead(200, { "content-type": registry.contentType }).end(await registry.metrics());
      },
    }),
  };
}
