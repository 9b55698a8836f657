// Asks a subgraph for parts that may be kept: one question for all parts of a fetch that are asked for the same viewer, and
// none where somebody else asks the same just now.
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import DataLoader from "dataloader";
import { type OriginAnswer } from "../../data-source.ts";
import { type AnswerLimits, readAnswerLimits } from "./answer-limits.ts";
import { type CachePolicy } from "../policy/cache-policy.ts";
import { type CachingOptions } from "./caching-options.ts";
import { systemClock } from "../store/freshness.ts";
import { isAsRecent } from "../log/log-position.ts";
import { type Part, type PartAnswer, type PartsOfFetch } from "./part.ts";
import { readPart } from "./part-reading.ts";

/** A part that is kept for a caller. */
export interface KeptPart<P extends Part = Part> {
  part: P;
  policy: CachePolicy;
  /** Empty without the log: then it is neither looked for nor kept. */
  key: string;
  /** What of the caller is in the key. */
  variant: string;
  /** Whom the subgraph sees. */
  viewer: Viewer;
  /** Those that are known before it is asked for. */
  tags: () => readonly string[];
}

/** Parts that go to a subgraph in one question. */
interface Together<P extends Part> {
  viewer: Viewer;
  asked: readonly KeptPart<P>[];
}

/** Asks for one part; those that are asked for in the same turn of the event loop go together. @throws PublicError */
export type AskPart<P extends Part> = (kept: KeptPart<P>) => Promise<PartAnswer>;

/**
 * Of a subgraph that reports for each part what it depends on, the schema tells the times of each part too: its header
 * is the shortest of all that were asked together, and only forbids.
 */
function limitsOf({ headers }: OriginAnswer, { reportsTags }: CachingOptions): AnswerLimits {
  const limits = readAnswerLimits(headers);
  return reportsTags && limits.maxAge !== 0 ? { ...limits, maxAge: undefined } : limits;
}

/** @param position read before the question is sent: what changes later may be missing in the answer */
async function askTogether<P extends Part>(
  options: CachingOptions,
  request: PartsOfFetch<P>,
  { viewer, asked: together }: Together<P>,
  position: number | undefined,
): Promise<PartAnswer[]> {
  const { clock = systemClock, origin, policy, reportsTags, store } = options;
  const parts = together.map(({ part }) => part);
  const begun = clock.monotonic();
  // Others may wait for it too, so it neither ends with this caller nor bears the id of his request.
  const answer = await origin({
    ...{ ...request.question(parts), viewer, requestId: randomUUID(), asksForTags: reportsTags },
  });
  const asked = {
    ...{ subgraph: policy.subgraph, tenantId: viewer.tenantId, position },
    ...{ answeredAt: clock.wall(), tookMs: clock.monotonic() - begun, limits: limitsOf(answer, options) },
    hasErrors: (answer.errors?.length ?? 0) > 0,
  };
  const said = request.read(answer, parts);
  const violating = new Set<string>();
  const answers = together.map(({ part, policy: partPolicy, key }, index) => {
    const answered = readPart(part, partPolicy, said[index] as NonNullable<(typeof said)[number]>, asked);
    if (answered.entry) store.keep(key, answered.entry);
    else if (answered.unfit === "violation") violating.add(coordinateOf(request, part));
    return answered;
  });
  if (violating.size > 0) reportViolation(options, violating);
  return answers;
}

/** Whether the subgraph sees nobody, so that everybody of a tenant is told the same. */
export const isForEverybody = ({ policy, viewer }: Pick<KeptPart, "policy" | "viewer">): boolean =>
  policy.scope === "PUBLIC" && isDeepStrictEqual(viewer, anonymousViewer(viewer.tenantId));

/** While the log has no position nobody can join a question under way; those for everybody are asked in turns instead. */
async function askWithoutLog<P extends Part>(
  options: CachingOptions,
  request: PartsOfFetch<P>,
  together: Together<P>,
): Promise<PartAnswer[]> {
  const { log, metrics, turns } = options;
  const { viewer, asked } = together;
  if (!asked.every(isForEverybody)) return askTogether(options, request, together, log.position());
  // Answers come in the order of the parts, which is a part of the question.
  const key = JSON.stringify([viewer, request.level, asked.map(({ part }) => part.identity)]);
  let isJoined = true;
  const answers = await turns.take(key, () => {
    isJoined = false;
    // What is shared by this rule is not kept, though the log may be there again when it is asked for.
    return askTogether(options, request, together, undefined);
  });
  if (isJoined) metrics.joins.inc({ level: request.level }, asked.length);
  return answers;
}

function reportViolation({ quarantine, metrics, logger, policy: { subgraph } }: CachingOptions, parts: Set<string>) {
  const isKnown = quarantine.blame(parts);
  metrics.violations.inc({ subgraph });
  logger.error({ subgraph, parts: [...parts], isKnown }, "A private answer to a question for everybody");
}

/** Name of a part in its subgraph, whatever clients call it. */
export const coordinateOf = ({ level, subgraph }: { level: string; subgraph: string }, { typeName }: Part): string =>
  `${subgraph}:${level}:${typeName}`;

/** Questions of one fetch. */
export function createAskPart<P extends Part>(options: CachingOptions, request: PartsOfFetch<P>): AskPart<P> {
  const { flights, log, metrics } = options;
  const loaders = new Map<string, DataLoader<KeptPart<P>, PartAnswer>>();
  const load = (kept: KeptPart<P>) => {
    const { viewer, part } = kept;
    const coordinate = coordinateOf(request, part);
    const isLogged = kept.key !== "" && log.position() !== undefined;
    const name = JSON.stringify([viewer, options.quarantine.isSuspect(coordinate) ? coordinate : null, isLogged]);
    let loader = loaders.get(name);
    if (!loader) {
      const ask = (asked: readonly KeptPart<P>[]) =>
        isLogged
          ? askTogether(options, request, { viewer, asked }, log.position())
          : askWithoutLog(options, request, { viewer, asked });
      loader = new DataLoader(ask, { cache: false });
      loaders.set(name, loader);
    }
    return loader.load(kept);
  };
  return async (kept) => {
    if (kept.key === "") return load(kept);
    const begun = log.position();
    let isJoined = true;
    const answer = await flights.run(kept.key, kept.tags(), () => {
      isJoined = false;
      return load(kept);
    });
    if (!isJoined) return answer;
    metrics.joins.inc({ level: request.level });
    // Nobody knows what an answer without tags depends on; it will do as long as nothing at all has changed.
    const isRecent = answer.entry !== undefined || (begun !== undefined && isAsRecent(answer.position, begun));
    return isRecent ? answer : load(kept);
  };
}
