// Which models take part in caching. What is read of another makes an answer one that nobody may keep, and a write of
// another tells nobody anything; so each model that a cached answer shows needs a rule.

export interface CacheRule {
  /** Fields of the text index, which `$text` looks into. */
  textFields?: readonly string[];
  /** Top-level fields that no answer shows: what writes only them tells nobody, and a query by one of them is not kept. */
  hiddenFields?: readonly string[];
}

/** By model name; a subgraph's `cache-rules.ts`. */
export type CacheRules = Readonly<Record<string, CacheRule>>;

const ruleByModel = new WeakMap<object, CacheRule>();

interface RuledModel {
  modelName: string;
  schema: { path: (name: string) => unknown };
}

/**
 * Puts the rules on the models, in place.
 *
 * @throws Error when a rule names no model, or one without an outbox: nobody would hear of writes that no request makes
 */
export function withCacheRules<M extends object>(rules: CacheRules, models: M): M {
  for (const [name, rule] of Object.entries(rules)) {
    const model = (models as Record<string, RuledModel | undefined>)[name];
    if (model?.modelName !== name) throw new Error(`cache-rules.ts names ${name}, which is no model.`);
    if (!model.schema.path("hasOutbox")) throw new Error(`${name} has a cache rule, so its documents need an outbox.`);
    ruleByModel.set(model, rule);
  }
  return models;
}

/** @returns undefined for a model that takes no part */
export const cacheRuleOf = (model: object): CacheRule | undefined => ruleByModel.get(model);
