// Values of a subgraph that the schema does not allow. @apollo/gateway puts null in their place and tells the client why
// in `extensions.valueCompletion`, which no masking sees; here that goes to log and metrics instead.
import { type Logger } from "@tradegraph/kit/logger";
import { type GraphQLError } from "graphql";
import { type GatewayMetrics } from "./gateway-metrics.ts";
import { currentScope } from "./request-scope.ts";

/** One null in every item of a long list says the same many times. */
const maxLogged = 10;

interface Result {
  extensions?: Record<string, unknown>;
}

export interface ValueCompletionOptions {
  logger: Logger;
  metrics: GatewayMetrics;
}

/** Takes `valueCompletion` out of a result, logs and counts it. */
export function withoutValueCompletion<R extends Result>(result: R, { logger, metrics }: ValueCompletionOptions): R {
  const { valueCompletion, ...others } = result.extensions ?? {};
  if (valueCompletion === undefined) return result;
  const completions = valueCompletion as readonly GraphQLError[];
  metrics.valueCompletions.inc();
  logger.debug(
    {
      requestId: currentScope()?.requestId,
      count: completions.length,
      values: completions.slice(0, maxLogged).map(({ message, path }) => ({ message, path })),
    },
    "Subgraphs gave values that the schema does not allow",
  );
  return { ...result, extensions: Object.keys(others).length > 0 ? others : undefined };
}
