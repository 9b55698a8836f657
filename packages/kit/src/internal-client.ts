// Calls from one of our programs to another, past the gateway (decision 4): signed, timed, never retried here.
import { randomUUID } from "node:crypto";
import { Pool } from "undici";
import { PublicError, serviceUnavailable, errorCodes, type ErrorCode } from "./errors.ts";
import { type SigningKey, signRequest } from "./internal-assertion.ts";
import { type Viewer } from "./viewer.ts";

export interface InternalCall {
  /** Operation with a name, so that logs and metrics of the receiver can tell it. */
  query: string;
  variables: Record<string, unknown>;
  viewer: Viewer;
  requestId?: string | undefined;
}

export interface InternalClient {
  /**
   * @returns `data` of the answer
   * @throws PublicError with the receiver's own code, or SERVICE_UNAVAILABLE when it does not answer in time
   */
  call: <T>(call: InternalCall) => Promise<T>;
  close: () => Promise<void>;
}

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** @param url of the receiver's GraphQL endpoint, such as `http://127.0.0.1:4001/graphql` */
export function createInternalClient(options: {
  service: string;
  url: string;
  keys: readonly SigningKey[];
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
  return {
    async call<T>({ query, variables, viewer, requestId = randomUUID() }: InternalCall): Promise<T> {
      const body = JSON.stringify({ query, variables });
      const signed = signRequest(options.keys, viewer, { method: "POST", path: pathname, body, requestId });
      const answer = await pool
        .request({ method: "POST", path: pathname, body, headers: { ...signed, "content-type": "application/json" } })
        .then(async (response) => (await response.body.json()) as Answer)
        .catch(() => {
          throw serviceUnavailable(`The ${options.service} service does not answer; try again.`, options.service);
        });
      const [error] = answer.errors ?? [];
      if (!error) return answer.data as T;
      const code = errorCodes.find((known): known is ErrorCode => known === error.extensions?.code);
      throw new PublicError(code ?? "INTERNAL_SERVER_ERROR", code ? error.message : "An internal call failed.");
    },
    close: () => pool.close(),
  };
}
