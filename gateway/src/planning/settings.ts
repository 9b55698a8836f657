// Variables of planning; env.ts reads them.
import { milliseconds } from "@tradegraph/kit/env";
import { z } from "zod";
import { type PlanningRules } from "./open-planning.ts";

export const planningSettings = {
  PLAN_TIMEOUT_MS: milliseconds(2_000)
    .refine((ms) => ms >= 100, "must be 100 or more")
    .describe("Longest that planning one operation may take; beyond it the operation is refused."),
  PLAN_CACHE_MIB: z.coerce.number().int().min(1).max(4_096).default(30).describe("Memory for plans."),
  PLAN_WARM_UP: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(100)
    .describe("How many of the operations used last are planned for a new schema before it answers."),
  PLAN_WARM_UP_MS: milliseconds(30_000).describe("Longest that a new schema waits for plans; 0 waits for none."),
};

type Settings = { [K in keyof typeof planningSettings]: z.output<(typeof planningSettings)[K]> };

export const planningRulesOf = (env: Settings): PlanningRules => ({
  timeoutMs: env.PLAN_TIMEOUT_MS,
  cacheBytes: env.PLAN_CACHE_MIB * 1024 * 1024,
  warmUp: env.PLAN_WARM_UP,
  warmUpMs: env.PLAN_WARM_UP_MS,
});
