// What one gateway knows of the log, and whether that is all of it.
import { parseLogEntry } from "@tradegraph/kit/invalidation";
import { type Epoch } from "./log-epoch.ts";
import { changePosition, compareIds, reachedPosition } from "./log-position.ts";
import { type Beat, type LogState } from "./log-scripts.ts";
import { createPositionMap } from "./position-map.ts";
import { createTagPositions, type TagPositions } from "./tag-positions.ts";

/** As Redis gives it: id, then names and values in turn. */
export type RawEntry = [id: string, fields: string[]];

export type EntryKind = "hard" | "soft" | "repeated" | "unreadable";

export interface LogView extends Pick<TagPositions, "verdict" | "floor" | "size"> {
  epoch: () => Epoch | undefined;
  /** The last entry that was applied. */
  lastId: () => string;
  position: () => number;
  /** Forgets all; what was kept in the epoch before is found no more. */
  begin: (epoch: Epoch) => void;
  /** @returns barriers that are to be acknowledged, and whether another epoch begins */
  apply: (entries: readonly RawEntry[]) => { barriers: string[]; hasEpoch: boolean };
  /**
   * Compares what has been read with what Redis was given. What was trimmed away unread raises the floor.
   *
   * @param beat before the read, and `state` after it
   * @param read what it brought, which is applied already
   * @returns `replaced` when this is not the log that was read so far
   */
  check: (beat: Beat, read: readonly RawEntry[], state: LogState) => "complete" | "trimmed" | "replaced";
}

/** Events that are remembered; a relay repeats them within seconds. */
const eventsCap = 20_000;

export function createLogView({ tagCap, onEntry }: { tagCap: number; onEntry: (kind: EntryKind) => void }): LogView {
  const tags = createTagPositions(tagCap);
  const events = createPositionMap(eventsCap);
  let epoch: Epoch | undefined;
  let lastId = "0-0";
  let position = 0;
  /** Where the last read began. */
  let readFrom = "0-0";
  /** Entries that the stream was given up to `lastId`. */
  let count = 0;

  const moveTo = (id: string) => {
    lastId = id;
    position = reachedPosition(id);
  };
  /**
   * Where all events of an entry were told before, the newest of them; undefined if one was not. What a tag has had since
   * then it need not get again: events are told after their write. Only of an entry whose tags are all of its events.
   */
  const toldBefore = (ids: readonly string[]) => {
    let newest: number | undefined;
    for (const id of ids) {
      const told = events.get(id);
      if (told === undefined) return undefined;
      newest = Math.max(newest ?? 0, told);
    }
    return newest;
  };
  const applyOne = ([id, fields]: RawEntry) => {
    const entry = parseLogEntry(fields);
    const at = changePosition(id);
    moveTo(id);
    count += 1;
    if (entry.kind === "unreadable") {
      tags.raiseFloor(at);
      onEntry("unreadable");
    }
    if (entry.kind === "invalidation") {
      const told = entry.isOfEvents ? toldBefore(entry.events) : undefined;
      const left = told === undefined ? entry.tags : entry.tags.filter((tag) => (tags.hardPosition(tag) ?? 0) < told);
      onEntry(left.length === 0 && told !== undefined ? "repeated" : entry.isSoft ? "soft" : "hard");
      tags.invalidate(left, at, entry.isSoft);
      if (told === undefined && !entry.isSoft) for (const event of entry.events) events.set(event, at);
    }
    return entry;
  };
  return {
    epoch: () => epoch,
    lastId: () => lastId,
    position: () => position,
    verdict: tags.verdict,
    floor: tags.floor,
    size: tags.size,
    begin(next) {
      epoch = next;
      count = next.startCount;
      tags.clear();
      events.clear();
      moveTo(next.startId);
      tags.raiseFloor(changePosition(next.startId));
    },
    apply(entries) {
      const barriers: string[] = [];
      let hasEpoch = false;
      readFrom = lastId;
      for (const raw of entries) {
        const entry = applyOne(raw);
        if (entry.kind === "epoch") hasEpoch = true;
        if (entry.kind !== "unreadable" && entry.barrier) barriers.push(entry.barrier);
      }
      return { barriers, hasEpoch };
    },
    check(beat, read, state) {
      const later = read.filter(([id]) => compareIds(id, beat.lastId) > 0).length;
      const known = count - later;
      if (beat.count < known || compareIds(beat.lastId, readFrom) < 0 || state.firstId === "0-0") return "replaced";
      // The newest entry may have been deleted by hand.
      if (compareIds(beat.lastId, lastId) > 0) moveTo(beat.lastId);
      if (beat.count === known) return "complete";
      count = beat.count + later;
      // What is missing lay before what is there now, or was deleted.
      tags.raiseFloor(Math.max(changePosition(state.firstId), changePosition(state.deletedId)));
      return "trimmed";
    },
  };
}
