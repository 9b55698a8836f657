// Kept answers in this process, up to a number of bytes; what was not used for longest goes first. It holds time by a clock
// that cannot be set.
import { LRUCache } from "lru-cache";
import { deepFreeze } from "./deep-freeze.ts";
import { ownBytes } from "./entry-codec.ts";
import { type CacheEntry } from "./entry.ts";
import { type CacheClock, freshMs } from "./freshness.ts";

export interface Held {
  entry: CacheEntry;
  /** Of its key. */
  epoch: string;
  /** See freshness.ts. */
  freshMs: number;
  /** Age in milliseconds when it came here, and when that was by the monotonic clock. */
  ageThen: number;
  since: number;
}

export interface MemoryStore {
  get: (key: string) => Held | undefined;
  /** Milliseconds since it was answered. */
  ageOf: (held: Held) => number;
  /** Takes an entry that nobody else can change, see {@link ownEntry}. @param age in milliseconds */
  put: (key: string, entry: CacheEntry, from: { age: number; epoch: string }) => Held;
  drop: (key: string) => void;
  clear: () => void;
  size: () => { entries: number; bytes: number };
}

/** Map slot, list links, entry, typed array and its backing store, about. */
const overheadBytes = 600;
/** Of a string, and of the slot that points to it. */
const stringBytes = 24;

/** One answer must not drive out all others. */
const largestShare = 1 / 8;

/** @param onEvict called for each that there was no room for any more */
export function createMemoryStore(maxBytes: number, clock: CacheClock, onEvict?: () => void): MemoryStore {
  const entries = new LRUCache<string, Held>({
    maxSize: maxBytes,
    maxEntrySize: Math.max(1, Math.floor(maxBytes * largestShare)),
    dispose: (_held, _key, reason) => {
      if (reason === "evict") onEvict?.();
    },
  });
  return {
    get: (key) => entries.get(key),
    // The wall clock counts too: it goes on while the machine sleeps. Only one that goes back is not believed.
    ageOf: (held) => Math.max(held.ageThen + clock.monotonic() - held.since, clock.wall() - held.entry.storedAt),
    put(key, entry, { age, epoch }) {
      const held = { entry, epoch, freshMs: freshMs(key, entry.maxAge), ageThen: age, since: clock.monotonic() };
      entries.set(key, held, { size: sizeOf(key, entry) });
      return held;
    },
    drop: (key) => void entries.delete(key),
    clear: () => {
      entries.clear();
    },
    size: () => ({ entries: entries.size, bytes: entries.calculatedSize }),
  };
}

/** Bytes that an entry takes in memory, about. */
function sizeOf(key: string, { bytes, tags, sources, meta }: CacheEntry): number {
  let size = overheadBytes + key.length + bytes.length;
  for (const tag of tags) size += tag.length + stringBytes;
  for (const source of sources) size += source.length + stringBytes;
  return meta ? size + 2 * JSON.stringify(meta).length : size;
}

/** A copy that stays as it is, whatever becomes of the original. */
export function ownEntry(entry: CacheEntry): CacheEntry {
  const { bytes, tags, sources, meta } = entry;
  return Object.freeze({
    ...entry,
    bytes: ownBytes(bytes),
    tags: Object.freeze([...tags]),
    sources: Object.freeze([...sources]),
    ...(meta && { meta: deepFreeze(JSON.parse(JSON.stringify(meta)) as typeof meta) }),
  });
}
