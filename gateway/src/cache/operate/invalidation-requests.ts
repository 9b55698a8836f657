// What `POST /invalidation` takes: items in the shape of Apollo Router, and with `?v=ours` some more kinds and options.
import { anyTag, declaredTag, entityTag, someTag, subgraphTag, tenantTag, typeTag } from "@tradegraph/kit/cache-tags";
import { z } from "zod";
import { badRequest } from "../../http/refusal.ts";
import { canonicalJson } from "../store/cache-key.ts";
import { type Wait } from "../log/invalidation-log.ts";

/** Items of one request. */
export const maxItems = 1_000;
/** Problems that are told at once. */
const maxProblems = 5;

const name = z.string().min(1).max(200);
/** Tags are made of arguments, so they may hold anything. */
const tag = z.string().min(1).max(1_024);

const apolloItems = [
  z.strictObject({ kind: z.literal("subgraph"), subgraph: name }),
  z.strictObject({ kind: z.literal("type"), subgraph: name, type: name }),
  z.strictObject({ kind: z.literal("cache_tag"), subgraphs: z.array(name).min(1).max(100), cache_tag: tag }),
] as const;

const options = { soft: z.boolean().optional(), wait: z.enum(["none", "strict"]).optional() };
const ourItems = [
  apolloItems[0].extend(options),
  apolloItems[1].extend(options),
  apolloItems[2].extend(options),
  z.strictObject({
    ...{ kind: z.literal("entity"), type: name, ...options },
    key: z.record(z.string(), z.json()).refine((key) => Object.keys(key).length > 0, "must name a field of the key"),
    tenant: name.optional(),
  }),
  z.strictObject({ kind: z.literal("tenant"), tenant: name, ...options }),
] as const;

const shapes = {
  apollo: z.array(z.discriminatedUnion("kind", apolloItems)),
  ours: z.array(z.discriminatedUnion("kind", ourItems)),
};

export type InvalidationVersion = keyof typeof shapes;
export type InvalidationItem = z.infer<typeof shapes.ours>[number];

/** What a request asks for. */
export interface AskedInvalidation {
  items: readonly InvalidationItem[];
  /** Each once. */
  hard: string[];
  soft: string[];
  wait: Wait;
}

/** @throws GraphQLError 400 that says what is wrong where */
export function readInvalidation(body: unknown, version: InvalidationVersion): AskedInvalidation {
  // Before the items are looked at: what is wrong with a million of them is not worth finding out.
  if (Array.isArray(body) && body.length > maxItems) throw badRequest(`Send at most ${maxItems} items at once.`);
  const read = shapes[version].safeParse(body);
  if (!read.success) throw badRequest(problemsOf(read.error.issues, version));
  const items: readonly InvalidationItem[] = read.data;
  const hard = new Set(items.filter(({ soft }) => !soft).flatMap(tagsOf));
  const soft = new Set(items.filter((item) => item.soft).flatMap(tagsOf));
  return {
    items,
    hard: [...hard],
    // What is forgotten need not be outdated as well.
    soft: [...soft].filter((one) => !hard.has(one)),
    wait: items.some(({ wait }) => wait === "strict") ? "strict" : "none",
  };
}

/** The subgraphs that an item is about; undefined when it may concern all. */
export function subgraphsOf(item: InvalidationItem): readonly string[] | undefined {
  if (item.kind === "cache_tag") return item.subgraphs;
  return "subgraph" in item ? [item.subgraph] : undefined;
}

function tagsOf(item: InvalidationItem): string[] {
  switch (item.kind) {
    case "subgraph":
      return [subgraphTag(item.subgraph)];
    case "type":
      return [typeTag(item.subgraph, item.type)];
    case "cache_tag":
      return item.subgraphs.map((subgraph) => declaredTag(subgraph, item.cache_tag));
    case "tenant":
      return [tenantTag(item.tenant)];
    case "entity":
      return entityTags(item);
  }
}

/**
 * Subgraphs name documents by their id alone, the gateway names entities by their whole key, and an answer that shows too
 * many of a type names some. With a tenant, answers go too that may show it for all that anybody knows.
 */
function entityTags({ type, key, tenant }: Extract<InvalidationItem, { kind: "entity" }>): string[] {
  const { id, ...others } = key;
  const isDocument = (typeof id === "string" || typeof id === "number") && Object.keys(others).length === 0;
  return [
    ...(isDocument ? [entityTag(type, String(id))] : []),
    entityTag(type, canonicalJson(key)),
    someTag(type),
    ...(tenant === undefined ? [] : [anyTag(tenant, type)]),
  ];
}

function problemsOf(issues: readonly z.core.$ZodIssue[], version: InvalidationVersion): string {
  const lines = issues.slice(0, maxProblems).map((issue) => {
    const [index, ...path] = issue.path;
    const field = path.length > 0 ? `, ${path.join(".")}` : "";
    return index === undefined
      ? "The body must be an array of items."
      : `Item ${String(index)}${field}: ${issue.message}.`;
  });
  const more = issues.length > maxProblems ? [`There are ${issues.length - maxProblems} more problems.`] : [];
  const kinds = version === "apollo" ? ["Kinds are subgraph, type and cache_tag."] : [];
  return [...lines, ...more, ...kinds].join(" ");
}
