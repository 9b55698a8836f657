import { type IncomingMessage } from "node:http";
import { badRequest, refusal } from "./refusal.ts";

/** How much of a body that is too large is still read and thrown away, so that its sender gets to see the refusal. */
const discardFactor = 32;

const tooLarge = (limit: number) =>
  refusal(413, "BODY_TOO_LARGE", `The body is larger than ${limit} bytes: send less, or a persisted operation.`);

function checkType({ headers }: IncomingMessage): void {
  const [type = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((part) => part.trim().split("=")).find(([name]) => name === "charset")?.[1];
  const utf8 = charset === undefined || /^"?utf-?8"?$/.test(charset);
  const encoding = headers["content-encoding"] ?? "identity";
  if (type.trim() !== "application/json" || !utf8 || encoding !== "identity") {
    throw refusal(415, "BAD_REQUEST", "Send the request as `content-type: application/json` in UTF-8, not compressed.");
  }
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size <= limit * discardFactor) chunks.length = 0;
      else request.destroy();
    });
    request.on("end", () => {
      if (size > limit) reject(tooLarge(limit));
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    request.on("close", () => {
      // Every request closes, and an error costs more than all else here.
      if (!request.readableEnded) reject(size > limit ? tooLarge(limit) : badRequest("The body ended early."));
    });
  });
}

/** The body of a request that says it is JSON; see {@link parseJson}. @throws GraphQLError 415, 413 or 400 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  checkType(request);
  return readBytes(request, limit);
}

/** For callers that a browser cannot be: whatever the request says that its body is. @throws GraphQLError 413 or 400 */
export async function readJsonBytes(request: IncomingMessage, limit: number): Promise<unknown> {
  return parseJson(await readBytes(request, limit));
}

/** @throws GraphQLError 400 */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw badRequest("The body is not valid JSON.");
  }
}
