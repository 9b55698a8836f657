// The trace of the request that is answered, for code that nobody tells for whom it works. Without traces there is nothing
// here: no library is loaded, and asking for the trace finds none.
import { AsyncLocalStorage } from "node:async_hooks";
import { type Attributes } from "./trace-attributes.ts";

export interface TraceSpan {
  /** For the next program: a header's value (W3C Trace Context). */
  readonly traceparent: string;
  /** For log lines; undefined where the request is not sampled: there is no trace to lead to. */
  readonly logFields: Readonly<Record<"trace_id" | "span_id", string>> | undefined;
  set: (attributes: Attributes) => void;
  /** Marks it as failed. @param type a stable code, never a message: those may hold what callers wrote */
  fail: (type: string) => void;
  /** May be called again; the first time counts. @param at as `now` gives it; this moment unless given */
  end: (at?: number) => void;
}

export interface SpanOptions {
  kind?: "client" | "internal";
  attributes?: Attributes;
  /** As `now` gives it, for what has begun before. */
  from?: number;
}

/** The span of a request, under which all others of this program are. */
export interface RequestTrace extends TraceSpan {
  /** The one under which new ones come; itself unless somebody has set another. */
  active: TraceSpan;
  /** Whether the request is answered. */
  readonly isOver: boolean;
  /** Milliseconds since 1970, on one clock for all its spans. */
  now: () => number;
  /** Begins a span under the active one. @returns undefined when the request is not sampled */
  child: (name: string, options?: SpanOptions) => TraceSpan | undefined;
}

export interface NewRequest {
  name: string;
  attributes: Attributes;
  /** Header of a caller that is believed: the trace goes on, and its sampling counts. */
  parent?: string | undefined;
  /** Header of a caller that is not: a new trace is begun that tells of the caller's. */
  link?: string | undefined;
}

/** What makes and exports the traces of a program. */
export interface Tracing {
  start: (request: NewRequest) => RequestTrace;
  /** Sends what waits. Never throws, and gives up in time. */
  close: () => Promise<void>;
}

const storage = new AsyncLocalStorage<RequestTrace>();

/**
 * Of the request being answered; undefined outside of one, and always where there are no traces. What goes on when it is
 * answered, such as a worker that it woke, is no part of it.
 */
export function currentTrace(): RequestTrace | undefined {
  const trace = storage.getStore();
  return trace === undefined || trace.isOver ? undefined : trace;
}

export const runInTrace = <T>(trace: RequestTrace, work: () => T): T => storage.run(trace, work);

/** Fields by which a log line is found from a trace; a fresh object, because pino writes into it. */
export const traceLogFields = (): Record<string, string> => ({ ...currentTrace()?.active.logFields });
