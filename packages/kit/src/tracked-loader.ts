// A DataLoader whose reads are attributed to the keys that they were for. A batch reads for many parts of an answer at
// once; noting all of it for each part would tie every entity of a list to all others.
import DataLoader from "dataloader";
import {
  addReads,
  collectInto,
  type EndedRead,
  noReads,
  type ReadCollector,
  type Reads,
  trackedScope,
} from "./read-scope.ts";
import { tagOfDocument } from "./read-tracking.ts";

/** What one key has read, or who waits to know it. */
interface Load {
  reads?: Reads;
  /** Of a value that was put in: who has read it, and found it by conditions that count for others as well. */
  reader?: ReadCollector | undefined;
  waiting: ReadCollector[];
}

interface Batch extends ReadCollector {
  /**
   * What each key depends on. A document counts for the keys whose result it is, or is a copy of; one that is no key's
   * result was read for all of them. A result that is neither a document nor nothing was made out of anything.
   */
  readsOf: (keys: readonly string[], results: readonly unknown[]) => Reads[];
}

function createBatch(): Batch {
  const shared = noReads();
  const direct: EndedRead = { tags: shared.tags, asked: new Map(), found: new Map() };
  return {
    open: 0,
    end({ tags, asked, found }) {
      addReads(shared, { tags, isUnknown: false });
      for (const [tag, coarser] of asked) direct.asked.set(tag, coarser);
      for (const [tag, coarser] of found) direct.found.set(tag, coarser);
    },
    add: (other) => {
      addReads(shared, other);
    },
    refuse() {
      shared.isUnknown = true;
    },
    soFar: () => shared,
    readsOf(keys, results) {
      if (this.open > 0) shared.isUnknown = true;
      const outcomes = results.map(outcomeOf);
      const ofSome = new Set(outcomes.flatMap(({ documents }) => [...documents.keys()]));
      const byId = new Map(
        [...direct.asked].map(([tag, coarser]) => [tag.slice(tag.indexOf(":") + 1), [tag, coarser] as const]),
      );
      const isKey = new Set(keys);
      for (const [tag, coarser] of direct.found) if (!ofSome.has(tag)) shared.tags.set(tag, coarser);
      for (const [id, [tag, coarser]] of byId) if (!isKey.has(id) && !ofSome.has(tag)) shared.tags.set(tag, coarser);
      return keys.map((key, index) => {
        const { documents, isNothing, isMade } = outcomes[index] ?? {
          documents: new Map(),
          isNothing: false,
          isMade: true,
        };
        const reads = noReads();
        addReads(reads, shared);
        addReads(reads, { tags: documents, isUnknown: false });
        const missing = byId.get(key);
        if (isNothing && missing) reads.tags.set(...missing);
        if (isMade || (isNothing && !missing)) addReads(reads, { tags: direct.asked, isUnknown: false });
        if (isMade) addReads(reads, { tags: direct.found, isUnknown: false });
        return reads;
      });
    },
  };
}

interface Outcome {
  documents: Reads["tags"];
  isNothing: boolean;
  isMade: boolean;
}

function outcomeOf(result: unknown): Outcome {
  const parts = [result].flat().filter((part) => part !== null && part !== undefined);
  const outcome: Outcome = { documents: new Map(), isNothing: parts.length === 0, isMade: false };
  for (const part of parts) {
    const tag = typeof part === "object" ? tagOfDocument(part as object) : undefined;
    if (tag) outcome.documents.set(...tag);
    else outcome.isMade = true;
  }
  return outcome;
}

const unknownReads: Reads = { tags: new Map(), isUnknown: true };

/** What somebody depends on who gets a value that was read elsewhere. */
function readsOfPrimed(value: unknown): Reads {
  const { documents, isNothing, isMade } = outcomeOf(value);
  return isNothing || isMade ? unknownReads : { tags: documents, isUnknown: false };
}

/** @param options.cacheKeyFn is how keys are compared */
export function createTrackedLoader<K, R>(
  batch: (keys: readonly K[]) => PromiseLike<ArrayLike<R | Error>>,
  options: DataLoader.Options<K, R, string> & { cacheKeyFn: (key: K) => string },
): DataLoader<K, R, string> {
  const { cacheKeyFn: textOf } = options;
  const loads = new Map<string, Load>();
  const settle = (load: Load | undefined, reads: Reads) => {
    if (!load) return;
    load.reads = reads;
    for (const collector of load.waiting.splice(0)) {
      collector.open -= 1;
      collector.add(reads);
    }
  };
  const run = async (keys: readonly K[]) => {
    const scope = trackedScope();
    if (!scope) return batch(keys);
    const collector = createBatch();
    const texts = keys.map(textOf);
    const waiting = texts.map((text) => loads.get(text));
    try {
      const results = await collectInto(scope, collector, () => batch(keys));
      const reads = collector.readsOf(texts, Array.from(results));
      for (const [index, load] of waiting.entries()) settle(load, reads[index] ?? unknownReads);
      return results;
    } catch (error) {
      for (const load of waiting) settle(load, unknownReads);
      throw error;
    }
  };
  const loader = new DataLoader<K, R, string>(run, options);
  const [load, prime, clear] = [loader.load.bind(loader), loader.prime.bind(loader), loader.clear.bind(loader)];
  const forget = (text: string) => {
    settle(loads.get(text), unknownReads);
    loads.delete(text);
  };
  return Object.assign(loader, {
    load(key: K) {
      const text = textOf(key);
      const known = loads.get(text) ?? { waiting: [] };
      loads.set(text, known);
      const scope = trackedScope();
      if (scope?.collector) wait(known, scope.collector);
      else if (scope) scope.request.isUnknown = true;
      return load(key);
    },
    prime(key: K, value: R | PromiseLike<R> | Error) {
      const text = textOf(key);
      // As the loader itself: the first value stays.
      if (!loads.has(text))
        loads.set(text, { reads: readsOfPrimed(value), reader: trackedScope()?.collector, waiting: [] });
      return prime(key, value);
    },
    clear(key: K) {
      forget(textOf(key));
      return clear(key);
    },
    clearAll() {
      for (const text of [...loads.keys()]) {
        forget(text);
      }
      return DataLoader.prototype.clearAll.call(loader) as typeof loader;
    },
  });
}

function wait({ reads, reader, waiting }: Load, collector: ReadCollector): void {
  if (reads) {
    collector.add(reads);
    if (reader && reader !== collector) collector.add(reader.soFar());
  } else {
    collector.open += 1;
    waiting.push(collector);
  }
}
