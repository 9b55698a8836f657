// What is reported of one error: this file writes every field, so nothing that it does not name leaves the program.
// Variables, documents, headers, addresses and people are none of them.
import type { Event, Exception, StackFrame, StackParser } from "@sentry/core";
import { redactedText } from "./redacted-text.ts";

/** What is known beside the error; fields of a log line have the same names. */
export interface ReportContext {
  level: "error" | "fatal";
  requestId?: string | undefined;
  operationName?: string | undefined;
  /** Stable code, such as clients see it or Node gives it. */
  code?: string | undefined;
  /** The part that failed: a worker, a route, a step, the subgraph that was asked. */
  part?: string | undefined;
  /** Nobody caught it; the program ends. */
  crashed?: boolean | undefined;
}

export interface ReportOrigin {
  service: string;
  environment: string;
  release: string | undefined;
  /** Root of the project, absolute; paths are reported relative to it. */
  root: string;
  parseStack: StackParser;
}

/** Causes of causes that are followed. */
const mostCauses = 3;

/** @param problem an error, or a sentence of ours where there is none */
export function errorReport(
  origin: ReportOrigin,
  problem: Error | string,
  context: ReportContext,
): Event & { event_id: string } {
  const { service, environment, release } = origin;
  return {
    event_id: crypto.randomUUID().replaceAll("-", ""),
    timestamp: Date.now() / 1_000,
    ...{ platform: "node", level: context.level, environment, ...(release !== undefined && { release }) },
    ...(typeof problem === "string"
      ? { message: redactedText(problem) }
      : { exception: { values: exceptionsOf(origin, problem, context.crashed === true) } }),
    tags: { service, ...tagsOf(context) },
    contexts: { runtime: { name: "node", version: process.version } },
  };
}

/** Letters as names and ids have them; what else a caller may have put there is no tag. */
const tagPattern = /^[\w .:/-]{1,100}$/;

function tagsOf({ requestId, operationName, code, part }: ReportContext): Record<string, string> {
  const tags = { request_id: requestId, operation: operationName && redactedText(operationName), code, part };
  return Object.fromEntries(
    Object.entries(tags).filter((tag): tag is [string, string] => tag[1] !== undefined && tagPattern.test(tag[1])),
  );
}

/** The first cause first, as Sentry wants them. */
function exceptionsOf(origin: ReportOrigin, error: Error, crashed: boolean): Exception[] {
  const chain: Error[] = [];
  for (let next: unknown = error; next instanceof Error && chain.length <= mostCauses; next = next.cause) {
    if (chain.includes(next)) break;
    chain.push(next);
  }
  return chain.reverse().map((one) => ({
    type: redactedText(String(one.name)).slice(0, 100),
    value: redactedText(String(one.message)),
    stacktrace: { frames: framesOf(origin, one) },
    mechanism: { type: crashed ? "uncaught" : "logged", handled: !crashed },
  }));
}

function framesOf({ root, parseStack }: ReportOrigin, error: Error): StackFrame[] {
  const stack = String(error.stack ?? "");
  // Its first lines are the message, in which anything may look like a place in a file.
  const message = stack.indexOf(String(error.message));
  const places = message === -1 ? stack : stack.slice(message + String(error.message).length);
  return parseStack(places).map(({ filename = "", function: name, lineno, colno }) => ({
    filename: relativePath(root, filename),
    ...(name !== undefined && { function: name.slice(0, 200) }),
    ...(lineno !== undefined && { lineno }),
    ...(colno !== undefined && { colno }),
    in_app: filename.startsWith(`${root}/`) && !filename.includes("/node_modules/"),
  }));
}

/** Of files elsewhere only the last part is told: their folders may have names of people. */
function relativePath(root: string, filename: string): string {
  if (filename.startsWith(`${root}/`)) return filename.slice(root.length + 1);
  return filename.startsWith("/") ? filename.slice(filename.lastIndexOf("/") + 1) : filename;
}
