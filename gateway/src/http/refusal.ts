// Errors that end a request before GraphQL. They look like GraphQL errors, for every status.
import { type ServerResponse } from "node:http";
import { type ErrorCode, httpStatusByCode } from "@tradegraph/kit/errors";
import { GraphQLError } from "graphql";
import { notForCaches } from "../cache/response/cache-headers.ts";
import { type ErrorFormatter } from "../error-masking.ts";
import { createMediaTypes } from "./media-types.ts";
import { type Exchange } from "./steps.ts";

/** A refusal with a status of its own. */
export const refusal = (status: number, code: string, message: string, headers: Record<string, string> = {}) =>
  new GraphQLError(message, {
    extensions: { code, http: { status, headers } },
  });

export const badRequest = (message: string) => refusal(400, "BAD_REQUEST", message);

interface Http {
  status?: number;
  headers?: Record<string, string>;
}

const mediaTypeOf = createMediaTypes();
const plainJson = "application/json; charset=utf-8";

/** Which of them is sent depends on the request. */
function varyOnAccept(response: ServerResponse): void {
  const vary = [response.getHeader("vary") ?? []].flat().join(", ");
  if (!/\baccept\b(?!-)/i.test(vary)) response.setHeader("vary", vary === "" ? "Accept" : `${vary}, Accept`);
}

export function sendJson(response: ServerResponse, status: number, body: unknown, type = plainJson): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) }).end(text);
}

/** Answers with an error, masked like every other. @returns what was answered */
export function sendError(
  exchange: Exchange,
  error: unknown,
  format: ErrorFormatter,
): { status: number; code: string } {
  const { response, headers, requestId } = exchange;
  const known = error instanceof GraphQLError ? error : new GraphQLError("masked", { originalError: error as Error });
  const { code = "INTERNAL_SERVER_ERROR", http, ...extensions } = known.extensions as { code?: string; http?: Http };
  const status = http?.status ?? httpStatusByCode[code as ErrorCode] ?? 500;
  for (const [name, value] of Object.entries(http?.headers ?? {})) response.setHeader(name, value);
  if (status === 401 && !response.hasHeader("www-authenticate"))
    response.setHeader("www-authenticate", 'Bearer error="invalid_token"');
  const formatted = format({ message: known.message, extensions: { ...extensions, code } }, error);
  response.setHeader("cache-control", notForCaches);
  varyOnAccept(response);
  // All hold the same JSON. Whoever takes none of them is told what is wrong all the same.
  const type = mediaTypeOf(headers.accept)?.header ?? plainJson;
  const body = { errors: [{ ...formatted, extensions: { ...formatted.extensions, requestId } }] };
  sendJson(response, status, body, type);
  return { status, code: String(formatted.extensions?.code) };
}
