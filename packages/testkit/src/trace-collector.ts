// A collector of traces for tests: takes what programs export by OTLP over HTTP, as the bytes that a real one gets.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import protobuf from "protobufjs";
import { closeServer } from "./close-server.ts";

type Value = string | number | boolean | undefined;

export interface CollectedSpan {
  traceId: string;
  spanId: string;
  /** Empty for a root. */
  parentSpanId: string;
  name: string;
  /** As OTLP numbers it: 1 internal, 2 server, 3 client. */
  kind: number;
  /** `service.name` of its resource. */
  service: string;
  resource: Record<string, Value>;
  attributes: Record<string, Value>;
  links: { traceId: string; spanId: string }[];
  /** As OTLP numbers it: 0 unset, 2 error. */
  status: number;
  durationMs: number;
}

export interface TraceCollector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string;
  spans: CollectedSpan[];
  /** Headers of each export. */
  headers: IncomingHttpHeaders[];
  /** Answers instead of the collector; one that does nothing lets callers hang. */
  behave: ((response: ServerResponse) => void) | undefined;
  /** Waits until `pick` gives spans. @throws Error naming all that came within twenty seconds */
  waitFor: <T>(pick: (spans: readonly CollectedSpan[]) => T | undefined) => Promise<T>;
  stop: () => Promise<void>;
}

/** The part of opentelemetry/proto/collector/trace/v1 and what it uses that is read here; numbers are those of the standard. */
const messages = protobuf.parse(`
  syntax = "proto3";
  message Export { repeated ResourceSpans resources = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scopes = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes traceId = 1; bytes spanId = 2; bytes parentSpanId = 4; string name = 5; int32 kind = 6;
    fixed64 start = 7; fixed64 end = 8; repeated KeyValue attributes = 9; repeated Event events = 11;
    repeated Link links = 13; Status status = 15;
  }
  message Event { string name = 2; repeated KeyValue attributes = 3; }
  message Link { bytes traceId = 1; bytes spanId = 2; repeated KeyValue attributes = 4; }
  message Status { string message = 2; int32 code = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { oneof value { string text = 1; bool flag = 2; int64 whole = 3; double number = 4; } }
`).root;

interface KeyValue {
  key: string;
  value?: { text?: string; flag?: boolean; whole?: number; number?: number };
}

interface WireSpan {
  traceId: Uint8Array;
  spanId: Uint8Array;
  parentSpanId?: Uint8Array;
  name: string;
  kind: number;
  start: number;
  end: number;
  attributes?: KeyValue[];
  events?: { name: string; attributes?: KeyValue[] }[];
  links?: { traceId: Uint8Array; spanId: Uint8Array; attributes?: KeyValue[] }[];
  status?: { code?: number; message?: string };
}

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

const valuesOf = (attributes: KeyValue[] = []): Record<string, Value> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value?.text ?? value?.flag ?? value?.whole ?? value?.number]),
  );

/** What events, links and the status say is put among the attributes, so that whoever walks over these sees everything. */
function read(span: WireSpan, resource: Record<string, Value>): CollectedSpan {
  const said = [...(span.events ?? []), ...(span.links ?? [])].map(({ attributes }) => valuesOf(attributes));
  return {
    ...{ traceId: hex(span.traceId), spanId: hex(span.spanId), parentSpanId: hex(span.parentSpanId) },
    ...{ name: span.name, kind: span.kind, resource, service: String(resource["service.name"]) },
    attributes: Object.assign({}, valuesOf(span.attributes), ...said, {
      ...(span.status?.message && { "status.message": span.status.message }),
    }) as Record<string, Value>,
    links: (span.links ?? []).map(({ traceId, spanId }) => ({ traceId: hex(traceId), spanId: hex(spanId) })),
    status: span.status?.code ?? 0,
    durationMs: (span.end - span.start) / 1e6,
  };
}

/** @throws Error for bytes that are no export */
export function decodeExport(bytes: Buffer): CollectedSpan[] {
  const type = messages.lookupType("Export");
  const { resources = [] } = type.toObject(type.decode(bytes), { longs: Number }) as {
    resources?: { resource?: { attributes?: KeyValue[] }; scopes?: { spans?: WireSpan[] }[] }[];
  };
  return resources.flatMap(({ resource, scopes = [] }) =>
    scopes.flatMap(({ spans = [] }) => spans.map((span) => read(span, valuesOf(resource?.attributes)))),
  );
}

/** Listens on a free port of the loopback interface. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      collector.headers.push(request.headers);
      if (collector.behave) return void collector.behave(response);
      if (request.url === "/v1/traces") collector.spans.push(...decodeExport(Buffer.concat(chunks)));
      response.writeHead(request.url === "/v1/traces" ? 200 : 404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const collector: TraceCollector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: [],
    headers: [],
    behave: undefined,
    async waitFor(pick) {
      for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
        const found = pick(collector.spans);
        if (found !== undefined) return found;
      }
      const names = collector.spans.map(({ service, name }) => `${service}: ${name}`);
      throw new Error(`The awaited spans did not come; these did:\n${names.join("\n")}`);
    },
    stop: () => closeServer(server),
  };
  return collector;
}
