// Refuses operations that are too large, by their text and by their cost, before they are validated and planned: both
// take long for large ones. Answers from memory have passed here when they were made.
import { clientClassOf } from "@tradegraph/kit/client-class";
import { type Logger } from "@tradegraph/kit/logger";
import { largest } from "@tradegraph/kit/saturating";
import { type ShapeExcess, shapeExcesses, type ShapeLimit } from "@tradegraph/kit/shape-limits";
import { type AskedOperation } from "../limits/asked-operations.ts";
import { type LimitMetrics } from "../limits/limit-metrics.ts";
import { type LimitRules } from "../limits/limit-rules.ts";
import { refusal } from "./refusal.ts";
import { type OperationRequest, type OperationStep } from "./steps.ts";

export interface OperationLimits {
  rules: LimitRules;
  read: (request: OperationRequest) => AskedOperation | undefined;
  estimateOf: (request: OperationRequest) => number | undefined;
  metrics: LimitMetrics;
  logger: Logger;
}

type Excess = Omit<ShapeExcess, "limit"> & { limit: ShapeLimit | "cost" };

const codes: Record<Excess["limit"], string> = {
  depth: "MAX_DEPTH_LIMIT",
  height: "MAX_HEIGHT_LIMIT",
  aliases: "MAX_ALIASES_LIMIT",
  rootFields: "MAX_ROOT_FIELDS_LIMIT",
  directives: "MAX_DIRECTIVES_LIMIT",
  cost: "COST_ESTIMATED_TOO_EXPENSIVE",
};

function costExcess(value: number, most: number): Excess {
  const advice =
    value >= largest
      ? "sizes of lists must be reasonable, and not below zero"
      : "ask for shorter lists or fewer fields";
  return { limit: "cost", value, most, message: `The operation may return too much: ${advice}.` };
}

export function operationLimits({ rules, read, estimateOf, metrics, logger }: OperationLimits): OperationStep {
  const outcome = rules.mode === "enforce" ? "refused" : "measured";
  return (request, next) => {
    const asked = read(request);
    if (!asked) return next(request);
    const { scope } = request;
    const client = clientClassOf(scope);
    const limits = rules.classes[client];
    const exceed = (excess: Excess) => {
      const { limit, value, most, message } = excess;
      metrics.exceeded.inc({ limit, client, outcome });
      if (outcome === "refused") throw refusal(400, codes[limit], message);
      logger.info({ requestId: scope.requestId, client, limit, value, most }, "An operation is above a limit");
    };
    for (const excess of shapeExcesses(asked.shape, limits)) exceed(excess);
    const cost = estimateOf(request);
    if (cost === undefined) return next(request);
    scope.cost ??= { estimated: cost };
    const isExcessive = cost > limits.cost;
    metrics.costs.observe({ client, outcome: isExcessive ? outcome : "allowed" }, cost);
    if (isExcessive) exceed(costExcess(cost, limits.cost));
    return next(request);
  };
}
