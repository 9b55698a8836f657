// Records of a closed segment as the requests that bring them to users. Lines are JSON already: they are neither parsed nor
// copied, and all requests are made in one place of memory, because a busy gateway has tens of thousands of lines a second,
// and buffers for each of them make the garbage collector look through everything that is kept.
import { closeSync, openSync, readSync } from "node:fs";

/** A request, with the places of its lines. Holds until the next one is asked for. */
export interface Batch {
  body: Buffer;
  lines: () => string[];
  count: number;
}

/**
 * @param onTorn told of a last line without its end, and of what cannot be a line
 * @returns requests; none where the file is gone
 */
export type ReadBatches = (path: string, onTorn: () => void) => Generator<Batch>;

const lineBreak = 10;
const comma = 44;
/** No line is so long, and of lines for many requests no more fit than users can insert in a second or two. */
const roomBytes = 64 * 1_024;

/** @param options.head what stands in a request before the records, and `tail` what follows. @param options.most records in one */
export function createBatches({ head, tail, most }: { head: string; tail: string; most: number }): ReadBatches {
  const start = Buffer.byteLength(head);
  const room = Buffer.alloc(start + roomBytes + Buffer.byteLength(tail));
  room.write(head);

  /** Joins whole lines where they stand. @returns where each ends; none where there is no whole line */
  const join = (end: number): number[] => {
    const ends: number[] = [];
    const filled = room.subarray(0, end);
    for (let at = start; ends.length < most;) {
      const found = filled.indexOf(lineBreak, at);
      if (found < 0) break;
      ends.push(found);
      at = found + 1;
    }
    for (const at of ends) room[at] = comma;
    return ends;
  };
  const linesAt = (ends: readonly number[]) =>
    ends.map((end, at) => room.toString("utf8", at === 0 ? start : (ends[at - 1] ?? 0) + 1, end));

  return function* (path, onTorn) {
    const file = openOrNone(path);
    if (file === undefined) return;
    try {
      let isTooLong = false;
      for (let position = 0; ;) {
        const bytes = readSync(file, room, start, roomBytes, position);
        if (bytes === 0) return;
        const ends = join(start + bytes);
        const last = ends.at(-1);
        if (last === undefined) {
          if (!isTooLong) onTorn();
          isTooLong = true;
          position += bytes;
          continue;
        }
        if (isTooLong) {
          // The rest of what was no line.
          isTooLong = false;
          position += (ends[0] ?? 0) + 1 - start;
          continue;
        }
        position += last + 1 - start;
        // Over the last line's break, and over what follows, which is read again.
        room.write(tail, last);
        yield { body: room.subarray(0, last + tail.length), lines: () => linesAt(ends), count: ends.length };
      }
    } finally {
      closeSync(file);
    }
  };
}

function openOrNone(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    // We stood still for so long that another gateway took it over.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
