// How large operations may be, by kind of client.
import { type ClientClass } from "../operations/client-class.ts";

/** Each has a code, see refuse-limit.ts, and a setting. */
export const shapeLimits = ["depth", "height", "rootFields", "aliases", "directives"] as const;
export type ShapeLimit = (typeof shapeLimits)[number];

export type ClassLimits = Record<ShapeLimit | "cost", number>;

export interface LimitRules {
  /** `measure` only counts and logs what is above a limit. */
  mode: "measure" | "enforce";
  classes: Record<ClientClass, ClassLimits>;
  /** Elements of a list about which the schema says nothing. */
  listSize: number;
  /** Tells partners and developers what their operations cost. */
  tellsCost: boolean;
}

/** About three times the largest operation of our own clients, see docs/LIMITS.md; GraphiQL's introspection passes. */
export const defaultShapeLimits: Record<ShapeLimit, number> = {
  depth: 25,
  height: 500,
  aliases: 30,
  rootFields: 20,
  directives: 50,
};

/** A rate limit counts requests: with aliases one request could try a hundred passwords. */
export const mostMutationFields = 10;

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
