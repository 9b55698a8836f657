// Whose reads are noted where, while a request runs whose caller wants to keep the answer.
import { AsyncLocalStorage } from "node:async_hooks";
import { someTag } from "./cache-tags.ts";

/** Tag → the coarser tag that may stand for it when there are too many; undefined where there is none. */
export type TagMap = Map<string, string | undefined>;

/** What some part of an answer depends on. */
export interface Reads {
  tags: TagMap;
  /** Nobody can tell, so it must not be kept. */
  isUnknown: boolean;
}

/** One read, when its result is there. */
export interface EndedRead {
  /** What it depends on whatever was found. */
  tags: TagMap;
  /** Ids that were asked for, with their tags, whether found or not. */
  asked: TagMap;
  /** Tags of the documents that were found. */
  found: TagMap;
}

/** Takes note of reads: for a part of the answer, or for the batch of a loader. */
export interface ReadCollector {
  /** Reads that have begun and not ended. */
  open: number;
  end: (read: EndedRead) => void;
  /** Adds what somebody else has read. */
  add: (reads: Reads) => void;
  /** Says that nobody can tell. */
  refuse: () => void;
  /** What is noted by now. */
  soFar: () => Reads;
}

export const noReads = (): Reads => ({ tags: new Map(), isUnknown: false });

export function addReads(to: Reads, { tags, isUnknown }: Reads): void {
  for (const [tag, coarser] of tags) to.tags.set(tag, coarser);
  to.isUnknown ||= isUnknown;
}

/** Most tags that one part of an answer has. */
export const mostTags = 512;

/** As few tags as needed. @returns null when there are too many all the same */
function fewTags(tags: TagMap, most = mostTags): string[] | null {
  if (tags.size <= most) return [...tags.keys()];
  const few = new Set(
    [...tags].flatMap(([tag, coarser]) =>
      coarser === undefined ? [tag] : [coarser, someTag(tag.slice(0, tag.indexOf(":")))],
    ),
  );
  return few.size <= most ? [...few] : null;
}

/** What one part of an answer has read. */
export interface AnswerPart extends ReadCollector {
  /** Tags, or null when the part must not be kept. */
  result: () => string[] | null;
}

export function createPart(): AnswerPart {
  const reads = noReads();
  return {
    open: 0,
    end({ tags, asked, found }) {
      for (const each of [tags, asked, found]) addReads(reads, { tags: each, isUnknown: false });
    },
    add: (other) => {
      addReads(reads, other);
    },
    refuse() {
      reads.isUnknown = true;
    },
    soFar: () => reads,
    result() {
      // A read that has not ended, because its resolver did not wait or it failed, is one of which nothing is known.
      return reads.isUnknown || this.open > 0 ? null : fewTags(reads.tags);
    },
  };
}

/** A request whose caller wants to know what each part of the answer has read. */
export interface TrackedRequest {
  /** The part of a root field. */
  field: (responseName: string) => AnswerPart;
  /** The part of one representation. */
  entity: (index: number) => AnswerPart;
  /** Response name of `_entities`, once it runs. */
  entitiesName: string | undefined;
  /** Place of each representation. */
  indexes: Map<unknown, number>;
  /** Something was read for no part that is known: no part may be kept. */
  isUnknown: boolean;
}

function trackRequest(): TrackedRequest {
  const parts = new Map<string | number, AnswerPart>();
  const partOf = (key: string | number) => {
    const known = parts.get(key);
    if (known) return known;
    const made = createPart();
    parts.set(key, made);
    return made;
  };
  return { field: partOf, entity: partOf, entitiesName: undefined, indexes: new Map(), isUnknown: false };
}

interface Scope {
  request: TrackedRequest;
  /** Absent between resolvers. */
  collector?: ReadCollector;
}

const scope = new AsyncLocalStorage<Scope>();

/** The running request when its reads are noted; nearly always undefined, and then nothing else costs anything. */
export const trackedScope = (): Scope | undefined => scope.getStore();

/** Runs a request whose reads are noted. */
export const runTracked = <T>(work: () => T): T => scope.run({ request: trackRequest() }, work);

/** Says that the running part of an answer depends on something outside of our database, such as another program. */
export function refuseReads(): void {
  const running = scope.getStore();
  if (running?.collector) running.collector.refuse();
  else if (running) running.request.isUnknown = true;
}

/**
 * Runs `work` with its reads noted in `collector`.
 *
 * A mongoose query runs when somebody calls its `then`, which GraphQL does after the resolver has returned; so that is
 * done here.
 */
export const collectInto = <T>({ request }: Scope, collector: ReadCollector, work: () => T): T =>
  scope.run({ request, collector }, () => {
    const result = work();
    return isThenable(result) && !(result instanceof Promise) ? (Promise.resolve(result) as T) : result;
  });

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === "function";
