// Who may come in: a caller whose signature says who asks. The body is parsed only after that.
import { type BaseContext } from "@apollo/server";
import { type Request, type Response } from "express";
import { type SigningKeys, verifyRequest } from "./internal-assertion.ts";
import { type Logger } from "./logger.ts";
import { type Viewer } from "./viewer.ts";

/** What every resolver finds in its context; a subgraph adds its loaders. */
export interface RequestContext extends BaseContext {
  viewer: Viewer;
  requestId: string;
  logger: Logger;
  /** Signature of the request, which a mutation uses up. */
  signature: string;
  /** Aborted when the connection ends, because the answer is sent or the caller is gone. */
  closed: AbortSignal;
}

export interface Admission {
  /** Name of this service, which the signature must mean. */
  name: string;
  keys: SigningKeys;
  logger: Logger;
  /** Told of every refused caller, such as for the audit log. */
  onRefused?: ((refusal: { reason: string; address: string | undefined }) => void) | undefined;
}

/** Believes the signed assertion and parses the JSON body, or answers 401 or 400 itself. */
export function admit(options: Admission, request: Request, response: Response): RequestContext | undefined {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const requestId = request.get("x-request-id") ?? "";
  const path = request.originalUrl.split("?")[0] ?? "";
  const verified = verifyRequest(options.keys, request.headers, {
    ...{ audience: options.name, method: request.method, path, body: raw, requestId },
  });
  const logger = options.logger.child({ requestId });
  if ("refused" in verified) {
    logger.warn({ reason: verified.refused }, "A request without a valid assertion was refused");
    options.onRefused?.({ reason: verified.refused, address: request.socket.remoteAddress });
    refuse(response, 401, "UNAUTHENTICATED", "Only the gateway may call this service.");
    return undefined;
  }
  try {
    request.body = JSON.parse(raw.toString("utf8")) as unknown;
  } catch {
    refuse(response, 400, "BAD_USER_INPUT", "The body is no JSON.");
    return undefined;
  }
  const closed = new AbortController();
  response.once("close", () => {
    closed.abort();
  });
  return { viewer: verified.viewer, requestId, logger, signature: verified.signature, closed: closed.signal };
}

export function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}
