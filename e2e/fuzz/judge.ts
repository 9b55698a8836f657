// What an answer must be, whatever was asked, and how it is held against the answer of the monolith.
import { isDeepStrictEqual } from "node:util";
import { type PeerAnswer } from "./monolith.ts";

/** An answer of the gateway. */
export interface Reply {
  status: number;
  contentType: string;
  requestId: string;
  text: string;
}

interface ReplyError {
  message?: unknown;
  path?: readonly (string | number)[];
  extensions?: { code?: unknown };
}

export interface ReplyBody {
  data?: Record<string, unknown> | null;
  errors?: ReplyError[];
}

/** The codes that docs/ERRORS.md promises: each row of its tables that begins with one. */
export const promisedCodes = (errorsPage: string): ReadonlySet<string> =>
  new Set([...errorsPage.matchAll(/^\| `([A-Z_]+)` +\|/gm)].flatMap(([, code]) => code ?? []));

/** What no error may tell: traces, places in files, addresses of programs, names of the schema. */
const internals = /\bat [^"]*\.[cm]?[jt]s:\d|node_modules|file:\/\/|https?:\/\/|mongodb:|ECONN|stacktrace|Did you mean/;

export function bodyOf({ text }: Reply): ReplyBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null && !Array.isArray(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

export const codesOf = ({ errors = [] }: ReplyBody): string[] =>
  errors.map(({ extensions }) => (typeof extensions?.code === "string" ? extensions.code : "none"));

/**
 * Whether the gateway says that this is too much: such an answer is right, and says nothing about the data. The limit of
 * tokens belongs to the parser, whose code it has.
 */
export const isLimited = (body: ReplyBody): boolean =>
  codesOf(body).some((code) => /LIMIT|TOO_|COMPLEX|EXPENSIVE|TIMEOUT|EXHAUSTED/.test(code)) ||
  (body.errors ?? []).some(({ message }) => typeof message === "string" && / tokens\b/.test(message));

/** @returns what is wrong with an answer in itself, or undefined */
export function faultOf(reply: Reply, codes: ReadonlySet<string>, hasBody = true): string | undefined {
  const { status, contentType } = reply;
  if (status >= 500) return `status ${status}`;
  if (!hasBody) return undefined;
  if (!/^application\/(json|graphql-response\+json)\b/.test(contentType)) return `content type "${contentType}"`;
  const body = bodyOf(reply);
  if (!body || (body.data === undefined && !Array.isArray(body.errors))) return "no GraphQL answer";
  const unknown = codesOf(body).find((code) => !codes.has(code) || code === "INTERNAL_SERVER_ERROR");
  if (unknown !== undefined) return `code ${unknown}`;
  if (body.errors?.some(({ message }) => typeof message !== "string")) return "an error without a message";
  const [told] = internals.exec(JSON.stringify(body.errors ?? [])) ?? [];
  return told === undefined ? undefined : `errors tell "${told}"`;
}

const placesOf = (data: unknown, errors: readonly { path?: unknown; code: string }[]) =>
  [...new Set(errors.map((error) => placeOf(data, error)))].sort();

/**
 * The place of an error. Where it made something above itself null, that: which of several errors below it are told is
 * for the server to say (GraphQL specification, section 6.4.4), as long as one is.
 */
function placeOf(data: unknown, { path, code }: { path?: unknown; code: string }): string {
  const keys = Array.isArray(path) ? (path as (string | number)[]) : [];
  let value = data;
  for (const [at, key] of keys.entries()) {
    if (value === null) return `null at ${JSON.stringify(keys.slice(0, at))}`;
    value = (value as Record<string | number, unknown> | undefined)?.[key];
  }
  return `${code} at ${JSON.stringify(keys)}`;
}

/** At most so many refusals are told, see docs/AUTHORIZATION.md. */
const mostRefusals = 100;

/** @returns how an answer differs from the monolith's, or undefined */
export function differenceOf(reply: Reply, peer: PeerAnswer): string | undefined {
  const body = bodyOf(reply) ?? {};
  const codes = codesOf(body);
  if (peer.data === undefined) {
    if (body.data) return "data for variables that are wrong";
    return codes.every((code) => code === "BAD_USER_INPUT") ? undefined : `codes ${codes.join()} for wrong variables`;
  }
  if (!isDeepStrictEqual(body.data, JSON.parse(JSON.stringify(peer.data)))) return "other data";
  if (codes.length >= mostRefusals) return undefined;
  const coded = (body.errors ?? []).map(({ path }, place) => ({ path, code: codes[place] ?? "" }));
  const ours = placesOf(body.data, coded);
  const theirs = placesOf(peer.data, peer.errors);
  // What is not there for the caller has no fields that could be refused; the monolith knows later that it is not there.
  const refusals = peer.errors.filter(({ code }) => code === "UNAUTHORIZED_FIELD_OR_TYPE");
  const untold = new Set(placesOf(peer.data, refusals).filter((place) => place.startsWith("null at ")));
  const more = ours.filter((place) => !theirs.includes(place));
  const missing = theirs.filter((place) => !ours.includes(place) && !untold.has(place));
  if (more.length === 0 && missing.length === 0) return undefined;
  return `other errors: only here ${JSON.stringify(more)}, only there ${JSON.stringify(missing)}`;
}
