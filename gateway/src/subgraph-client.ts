// HTTP to subgraphs: one keep-alive pool per origin, shared by every generation of the graph.
import { type IncomingHttpHeaders } from "node:http";
import { type Dispatcher, Pool } from "undici";

export interface SubgraphClientOptions {
  timeoutMs: number;
  /** Sockets per subgraph; further requests wait in line, within their timeout. */
  connections?: number;
  /** Largest answer in bytes. */
  maxAnswerBytes?: number;
}

/** Why there is no answer: `timeout`, `cancelled` by our own caller, or `unavailable` for everything else. */
export type NoAnswerReason = "timeout" | "cancelled" | "unavailable";

/** A request that got no answer; the message is for the log only, it may name hosts and ports. */
export class NoAnswer extends Error {
  readonly reason: NoAnswerReason;

  constructor(reason: NoAnswerReason, message: string) {
    super(message);
    this.name = "NoAnswer";
    this.reason = reason;
  }
}

export interface SubgraphRequest {
  method: "GET" | "POST";
  origin: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** Functions that end this request early add themselves here, and leave with its end. */
  cancellations?: Set<() => void>;
  timeoutMs?: number;
}

export interface SubgraphAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface SubgraphClient {
  /** One request, never repeated. @throws NoAnswer */
  send: (request: SubgraphRequest) => Promise<SubgraphAnswer>;
  /** Finishes what runs, then closes every socket. */
  close: () => Promise<void>;
}

export function createSubgraphClient(options: SubgraphClientOptions): SubgraphClient {
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string): Dispatcher => {
    let pool = pools.get(origin);
    if (!pool) {
      pool = new Pool(origin, {
        connections: options.connections ?? 128,
        pipelining: 1,
        // The deadline below is what counts; these only free a socket whose peer fell silent.
        headersTimeout: options.timeoutMs + 1_000,
        bodyTimeout: options.timeoutMs + 1_000,
        connect: { timeout: options.timeoutMs },
        maxResponseSize: options.maxAnswerBytes ?? 32 * 1024 * 1024,
      });
      pools.set(origin, pool);
    }
    return pool;
  };
  return {
    async send({ origin, method, path, headers, body, cancellations, timeoutMs = options.timeoutMs }) {
      const controller = new AbortController();
      // One deadline over everything: waiting for a free socket, connecting, the answer and its body.
      const timer = setTimeout(() => {
        controller.abort(new NoAnswer("timeout", `no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      const cancel = () => {
        controller.abort(new NoAnswer("cancelled", "our caller went away"));
      };
      cancellations?.add(cancel);
      try {
        const response = await poolOf(origin).request({
          method,
          path,
          headers: headers ?? null,
          body: body ?? null,
          signal: controller.signal,
        });
        return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
      } catch (error) {
        if (error instanceof NoAnswer) throw error;
        if (controller.signal.reason instanceof NoAnswer) throw controller.signal.reason;
        throw new NoAnswer("unavailable", error instanceof Error ? error.message : String(error));
      } finally {
        clearTimeout(timer);
        cancellations?.delete(cancel);
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}
