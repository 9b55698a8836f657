import cors from "cors";
import { type HttpStep } from "./steps.ts";

/**
 * Lets pages of these origins read answers. Credentials are off: callers send a token, never cookies.
 *
 * @param origins exact origins, `*` for any; none answers without CORS headers
 */
export function allowOrigins(origins: readonly string[]): HttpStep {
  const isForAny = origins.includes("*");
  const handle = cors({
    origin: isForAny ? "*" : [...origins],
    methods: ["GET", "POST"],
    exposedHeaders: ["x-request-id", "retry-after", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"],
    maxAge: 600,
  });
  return ({ request, response, headers }, next) => {
    // Not from a page, so nothing to allow; the package would take longer than an answer from the cache.
    if (!isForAny && headers.origin === undefined && request.method !== "OPTIONS") {
      response.setHeader("vary", "Origin");
      return next();
    }
    return new Promise((resolve, reject) => {
      // A preflight is answered by the package and never comes back here.
      response.once("close", resolve);
      handle(request, response, (error?: unknown) => {
        if (error) reject(error as Error);
        else Promise.resolve(next()).then(resolve, reject);
      });
    });
  };
}
