// Variables of the limits; env.ts reads them.
import { type ClientClass } from "@tradegraph/kit/client-class";
import { shapeLimitSettings, shapeLimitsOf } from "@tradegraph/kit/shape-limit-settings";
import { z } from "zod";
import { defaultCosts, type LimitRules } from "./limit-rules.ts";

const cost = (fallback: number) => z.coerce.number().int().min(1).default(fallback);

export const limitSettings = () => ({
  ...shapeLimitSettings(),
  LIMIT_COST_APPS: cost(defaultCosts.app).describe("Highest estimated cost of an operation of visitors and users."),
  LIMIT_COST_DEVELOPERS: cost(defaultCosts.developer).describe("The same for staff with the area DEVELOPMENT."),
  LIMIT_COST_PARTNERS: cost(defaultCosts.partner).describe("The same for partners."),
  LIMIT_LIST_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(10)
    .describe("Elements that the estimate takes for a list about which the schema says nothing."),
});

type Settings = z.infer<z.ZodObject<ReturnType<typeof limitSettings>>>;

const costSettings = {
  app: "LIMIT_COST_APPS",
  developer: "LIMIT_COST_DEVELOPERS",
  partner: "LIMIT_COST_PARTNERS",
} as const satisfies Record<ClientClass, keyof Settings>;

export function limitRulesOf(env: Settings): LimitRules {
  const limitsOf = (client: ClientClass) => ({
    ...shapeLimitsOf(env, client),
    cost: env[costSettings[client]],
  });
  return {
    mode: env.LIMITS_MODE,
    classes: { app: limitsOf("app"), developer: limitsOf("developer"), partner: limitsOf("partner") },
    listSize: env.LIMIT_LIST_SIZE,
    tellsCost: true,
  };
}
