// Traces by OpenTelemetry's library. Only loaded where traces are wanted, see open-tracing.ts.
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace as api,
  TraceFlags,
} from "@opentelemetry/api";
import { parseTraceParent } from "@opentelemetry/core";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { type Attributes } from "./trace-attributes.ts";
import { type TraceRules } from "./trace-settings.ts";
import { type NewRequest, type RequestTrace, type SpanOptions, type TraceSpan, type Tracing } from "./trace.ts";

export interface TraceProviderOptions {
  /** Name of the program. */
  service: string;
  rules: Pick<TraceRules, "sampler" | "ratio" | "resource">;
  exporter: SpanExporter;
  /** Longest that `close` takes, milliseconds. */
  closeWithinMs: number;
}

/** Characters of an attribute; names of operations are the longest of what is ours. */
const attributeValueLengthLimit = 256;
/** Spans that wait for an export; those that come when so many do are dropped. */
const maxQueueSize = 4_096;

function samplerOf({ sampler, ratio }: Pick<TraceRules, "sampler" | "ratio">): Sampler {
  const isByParent = sampler.startsWith("parentbased_");
  const own = sampler.replace("parentbased_", "");
  const root =
    own === "traceidratio"
      ? new TraceIdRatioBasedSampler(ratio)
      : own === "always_on"
        ? new AlwaysOnSampler()
        : new AlwaysOffSampler();
  return isByParent ? new ParentBasedSampler({ root }) : root;
}

const kinds = { client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

class OpenSpan implements TraceSpan {
  readonly context: Context;
  readonly span: Span;
  isEnded = false;
  readonly #now: () => number;

  constructor(span: Span, now: () => number) {
    this.span = span;
    this.context = api.setSpan(ROOT_CONTEXT, span);
    this.#now = now;
  }

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
  }

  get logFields() {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    return (traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : { trace_id: traceId, span_id: spanId };
  }

  set(attributes: Attributes): void {
    if (!this.isEnded) this.span.setAttributes(attributes);
  }

  fail(type: string): void {
    if (!this.isEnded) this.span.setAttribute("error.type", type).setStatus({ code: SpanStatusCode.ERROR });
  }

  end(at = this.#now()): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.span.end(at);
  }
}

/** Traces of one program. */
export function createTracing({ service, rules, exporter, closeWithinMs }: TraceProviderOptions): Tracing {
  const own = { "service.name": service, "service.namespace": "tradegraph" };
  const provider = new TracerProvider({
    sampler: samplerOf(rules),
    resource: defaultResource().merge(resourceFromAttributes({ ...own, ...rules.resource })),
    spanLimits: { attributeValueLengthLimit },
    spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize })],
  });
  const tracer = provider.getTracer("tradegraph");

  const start = ({ name, attributes, parent, link }: NewRequest): RequestTrace => {
    const caller = parent === undefined ? null : parseTraceParent(parent);
    const linked = link === undefined ? null : parseTraceParent(link);
    // One clock for all spans of a request: that of the system may be set while it runs.
    const [startedAt, from] = [Date.now(), performance.now()];
    const now = () => startedAt + performance.now() - from;
    const span = tracer.startSpan(
      name,
      { kind: SpanKind.SERVER, attributes, startTime: startedAt, links: linked ? [{ context: linked }] : [] },
      caller ? api.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true }) : ROOT_CONTEXT,
    );
    return new OpenRequest(span, now, (childName, { kind = "internal", attributes: of, from: at }, under) =>
      tracer.startSpan(childName, { kind: kinds[kind], startTime: at ?? now(), ...(of && { attributes: of }) }, under),
    );
  };

  return {
    start,
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, closeWithinMs)));
      // What fails is told by the exporter.
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

type StartSpan = (name: string, options: SpanOptions, under: Context) => Span;

class OpenRequest extends OpenSpan implements RequestTrace {
  active: TraceSpan = this;
  readonly now: () => number;
  readonly #isSampled: boolean;
  readonly #start: StartSpan;

  constructor(span: Span, now: () => number, start: StartSpan) {
    super(span, now);
    this.now = now;
    this.#isSampled = span.isRecording();
    this.#start = start;
  }

  get isOver(): boolean {
    return this.isEnded;
  }

  child(name: string, options: SpanOptions = {}): TraceSpan | undefined {
    if (!this.#isSampled) return undefined;
    const under = this.active instanceof OpenSpan ? this.active.context : this.context;
    return new OpenSpan(this.#start(name, options, under), this.now);
  }
}
