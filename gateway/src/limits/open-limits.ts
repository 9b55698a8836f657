// Puts the limits together: two steps for the chain of operations, and the estimate for whoever needs it before.
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { LRUCache } from "lru-cache";
import { tellCost } from "../http/cost-extension.ts";
import { operationLimits } from "../http/operation-limits.ts";
import { type OperationRequest, type OperationStep } from "../http/steps.ts";
import { createAskedOperations } from "./asked-operations.ts";
import { type CostEstimator } from "./cost-estimator.ts";
import { createLimitMetrics } from "./limit-metrics.ts";
import { type LimitRules } from "./limit-rules.ts";

export interface LimitOptions {
  rules: LimitRules;
  /** Of the graph that answers now; undefined while its policy file says nothing about cost. */
  costs: () => CostEstimator | undefined;
  logger: Logger;
  metrics: Registry;
}

export interface OpenLimits {
  /** In front of the execution: refuses what is too large. */
  step: OperationStep;
  /** In front of the cache: tells partners and developers what it cost; lets apps pass. */
  tell: OperationStep;
  /** Estimated cost, remembered, for steps before the cache; undefined where it cannot be told. */
  estimateOf: (request: OperationRequest) => number | undefined;
}

interface Estimate {
  by: CostEstimator;
  cost: number | undefined;
}

const memorySize = { max: 5_000, maxSize: 16 * 1_024 * 1_024 };

export function openLimits({ rules, costs, logger, metrics }: LimitOptions): OpenLimits {
  const read = createAskedOperations();
  /** By what came over HTTP, so that nothing is parsed for a request that came before. */
  const byText = new LRUCache<string, Estimate>({ ...memorySize, sizeCalculation: (_, key) => 2 * key.length + 100 });
  const byRequest = new WeakMap<OperationRequest, Estimate>();

  const estimateOf = (request: OperationRequest): number | undefined => {
    const by = costs();
    if (!by) return undefined;
    const text = request.method === "GET" ? request.search : request.bodyText;
    const known = byRequest.get(request) ?? (text === undefined ? undefined : byText.get(text));
    if (known?.by === by) return known.cost;
    const asked = read(request);
    const cost = asked && by.estimate(asked.document, asked.operationName, asked.variables);
    const estimate = { by, cost };
    // What stands in a mutation may be a password, which has no place in memory.
    if (text === undefined || (asked?.shape.isMutation ?? true)) byRequest.set(request, estimate);
    else byText.set(text, estimate);
    return cost;
  };
  const actualOf = (request: OperationRequest, data: Record<string, unknown> | null): number | undefined => {
    const asked = read(request);
    return asked && costs()?.actual(asked.document, asked.operationName, asked.variables, data);
  };

  return {
    estimateOf,
    step: operationLimits({ rules, read, estimateOf, metrics: createLimitMetrics(metrics), logger }),
    tell: rules.tellsCost ? tellCost({ estimateOf, actualOf }) : (request, next) => next(request),
  };
}
