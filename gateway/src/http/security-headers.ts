// What browsers are told about every answer. The list is helmet's; it is asked once, because an answer from memory has no
// time for it.
import { type IncomingMessage, type ServerResponse } from "node:http";
import helmet, { type HelmetOptions } from "helmet";
import { type HttpStep } from "./steps.ts";

/** Names and values in turn, as `writeHead` takes them. */
export type FixedHeaders = readonly string[];

/** What is for pages, is old, or is said by another header here: frames by the content policy. */
const without = {
  contentSecurityPolicy: false,
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: false,
  originAgentCluster: false,
  referrerPolicy: false,
  strictTransportSecurity: false,
  xContentTypeOptions: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xPoweredBy: false,
  xXssProtection: false,
} satisfies HelmetOptions;

function headersFor(options: HelmetOptions): FixedHeaders {
  const headers: string[] = [];
  const response = {
    setHeader: (name: string, value: string) => headers.push(name.toLowerCase(), value),
    removeHeader: () => undefined,
  };
  helmet(Object.assign({}, without, options))({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
    if (error) throw error as Error;
  });
  return headers;
}

/**
 * Of every answer, whatever its status; pages have a content policy of their own instead of this one, which lets nothing
 * be loaded or framed. The resource policy concerns `<img>` and `<script>` of other sites and not CORS, see docs/HTTP.md.
 *
 * @param hstsSeconds for which browsers shall use HTTPS only (RFC 6797); 0 says nothing about it
 */
export const securityHeaders = (hstsSeconds = 0): FixedHeaders =>
  headersFor({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: "same-origin" },
    referrerPolicy: { policy: "no-referrer" },
    xContentTypeOptions: true,
    // Other names below this one belong to others, who may not have TLS.
    strictTransportSecurity: hstsSeconds > 0 && { maxAge: hstsSeconds, includeSubDomains: false },
  });

/** Of pages, besides those of every answer. Sandbox opens a window to sign in. */
export const pageHeaders: FixedHeaders = headersFor({
  crossOriginOpenerPolicy: { policy: "same-origin-allow-popups" },
  xFrameOptions: { action: "deny" },
});

export function setFixedHeaders(response: ServerResponse, headers: FixedHeaders): void {
  for (let at = 0; at < headers.length; at += 2) response.setHeader(headers[at] ?? "", headers[at + 1] ?? "");
}

/** Sets them before a later step answers. */
export const withHeaders =
  (headers: FixedHeaders): HttpStep =>
  ({ response }, next) => {
    setFixedHeaders(response, headers);
    return next();
  };
