// Tells operators about operations that no list has, in the mode `log`.
import { type ClientClass } from "@tradegraph/kit/client-class";
import { type Logger } from "@tradegraph/kit/logger";
import { operationHash, withoutValues } from "@tradegraph/kit/operation-text";
import { Kind, parse } from "graphql";
import { parseOptions } from "../parsed-document.ts";

/** Lines in a minute: one operation of an app that everybody has would fill the log. */
const maxLines = 30;
const windowMs = 60_000;
/** Characters; the hash tells longer ones apart. */
const maxShown = 4_096;

export type TellUnknown = (text: string, of: { requestId: string; clientClass: ClientClass }) => void;

/** @param now milliseconds; for tests */
export function createTellUnknown(logger: Logger, now: () => number = () => performance.now()): TellUnknown {
  let windowEnds = 0;
  let lines = 0;
  return (text, { requestId, clientClass }) => {
    if (now() >= windowEnds) {
      windowEnds = now() + windowMs;
      lines = 0;
    }
    lines += 1;
    if (lines > maxLines) return;
    const shown = shownOf(text);
    // What is no GraphQL is refused anyway.
    if (shown) logger.warn({ requestId, clientClass, ...shown }, "unknown operation");
  };
}

/** Values in a text may be secrets; its structure is not. */
function shownOf(text: string): { operation: string | undefined; hash: string; body: string | undefined } | undefined {
  try {
    const document = parse(text, parseOptions);
    const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)?.name?.value;
    const body = withoutValues(document);
    const isShort = body.length <= maxShown;
    return { operation: operation?.slice(0, 64), hash: operationHash(text), body: isShort ? body : undefined };
  } catch {
    return undefined;
  }
}
