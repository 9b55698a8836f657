// How large operations may be, by kind of client.
import { type ClientClass } from "@tradegraph/kit/client-class";
import { defaultShapeLimits, type ShapeLimits } from "@tradegraph/kit/shape-limits";

export interface ClassLimits extends ShapeLimits {
  cost: number;
}

export interface LimitRules {
  /** `measure` only counts and logs what is above a limit. */
  mode: "measure" | "enforce";
  classes: Record<ClientClass, ClassLimits>;
  /** Elements of a list about which the schema says nothing. */
  listSize: number;
  /** Tells partners and developers what their operations cost. */
  tellsCost: boolean;
}

/** Selections after expanding fragments, in each mode; also bounds what the planner sees. */
export const maxRecursiveSelections = 10_000;

/** Apps may ask for each of our own operations with the longest pages. */
export const defaultCosts: Record<ClientClass, number> = { app: 20_000, developer: 50_000, partner: 10_000 };

const forAllClasses = (limitsOf: (client: ClientClass) => ClassLimits): LimitRules["classes"] => ({
  app: limitsOf("app"),
  developer: limitsOf("developer"),
  partner: limitsOf("partner"),
});

export const defaultLimits: LimitRules = {
  ...{ mode: "enforce", listSize: 10, tellsCost: false },
  classes: forAllClasses((client) => ({ ...defaultShapeLimits, cost: defaultCosts[client] })),
};

const boundless = Number.MAX_SAFE_INTEGER;

/** Bounds the fields of a mutation and nothing else. */
export const mutationFieldsOnly: LimitRules = {
  ...{ mode: "enforce", listSize: 10, tellsCost: false },
  classes: forAllClasses(() => ({
    ...{ depth: boundless, height: boundless, aliases: boundless, rootFields: boundless, directives: boundless },
    cost: boundless,
  })),
};
