import { requestIdHeader } from "@tradegraph/kit/request-id";
import { type HttpStep } from "./steps.ts";

/** Echoes the id under which every program logs this request, so that a client can tell it to support. */
export const echoRequestId: HttpStep = ({ response, requestId }, next) => {
  response.setHeader(requestIdHeader, requestId);
  return next();
};
