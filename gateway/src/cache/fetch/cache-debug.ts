// Describes where the parts of an answer came from, for who debugs.
import { type DebuggedPart, type DebugWarning } from "./debugged-part.ts";
import { type CacheEntry } from "../store/entry.ts";
import { type Part, type PartAnswer } from "./part.ts";

/** What is told of any part. */
export interface DebugSubject {
  part: Part;
  kind: DebuggedPart["kind"];
  subgraph: string;
  request: DebuggedPart["subgraphRequest"];
  /** Undefined for what is not kept for this caller. */
  kept: { key: string; variant: string } | undefined;
}

const controlLink = {
  url: "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Cache-Control",
  title: "Cache-Control header documentation",
};
const warningsFor = {
  violation: "The policy says that everybody may see this, but the subgraph answered `private` or `no-store`.",
  refused: "The policy says that everybody may see this, but the subgraph refused it to a visitor.",
  lost: "An error of another field took this value away, so it was asked for again.",
};

function warnings(maxAge: number | undefined, unfit: PartAnswer["unfit"]): DebugWarning[] {
  const told: DebugWarning[] = [];
  if (unfit) told.push({ code: `POLICY_${unfit.toUpperCase()}`, links: [], message: warningsFor[unfit] });
  else if (maxAge === undefined) {
    const message = "This may not be kept: it has no policy, an error, or no report of what it depends on.";
    told.push({ code: "CACHE_CONTROL_NO_STORE", links: [controlLink], message });
  } else if (maxAge < 60) {
    const message = "This is kept for less than a minute, so it will seldom be found.";
    told.push({ code: "CACHE_CONTROL_SMALL_MAX_AGE", links: [controlLink], message });
  }
  return told;
}

/** Describes a part for who debugs. */
export function debugPart(
  { part, kind, subgraph, request, kept }: DebugSubject,
  source: DebuggedPart["source"],
  answer: Pick<PartAnswer, "text" | "unfit"> & { entry: CacheEntry | undefined },
): DebuggedPart {
  const { entry, text } = answer;
  const isPrivate = part.policy?.scope === "PRIVATE";
  return {
    ...{ key: kept?.key ?? "", invalidationKeys: entry?.tags ?? [], kind, subgraphName: subgraph },
    ...{ subgraphRequest: request, source },
    cacheControl: {
      created: Math.floor((entry?.storedAt ?? Date.now()) / 1_000),
      ...(entry ? { maxAge: entry.maxAge } : { noStore: true as const }),
      ...(entry && (isPrivate ? { private: true as const } : { public: true as const })),
    },
    shouldStore: entry !== undefined,
    ...(isPrivate && kept && { hashedPrivateId: kept.variant }),
    data: { data: text ? (JSON.parse(text) as unknown) : null },
    warnings: warnings(entry?.maxAge, answer.unfit),
  };
}
