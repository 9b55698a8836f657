// Entities of a fetch, each kept for itself: equal ones are asked for once, and those that are kept not at all.
import { type CacheAnswer } from "@tradegraph/kit/cache-answer";
import { entityTag } from "@tradegraph/kit/cache-tags";
import { type ClientFetch, type OriginAnswer } from "../../data-source.ts";
import { readEntityLimits } from "./answer-limits.ts";
import { assembleAnswer } from "./assembled-answer.ts";
import { canonicalJson } from "../store/cache-key.ts";
import { type FetchPolicy } from "../policy/cache-policy.ts";
import { answerParts } from "./cached-parts.ts";
import { type CachingOptions } from "./caching-options.ts";
import { type Part, type PartError, type PartSaid, type PartsOfFetch } from "./part.ts";
import { reportedTags } from "./part-tags.ts";

type EntitiesPolicy = Extract<FetchPolicy, { kind: "entities" }>;
type Representation = Readonly<Record<string, unknown>>;

interface Entity extends Part {
  representation: Representation;
}

/** Extensions by which our subgraphs and Apollo's tell of each entity. */
type EntityAnswer = CacheAnswer & { cachePolicies?: unknown[] };

/** Its key as `POST /invalidation` names it; fields that it `@requires` come with it and are no part of the key. */
function keyTags(typeName: string, { __typename, ...fields }: Representation): string[] {
  const tags = [entityTag(typeName, canonicalJson(fields))];
  if (fields.id !== undefined) tags.push(entityTag(typeName, canonicalJson({ id: fields.id })));
  return tags;
}

function entityOf(
  { byType, document, variables }: EntitiesPolicy,
  representation: Representation,
  text: string,
  given: Readonly<Record<string, unknown>>,
): Entity {
  const typeName = String(representation.__typename);
  const part = byType.get(typeName);
  const used = Object.fromEntries(variables.map((name) => [name, given[name]]));
  return {
    ...{ representation, typeName, label: part ? typeName : "-", policy: part?.policy, types: part?.types ?? [] },
    identity: [document, canonicalJson(used), text],
    declaredTags: () => [...(part?.tagsOf(representation) ?? []), ...keyTags(typeName, representation)],
  };
}

/** Splits an answer into its entities. @throws Error when there are not as many as were asked for */
function readEntities(
  { policy: { subgraph }, reportsTags: isOurs }: CachingOptions,
  { responseName }: EntitiesPolicy,
  { data, errors = [], extensions }: OriginAnswer,
  asked: readonly Entity[],
): PartSaid[] {
  const list = data?.[responseName];
  if (list !== null && list !== undefined && (!Array.isArray(list) || list.length !== asked.length)) {
    throw new Error(`The ${subgraph} service did not answer with as many entities as it was asked for.`);
  }
  const values = (list ?? []) as unknown[];
  const own = new Map<number, PartError[]>();
  const general: PartError[] = [];
  for (const error of errors) {
    const [name, index, ...below] = error.path ?? [];
    const isPlaced = name === responseName && typeof index === "number" && index < asked.length;
    if (isPlaced) own.set(index, [...(own.get(index) ?? []), { error, path: below }]);
    else general.push({ error, path: undefined });
  }
  const told = extensions as EntityAnswer | undefined;
  return asked.map((_, index) => ({
    text: index in values ? JSON.stringify(values[index] ?? null) : undefined,
    isLost: !(index in values) && errors.length > 0 && general.length === 0 && !own.has(index),
    errors: [...(own.get(index) ?? []), ...general],
    tags: reportedTags(told, told?.apolloEntityCacheTags?.[index], { subgraph, isOurs }),
    limits: readEntityLimits(told?.cachePolicies?.[index]),
  }));
}

/** @returns undefined when nothing of it may be kept for this caller */
export async function answerEntities(options: CachingOptions, fetch: ClientFetch, policy: EntitiesPolicy) {
  const variables: Readonly<Record<string, unknown>> = fetch.request.variables ?? {};
  const representations = variables[policy.representations];
  if (!Array.isArray(representations)) return undefined;
  const entities = new Map<string, Entity>();
  const places = (representations as Representation[]).map((representation) => {
    const text = canonicalJson(representation);
    const entity = entities.get(text) ?? entityOf(policy, representation, text, variables);
    entities.set(text, entity);
    return entity;
  });
  const request: PartsOfFetch<Entity> = {
    ...{ level: "entity", subgraph: options.policy.subgraph, parts: [...entities.values()] },
    kindOf({ typeName, representation: { __typename, ...entityKey } }) {
      return { typename: typeName, entityKey };
    },
    question: (some) => ({
      query: policy.document,
      variables: { ...variables, [policy.representations]: some.map(({ representation }) => representation) },
    }),
    read: (answer, some) => readEntities(options, policy, answer, some),
  };
  const outcomes = await answerParts(options, fetch, request);
  if (!outcomes) return undefined;
  const placed = places.flatMap((entity, index) => {
    const outcome = outcomes.get(entity);
    return outcome ? [{ path: [policy.responseName, index], outcome }] : [];
  });
  const dataText = () => {
    const texts = placed.map(({ outcome }) => ("failure" in outcome ? undefined : outcome.text) ?? "null");
    return `{${JSON.stringify(policy.responseName)}:[${texts.join(",")}]}`;
  };
  return assembleAnswer(fetch, placed, dataText);
}
