// A call of another of our programs as a span, which goes on there.
import { type Attributes } from "./trace-attributes.ts";
import { currentTrace } from "./trace.ts";

/** Header of W3C Trace Context. */
export const traceparentHeader = "traceparent";

export interface Callee {
  /** Name of the program. */
  service: string;
  method: string;
  /** With scheme, without path. */
  origin: string;
  path: string;
}

/** @param path without query string */
function attributesOf({ service, method, origin, path }: Callee): Attributes {
  const { hostname, port, protocol } = new URL(origin);
  return {
    "http.request.method": method,
    "server.address": hostname,
    "server.port": Number(port || (protocol === "https:" ? 443 : 80)),
    "service.peer.name": service,
    "url.full": `${origin}${path}`,
  };
}

const none: Readonly<Record<string, string>> = {};

/**
 * Runs a call, and gives it the headers by which its receiver goes on with the trace. A request that is not sampled says so
 * to the receiver, which must not decide anew.
 *
 * @param reasonOf tells a stable code of what `call` throws
 */
export async function traceCall<T extends { status: number }>(
  callee: Callee,
  call: (headers: Readonly<Record<string, string>>) => Promise<T>,
  reasonOf: (error: unknown) => string,
): Promise<T> {
  const trace = currentTrace();
  if (!trace) return call(none);
  const span = trace.child(`${callee.method} ${callee.path}`, { kind: "client", attributes: attributesOf(callee) });
  try {
    const answer = await call({ [traceparentHeader]: (span ?? trace.active).traceparent });
    span?.set({ "http.response.status_code": answer.status });
    if (answer.status >= 400) span?.fail(String(answer.status));
    return answer;
  } catch (error) {
    span?.fail(reasonOf(error));
    throw error;
  } finally {
    span?.end();
  }
}
