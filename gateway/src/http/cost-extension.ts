// Tells partners and developers what their operations cost, in `extensions.cost` with Shopify's names. It stands in front
// of the cache and changes copies, so that what is kept stays the same for all.
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { clientClassOf } from "@tradegraph/kit/client-class";
import { whenDone } from "../promise-or-value.ts";
import { type OperationAnswer, type OperationRequest, type OperationStep } from "./steps.ts";

export interface CostExtension {
  estimateOf: (request: OperationRequest) => number | undefined;
  actualOf: (request: OperationRequest, data: Record<string, unknown> | null) => number | undefined;
}

interface Body {
  data?: Record<string, unknown> | null;
  errors?: unknown;
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

/** What is the same for all who get one answer. */
interface ReadAnswer {
  actual: number | undefined;
  hasErrors: boolean;
  headers: Map<string, string>;
  /** The whole body around the cost: it is put in without writing all of the rest anew. */
  before: string;
  after: string;
}

/** Where the cost goes: at the end of the body, or of its extensions. */
function split(text: string, { extensions, ...body }: Body): Pick<ReadAnswer, "before" | "after"> {
  if (!extensions) return { before: `${text.slice(0, text.lastIndexOf("}"))},"extensions":{"cost":`, after: "}}" };
  const { cost: _cost, ...others } = extensions;
  const start = JSON.stringify({ ...body, extensions: others }).slice(0, -2);
  return { before: `${start}${Object.keys(others).length > 0 ? "," : ""}"cost":`, after: "}}" };
}

/** Equal answers no longer have equal bytes, so their tag becomes a weak one (RFC 9110, section 8.8.1). */
function withWeakTag(headers: OperationAnswer["headers"]): Map<string, string> {
  const copy = new Map(headers);
  const etag = copy.get("etag");
  if (etag?.startsWith('"')) copy.set("etag", `W/${etag}`);
  return copy;
}

function headersFor(headers: OperationAnswer["headers"]): Map<string, string> {
  const copy = withWeakTag(headers);
  copy.delete("content-encoding");
  copy.delete("content-length");
  return copy;
}

export function tellCost({ estimateOf, actualOf }: CostExtension): OperationStep {
  /** Answers from the cache are the same objects for all who get them within a second. */
  const memory = new WeakMap<OperationAnswer, ReadAnswer>();
  const readOnce = (request: OperationRequest, answer: OperationAnswer): ReadAnswer | undefined => {
    const known = memory.get(answer);
    if (known || answer.status !== 200) return known;
    const text = textOf(answer);
    const body = text === undefined ? undefined : (JSON.parse(text) as Body);
    if (text === undefined || body?.data === undefined) return undefined;
    const actual = actualOf(request, body.data);
    const read = {
      actual,
      hasErrors: body.errors !== undefined,
      headers: headersFor(answer.headers),
      ...split(text, body),
    };
    memory.set(answer, read);
    return read;
  };
  const tell = (request: OperationRequest, answer: OperationAnswer, estimated: number): OperationAnswer => {
    if (answer.status === 304) return { ...answer, headers: withWeakTag(answer.headers) };
    const read = readOnce(request, answer);
    if (!read) return answer;
    const { headers, before, after } = read;
    // What failed may have taken as much work as what did not, and left nothing to count.
    const actual = read.hasErrors ? Math.max(read.actual ?? estimated, estimated) : read.actual;
    const known = (request.scope.cost ??= { estimated });
    if (actual !== undefined) known.actual = actual;
    const throttleStatus = known.settle?.(actual ?? estimated);
    const cost = { requestedQueryCost: estimated, actualQueryCost: actual, ...(throttleStatus && { throttleStatus }) };
    return { status: 200, headers, body: `${before}${JSON.stringify(cost)}${after}` };
  };
  return (request, next) => {
    if (clientClassOf(request.scope) === "app") return next(request);
    const estimated = estimateOf(request);
    if (estimated === undefined) return next(request);
    request.scope.cost ??= { estimated };
    return whenDone(next(request), (answer) => tell(request, answer, estimated));
  };
}
