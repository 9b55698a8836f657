// Refuses operations that are too large, by their text and by their cost, before they are validated and planned: both
// take long for large ones. Answers from memory have passed here when they were made.
import { type Logger } from "@tradegraph/kit/logger";
import { type AskedOperation } from "../limits/asked-operations.ts";
import { type LimitMetrics } from "../limits/limit-metrics.ts";
import { type LimitRules, mostMutationFields, type ShapeLimit, shapeLimits } from "../limits/limit-rules.ts";
import { clientClassOf } from "../operations/client-class.ts";
import { refusal } from "./refusal.ts";
import { type OperationRequest, type OperationStep } from "./steps.ts";

export interface OperationLimits {
  rules: LimitRules;
  read: (request: OperationRequest) => AskedOperation | undefined;
  estimateOf: (request: OperationRequest) => number | undefined;
  metrics: LimitMetrics;
  logger: Logger;
}

interface Excess {
  limit: ShapeLimit | "cost";
  value: number;
  most: number;
}

const codes: Record<Excess["limit"], string> = {
  depth: "MAX_DEPTH_LIMIT",
  height: "MAX_HEIGHT_LIMIT",
  aliases: "MAX_ALIASES_LIMIT",
  rootFields: "MAX_ROOT_FIELDS_LIMIT",
  directives: "MAX_DIRECTIVES_LIMIT",
  cost: "COST_ESTIMATED_TOO_EXPENSIVE",
};

function shapeExcesses({ shape }: AskedOperation, limits: Record<ShapeLimit, number>): Excess[] {
  return shapeLimits.flatMap((limit) => {
    const isBounded = limit === "rootFields" && shape.isMutation;
    const most = isBounded ? Math.min(limits[limit], mostMutationFields) : limits[limit];
    return shape[limit] > most ? [{ limit, value: shape[limit], most }] : [];
  });
}

function messageOf({ limit, most }: Excess, { shape }: AskedOperation): string {
  switch (limit) {
    case "depth":
      return `An operation may be at most ${most} fields deep; ask for less at once.`;
    case "height":
      return `An operation may have at most ${most} fields, fragments expanded; ask for less at once.`;
    case "aliases":
      return `An operation may have at most ${most} aliases, fragments expanded; send several operations.`;
    case "rootFields":
      return `A ${shape.isMutation ? "mutation" : "query"} may have at most ${most} root fields; send the others in requests of their own.`;
    case "directives":
      return `A document may have at most ${most} directives.`;
    case "cost":
      return `The operation may return too much: ask for shorter lists or fewer fields.`;
  }
}

export function operationLimits({ rules, read, estimateOf, metrics, logger }: OperationLimits): OperationStep {
  const outcome = rules.mode === "enforce" ? "refused" : "measured";
  return (request, next) => {
    const asked = read(request);
    if (!asked) return next();
    const { scope } = request;
    const client = clientClassOf(scope);
    const limits = rules.classes[client];
    const exceed = (excess: Excess) => {
      const { limit, value, most } = excess;
      metrics.exceeded.inc({ limit, client, outcome });
      if (outcome === "refused") throw refusal(400, codes[limit], messageOf(excess, asked));
      logger.info({ requestId: scope.requestId, client, limit, value, most }, "An operation is above a limit");
    };
    for (const excess of shapeExcesses(asked, limits)) exceed(excess);
    const cost = estimateOf(request);
    if (cost === undefined) return next();
    scope.cost ??= { estimated: cost };
    const isExcessive = cost > limits.cost;
    metrics.costs.observe({ client, outcome: isExcessive ? outcome : "allowed" }, cost);
    if (isExcessive) exceed({ limit: "cost", value: cost, most: limits.cost });
    return next();
  };
}
