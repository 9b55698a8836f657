// Root fields of a fetch, each kept for itself.
import { type CacheAnswer } from "@tradegraph/kit/cache-answer";
import { type ClientFetch, type OriginAnswer } from "../../data-source.ts";
import { assembleAnswer } from "./assembled-answer.ts";
import { canonicalJson } from "../store/cache-key.ts";
import { type FetchPolicy, type RootPart } from "../policy/cache-policy.ts";
import { answerParts } from "./cached-parts.ts";
import { type CachingOptions } from "./caching-options.ts";
import { absentText, type Part, type PartSaid, type PartsOfFetch } from "./part.ts";
import { reportedTags } from "./part-tags.ts";

interface RootField extends Part {
  responseName: string;
  variables: Readonly<Record<string, unknown>>;
}

type Variables = Readonly<Record<string, unknown>>;

const pick = (variables: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));

function rootField(part: RootPart, given: Variables): RootField {
  const variables = pick(given, part.variables);
  const { responseName, fieldName, policy, types, document } = part;
  return {
    ...{ responseName, variables, typeName: fieldName, label: "Query", policy, types },
    identity: [document, canonicalJson(variables)],
    declaredTags: () => part.tagsOf(variables),
  };
}

/** Splits an answer into its root fields. */
function readRoots(
  { policy: { subgraph }, reportsTags: isOurs }: CachingOptions,
  { data, errors = [], extensions }: OriginAnswer,
  asked: readonly RootField[],
): PartSaid[] {
  const told = extensions as CacheAnswer | undefined;
  const names = new Set<unknown>(asked.map(({ responseName }) => responseName));
  const general = errors.filter(({ path }) => !names.has(path?.[0]));
  return asked.map(({ responseName }) => {
    const own = errors.filter(({ path }) => path?.[0] === responseName);
    const value = data && Object.hasOwn(data, responseName) ? data[responseName] : undefined;
    const isSkipped = value === undefined && data !== null && data !== undefined && errors.length === 0;
    return {
      text: isSkipped ? absentText : JSON.stringify(value),
      isLost: value === undefined && !isSkipped && own.length === 0 && general.length === 0,
      errors: [
        ...own.map((error) => ({ error, path: error.path?.slice(1) })),
        ...general.map((error) => ({ error, path: undefined })),
      ],
      // Nothing was read for what was left out.
      tags: isSkipped ? [] : reportedTags(told, told?.cacheTagsByField?.[responseName], { subgraph, isOurs }),
      limits: undefined,
    };
  });
}

/** @returns undefined when nothing of it may be kept for this caller */
export async function answerRoots(
  options: CachingOptions,
  fetch: ClientFetch,
  { parts: rootParts, documentOf }: Extract<FetchPolicy, { kind: "roots" }>,
) {
  const parts = rootParts.map((part) => rootField(part, fetch.request.variables ?? {}));
  const request: PartsOfFetch<RootField> = {
    ...{ level: "root", subgraph: options.policy.subgraph, parts },
    kindOf: ({ typeName }) => ({ rootFields: [typeName] }),
    question: (some) => ({
      query: documentOf(some.map(({ responseName }) => responseName)),
      variables: Object.assign({}, ...some.map(({ variables }) => variables)) as Record<string, unknown>,
    }),
    read: (answer, some) => readRoots(options, answer, some),
  };
  const outcomes = await answerParts(options, fetch, request);
  if (!outcomes) return undefined;
  const placed = parts.flatMap((part) => {
    const outcome = outcomes.get(part);
    return outcome ? [{ path: [part.responseName], outcome }] : [];
  });
  const dataText = () => {
    const fields = placed.flatMap(({ path: [name], outcome }) => {
      const text = "failure" in outcome ? undefined : outcome.text;
      return text === absentText ? [] : [`${JSON.stringify(name)}:${text ?? "null"}`];
    });
    return `{${fields.join(",")}}`;
  };
  return assembleAnswer(fetch, placed, dataText, (failed) => failed.map(({ path: [name] }) => String(name)));
}
