// Signed calls that are no part of the graph, because every subgraph answers them alike: events, one person's data.
import { type RequestHandler } from "express";
import { type RequestContext, refuse } from "./admission.ts";
import { publicErrorOf } from "./error-masking.ts";
import { type ErrorCode, httpStatusByCode } from "./errors.ts";
import { type ReplayGuard } from "./replay-guard.ts";
import { invalidationHeader, toldWritesHeader } from "./told-writes.ts";

/** Answers with what becomes the JSON body. @throws PublicError that the caller is told; others become a 500 */
export type InternalRoute = (body: unknown, context: RequestContext) => Promise<unknown>;

/** Name → handler. A caller needs the role `service` and a scope of the same name. */
export type InternalRoutes = Readonly<Record<string, InternalRoute>>;

/** Each signature is good for one call. */
export function answerInternal(routes: InternalRoutes, replayGuard: ReplayGuard): RequestHandler<{ name: string }> {
  return async (request, response) => {
    const { name } = request.params;
    const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
    const context = response.locals.context as RequestContext;
    if (!route) return refuse(response, 404, "NOT_FOUND", "There is nothing here.");
    const { role, scopes } = context.viewer;
    if (role !== "service" || !scopes.includes(name))
      return refuse(response, 403, "FORBIDDEN", "Only our own programs call this.");
    if (!(await replayGuard.claim(context.signature)))
      return refuse(response, 401, "UNAUTHENTICATED", "This request was used before.");
    const tellWrites = (hasFailed: boolean) => {
      const told = toldWritesHeader(hasFailed);
      if (told !== undefined) response.set(invalidationHeader, told);
    };
    try {
      const answer = await route(request.body, context);
      tellWrites(false);
      response.json(answer ?? null);
    } catch (error) {
      tellWrites(true);
      const known = publicErrorOf(error);
      if (!known) context.logger.error({ error, route: name }, "An internal call failed");
      const code = (known?.extensions.code ?? "INTERNAL_SERVER_ERROR") as ErrorCode;
      refuse(response, httpStatusByCode[code], code, known?.message ?? "Something went wrong on our side.");
    }
  };
}
