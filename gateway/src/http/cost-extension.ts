// Tells partners and developers what their operations cost, in `extensions.cost` with Shopify's names. It stands in front
// of the cache and changes copies, so that what is kept stays the same for all.
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { whenDone } from "../promise-or-value.ts";
import { classOf } from "./operation-limits.ts";
import { type OperationAnswer, type OperationRequest, type OperationStep } from "./steps.ts";

export interface CostExtension {
  estimateOf: (request: OperationRequest) => number | undefined;
  actualOf: (request: OperationRequest, data: Record<string, unknown> | null) => number | undefined;
}

interface Body {
  data?: Record<string, unknown> | null;
  extensions?: Record<string, unknown>;
}

const decoders: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  zstd: zstdDecompressSync,
};

/** @returns undefined where it is in an encoding of somebody else */
function textOf({ body, headers }: OperationAnswer): string | undefined {
  if (typeof body === "string") return body;
  const encoding = headers.get("content-encoding");
  return encoding === undefined ? body.toString() : decoders[encoding]?.(body).toString();
}

/** Puts extensions at the end of a JSON object, without writing all of it anew. */
function withExtensions(text: string, body: Body, extensions: Record<string, unknown>): string {
  if (body.extensions) return JSON.stringify({ ...body, extensions: { ...body.extensions, ...extensions } });
  return `${text.slice(0, text.lastIndexOf("}"))},"extensions":${JSON.stringify(extensions)}}`;
}

/** Equal answers no longer have equal bytes, so their tag becomes a weak one (RFC 9110, section 8.8.1). */
function headersFor(headers: OperationAnswer["headers"]): Map<string, string> {
  const copy = new Map(headers);
  copy.delete("content-encoding");
  copy.delete("content-length");
  const etag = copy.get("etag");
  if (etag?.startsWith('"')) copy.set("etag", `W/${etag}`);
  return copy;
}

export function tellCost({ estimateOf, actualOf }: CostExtension): OperationStep {
  const tell = (request: OperationRequest, answer: OperationAnswer, estimated: number): OperationAnswer => {
    const { scope } = request;
    const text = answer.status === 200 ? textOf(answer) : undefined;
    const body = text === undefined ? undefined : (JSON.parse(text) as Body);
    if (text === undefined || body?.data === undefined) return answer;
    const actual = actualOf(request, body.data);
    const known = (scope.cost ??= { estimated });
    if (actual !== undefined) known.actual = actual;
    const throttleStatus = known.settle?.(actual ?? estimated);
    const cost = { requestedQueryCost: estimated, actualQueryCost: actual, ...(throttleStatus && { throttleStatus }) };
    return { status: 200, headers: headersFor(answer.headers), body: withExtensions(text, body, { cost }) };
  };
  return (request, next) => {
    if (classOf(request.scope) === "app") return next();
    const estimated = estimateOf(request);
    if (estimated === undefined) return next();
    request.scope.cost ??= { estimated };
    return whenDone(next(), (answer) => tell(request, answer, estimated));
  };
}
