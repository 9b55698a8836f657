import { randomUUID } from "node:crypto";

/** The header under which a request is known in every log line of every program. */
export const requestIdHeader = "x-request-id";

/** A caller's own id is kept when it is harmless in logs and headers; otherwise a new one is made. */
export function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === "string" && /^[\w.:-]{8,64}$/.test(given) ? given : randomUUID();
}
