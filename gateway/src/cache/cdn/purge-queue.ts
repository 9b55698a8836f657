// What this gateway has taken from the log for the CDN, until the CDN has accepted it twice: an answer that was on its way
// when it was purged may have been stored behind the purge.
import { randomUUID } from "node:crypto";
import { purgedTags } from "../response/cdn-tags.ts";

export interface PurgeEntry {
  /** Of the log. */
  id: string;
  tags: readonly string[];
  isSoft: boolean;
  /** When it was written, by the clock of this process. */
  writtenAt: number;
}

/** Goes to the CDN in one piece; names are those that the CDN knows. */
export interface PurgeBatch {
  hard: string[];
  soft: string[];
  first: PurgeEntry[];
  again: PurgeEntry[];
}

/** What Redis has to hear. */
export interface Settlement {
  /** Entries that are done. */
  ids: string[];
  /** Names a purge of everything that takes the place of entries which were dropped; they are among `ids`. */
  owed: string | undefined;
}

export interface PurgeQueue {
  add: (entry: PurgeEntry) => void;
  /** An entry of which nobody can tell what it changed. */
  addUnknown: (id: string) => void;
  hasDue: (now: number) => boolean;
  /** @returns undefined when nothing is due. Give it back by one of the next three. */
  take: (now: number) => PurgeBatch | undefined;
  accepted: (batch: PurgeBatch, now: number) => void;
  putBack: (batch: PurgeBatch) => void;
  /** Instead everything is to be purged. */
  giveUp: (batch: PurgeBatch) => void;
  /** All that is not done, batches included, is left to others. */
  release: () => void;
  settlement: () => Settlement;
  /** Redis has heard it. */
  settled: (settlement: Settlement) => void;
  /** Entries that are not done. */
  size: () => number;
}

export interface PurgeQueueOptions {
  repeatAfterMs: number;
  /** Different tags in a batch: beyond it everything is purged instead. */
  batchTags?: number;
  /** Tags and entries in memory, repetitions included: beyond it the same. */
  heldTags?: number;
}

/** What one call of Redis acknowledges. */
const idsPerSettlement = 1_000;
const weightOf = ({ tags }: PurgeEntry) => tags.length + 1;

export function createPurgeQueue(options: PurgeQueueOptions): PurgeQueue {
  const { repeatAfterMs, batchTags = 2_000, heldTags = 50_000 } = options;
  let fresh: PurgeEntry[] = [];
  let repeating: { entries: PurgeEntry[]; dueAt: number }[] = [];
  const held = new Set<string>();
  let weight = 0;
  let done: string[] = [];
  let owed: string | undefined;

  const finish = (entries: readonly PurgeEntry[]) => {
    for (const entry of entries) {
      weight -= weightOf(entry);
      done.push(entry.id);
    }
  };
  const drop = (entries: readonly PurgeEntry[]) => {
    finish(entries);
    owed = randomUUID();
  };
  const namesOf = (entries: readonly PurgeEntry[], isSoft: boolean) =>
    new Set(purgedTags(entries.filter((entry) => entry.isSoft === isSoft).flatMap(({ tags }) => tags)));

  return {
    add(entry) {
      // Taken over from a predecessor of the same gateway.
      if (held.has(entry.id)) return;
      held.add(entry.id);
      weight += weightOf(entry);
      fresh.push(entry);
      if (weight <= heldTags) return;
      drop([...fresh, ...repeating.flatMap(({ entries }) => entries)]);
      [fresh, repeating] = [[], []];
    },
    addUnknown(id) {
      if (held.has(id)) return;
      held.add(id);
      done.push(id);
      owed = randomUUID();
    },
    hasDue: (now) => fresh.length > 0 || repeating.some(({ dueAt }) => dueAt <= now),
    take(now) {
      const again = repeating.filter(({ dueAt }) => dueAt <= now).flatMap(({ entries }) => entries);
      repeating = repeating.filter(({ dueAt }) => dueAt > now);
      const first = fresh;
      fresh = [];
      if (first.length + again.length === 0) return undefined;
      const hard = namesOf([...first, ...again], false);
      const soft = [...namesOf([...first, ...again], true)].filter((name) => !hard.has(name));
      if (hard.size + soft.length > batchTags) {
        drop([...first, ...again]);
        return undefined;
      }
      return { hard: [...hard], soft, first, again };
    },
    accepted({ first, again }, now) {
      if (first.length > 0) repeating.push({ entries: first, dueAt: now + repeatAfterMs });
      finish(again);
    },
    putBack({ first, again }) {
      fresh = [...first, ...fresh];
      if (again.length > 0) repeating.unshift({ entries: again, dueAt: -Infinity });
    },
    giveUp: ({ first, again }) => {
      drop([...first, ...again]);
    },
    release() {
      [fresh, repeating] = [[], []];
      weight = 0;
      held.clear();
      for (const id of done) held.add(id);
    },
    settlement: () => ({ ids: done.slice(0, idsPerSettlement), owed }),
    settled(settlement) {
      for (const id of settlement.ids) held.delete(id);
      done = done.slice(settlement.ids.length);
      if (owed === settlement.owed) owed = undefined;
    },
    size: () => held.size,
  };
}
