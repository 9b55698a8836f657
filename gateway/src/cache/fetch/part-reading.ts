// What of a subgraph's answer to one part may be kept, for how long, and whether everybody may see it.
import { subgraphTag, tenantTag, typeTag } from "@tradegraph/kit/cache-tags";
import { type AnswerLimits } from "./answer-limits.ts";
import { type CachePolicy } from "../policy/cache-policy.ts";
import { type CacheEntry } from "../store/entry.ts";
import { absentText, type Part, type PartAnswer, type PartSaid, type Unfit } from "./part.ts";
import { collapseTags } from "./part-tags.ts";

/** Codes of errors that another caller may not get. */
const refusals = new Set<unknown>(["UNAUTHENTICATED", "FORBIDDEN"]);

/** Tags of a part that are known before it is asked for. */
export const staticTags = (part: Part, subgraph: string, tenantId: string): string[] => [
  ...[subgraphTag(subgraph), tenantTag(tenantId)],
  ...part.types.map((type) => typeTag(subgraph, type)),
  ...part.declaredTags(),
];

/** One answer of a subgraph, as far as all its parts have it in common. */
export interface Asked {
  subgraph: string;
  tenantId: string;
  /** Place in the log before the question was sent; undefined when nobody knew. */
  position: number | undefined;
  /** Milliseconds since 1970. */
  answeredAt: number;
  tookMs: number;
  limits: AnswerLimits;
  /** Of any part: then subgraphs say `no-store` of all, which blames no other part. */
  hasErrors?: boolean;
}

function unfitReason(
  policy: CachePolicy,
  { text, errors, isLost }: PartSaid,
  { isPrivate, noStore }: AnswerLimits,
  hasErrors: boolean,
): Unfit | undefined {
  if (isLost) return "lost";
  // Of what was left out nothing is said: a subgraph has no policy for an answer without any field.
  if (policy.scope === "PRIVATE" || text === absentText) return undefined;
  if (errors.some(({ error }) => refusals.has(error.extensions?.code))) return "refused";
  // Errors are never to be kept, and subgraphs say so with the same header; anybody can make one beside another part.
  return errors.length === 0 && (isPrivate || (noStore && !hasErrors)) ? "violation" : undefined;
}

/** @returns undefined for what may not be kept */
function keptFor(policy: CachePolicy, text: string, { noStore, maxAge: left = Infinity }: AnswerLimits) {
  if (noStore) return undefined;
  const isNegative = text === "null";
  const maxAge = Math.floor(Math.min(isNegative ? Math.min(policy.negative, policy.maxAge) : policy.maxAge, left));
  if (maxAge <= 0) return undefined;
  // That something is not there is not worth showing for longer than it is true.
  return isNegative ? { maxAge, swr: 0, sie: 0 } : { maxAge, swr: policy.swr, sie: policy.sie };
}

function entryOf(part: Part, policy: CachePolicy, said: PartSaid, limits: AnswerLimits, asked: Asked) {
  const { subgraph, tenantId, position, answeredAt, tookMs } = asked;
  const { text, errors } = said;
  if (text === undefined || errors.length > 0 || !said.tags || position === undefined) return undefined;
  const kept = keptFor(policy, text, limits);
  const tags = kept && collapseTags([...staticTags(part, subgraph, tenantId), ...said.tags], tenantId);
  if (!kept || !tags) return undefined;
  return {
    ...{ bytes: Buffer.from(text), tags, sources: [subgraph], position, storedAt: answeredAt, ...kept },
    meta: { tookMs: Math.round(tookMs) },
  } satisfies CacheEntry;
}

/** Decides about one part. */
export function readPart(part: Part, policy: CachePolicy, said: PartSaid, asked: Asked): PartAnswer {
  const limits = said.limits ?? asked.limits;
  const unfit = unfitReason(policy, said, limits, asked.hasErrors ?? false);
  const entry = unfit ? undefined : entryOf(part, policy, said, limits, asked);
  return {
    ...{ text: said.text, errors: said.errors, entry, unfit },
    ...{ tags: entry?.tags ?? [], position: asked.position ?? -1 },
  };
}
