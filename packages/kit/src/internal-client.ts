// Calls from one of our programs to another, past the gateway (decision 4): signed, timed, never retried here. What the
// receiver has written, the answer to the running request tells as well.
import { randomUUID } from "node:crypto";
import { Pool } from "undici";
import { PublicError, serviceUnavailable, errorCodes, type ErrorCode } from "./errors.ts";
import { type SigningKeys, signRequest } from "./internal-assertion.ts";
import { refuseReads } from "./read-scope.ts";
import { traceCall } from "./trace-call.ts";
import { asToldWrites, invalidationHeader, noteTold, parseToldWrites } from "./told-writes.ts";
import { serviceViewer, type Viewer } from "./viewer.ts";

/** Who calls, for which request. */
export interface Asking {
  viewer: Viewer;
  requestId?: string | undefined;
}

export interface InternalCall extends Asking {
  /** Operation with a name, so that logs and metrics of the receiver can tell it. */
  query: string;
  variables: Record<string, unknown>;
}

export interface InternalClient {
  /**
   * @returns `data` of the answer
   * @throws PublicError with the receiver's own code, or SERVICE_UNAVAILABLE when it does not answer in time
   */
  call: <T>(call: InternalCall) => Promise<T>;
  /** The same with query and variables as JSON already. */
  callText: <T>(call: Asking & { body: Buffer }) => Promise<T>;
  /**
   * `POST /internal/<name>` of the receiver, as a service with the scope of that name; see internal-routes.ts.
   *
   * @throws PublicError as `call` does
   */
  callRoute: <T>(name: string, body: unknown, tenantId: string, requestId?: string) => Promise<T>;
  close: () => Promise<void>;
}

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
  extensions?: { cacheInvalidate?: unknown };
}

/** @param url of the receiver's GraphQL endpoint, such as `http://127.0.0.1:4001/graphql` */
export function createInternalClient(options: {
  service: string;
  url: string;
  keys: SigningKeys;
  timeoutMs?: number;
}): InternalClient {
  const { origin, pathname } = new URL(options.url);
  const timeout = options.timeoutMs ?? 5_000;
  const pool = new Pool(origin, {
    connections: 32,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connect: { timeout: 2_000 },
  });
  const send = async <T>(path: string, viewer: Viewer, body: string | Buffer, requestId: string): Promise<T> => {
    // Nobody tells what it has read; an answer that is made of it must not be kept.
    refuseReads();
    const signed = signRequest(options.keys, viewer, {
      ...{ audience: options.service, method: "POST", path, body, requestId },
    });
    const request = async (trace: Readonly<Record<string, string>>) => {
      const headers = { ...signed, ...trace, "content-type": "application/json" };
      const response = await pool.request({ method: "POST", path, body, headers });
      const told = [response.headers[invalidationHeader]].flat()[0];
      const writes = told === undefined ? undefined : parseToldWrites(told);
      if (writes) noteTold(writes);
      return { status: response.statusCode, answer: (await response.body.json()) as T };
    };
    return traceCall({ service: options.service, method: "POST", origin, path }, request, () => "unavailable")
      .then(({ answer }) => answer)
      .catch(() => {
        throw serviceUnavailable(`The ${options.service} service does not answer; try again.`, options.service);
      });
  };
  const ask = async <T>(body: string | Buffer, { viewer, requestId = randomUUID() }: Asking): Promise<T> => {
    const answer = await send<Answer>(pathname, viewer, body, requestId);
    // Before any error: what failed half-way has written something.
    const writes = asToldWrites((answer as Answer | null)?.extensions?.cacheInvalidate);
    if (writes) noteTold(writes);
    throwFirst(answer);
    return answer.data as T;
  };
  return {
    call: ({ query, variables, ...of }) => ask(JSON.stringify({ query, variables }), of),
    callText: ({ body, ...of }) => ask(body, of),
    async callRoute<T>(name: string, body: unknown, tenantId: string, requestId: string = randomUUID()): Promise<T> {
      const answer = await send<Answer>(
        `/internal/${name}`,
        serviceViewer(tenantId, [name]),
        JSON.stringify(body),
        requestId,
      );
      throwFirst(answer);
      return answer as T;
    },
    close: () => pool.close(),
  };
}

/** @throws PublicError with the receiver's own code; an error without a known one is a fault of ours */
function throwFirst(answer: Answer | null): void {
  const [error] = answer?.errors ?? [];
  if (!error) return;
  const code = errorCodes.find((known): known is ErrorCode => known === error.extensions?.code);
  throw new PublicError(code ?? "INTERNAL_SERVER_ERROR", code ? error.message : "An internal call failed.");
}
