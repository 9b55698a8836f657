import { type IncomingHttpHeaders } from "node:http";
import { type PromiseOrValue } from "../promise-or-value.ts";
import { shallowJson } from "./json-depth.ts";
import { badRequest, refusal } from "./refusal.ts";
import { type Exchange } from "./steps.ts";

/** How much of a body that is too large is still read and thrown away, so that its sender gets to see the refusal. */
const discardFactor = 32;

const tooLarge = (limit: number) =>
  refusal(413, "BODY_TOO_LARGE", `The body is larger than ${limit} bytes: send less, or a persisted operation.`);

type Sent = Pick<Exchange, "request" | "headers">;

function checkType(headers: IncomingHttpHeaders): void {
  if (headers["content-type"] === "application/json" && headers["content-encoding"] === undefined) return;
  const [type = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((part) => part.trim().split("=")).find(([name]) => name === "charset")?.[1];
  const utf8 = charset === undefined || /^"?utf-?8"?$/.test(charset);
  const encoding = headers["content-encoding"] ?? "identity";
  if (type.trim() !== "application/json" || !utf8 || encoding !== "identity") {
    throw refusal(415, "BAD_REQUEST", "Send the request as `content-type: application/json` in UTF-8, not compressed.");
  }
}

/** @param first what was read before */
function readRest({ request, headers }: Sent, limit: number, first: Buffer | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const declared = Number(headers["content-length"]);
    const chunks: Buffer[] = [];
    let size = 0;
    let isDone = false;
    const end = () => {
      isDone = true;
      if (size > limit) reject(tooLarge(limit));
      else resolve(Buffer.concat(chunks));
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size <= limit * discardFactor) chunks.length = 0;
      else request.destroy();
      // All that was announced: the stream tells of its end two turns later.
      if (size === declared) end();
    };
    const fail = () => {
      // Every request closes, and an error costs more than all else here.
      if (!isDone) reject(size > limit ? tooLarge(limit) : badRequest("The body ended early."));
    };
    if (first) take(first);
    request.on("data", take).on("close", fail);
    if (!(declared > 0)) request.on("end", end);
  });
}

/** The parser has read all that came with the headers. */
const parsed = Promise.resolve();

/**
 * Most bodies come with the headers, and what is there already costs half of what listening for it does.
 *
 * @throws GraphQLError 413 or 400
 */
export function readBytes<T>(sent: Sent, limit: number, use: (bytes: Buffer) => PromiseOrValue<T>): Promise<T> {
  const { request, headers } = sent;
  return parsed.then(() => {
    // One that was sent without any tells of nothing, see `optimizeEmptyRequests` in open-server.ts.
    if (request.readableEnded) return use(Buffer.alloc(0));
    const first = request.read() as Buffer | null;
    const isAll = first !== null && first.length <= limit && first.length === Number(headers["content-length"]);
    return isAll ? use(first) : readRest(sent, limit, first).then(use);
  });
}

/**
 * Reads the body of a request that says it is JSON, see {@link parseJson}, and does something with it at once.
 *
 * @throws GraphQLError 415, 413 or 400
 */
export function withBody<T>(sent: Sent, limit: number, use: (bytes: Buffer) => PromiseOrValue<T>): Promise<T> {
  checkType(sent.headers);
  return readBytes(sent, limit, use);
}

/** For callers that a browser cannot be: whatever the request says that its body is. @throws GraphQLError 413 or 400 */
export const readJsonBytes = (sent: Sent, limit: number): Promise<unknown> => readBytes(sent, limit, parseJson);

/** @throws GraphQLError 400, also where it is nested too deeply */
export function parseJson(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw badRequest("The body is not valid JSON.");
  }
  return shallowJson(value);
}
