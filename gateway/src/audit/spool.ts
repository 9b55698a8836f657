// Records wait in files until users has them, so that neither our end nor users' absence loses one. A line is with the
// operating system before the answer it is about goes out; only the machine's own end can lose it.
import { closeSync, mkdirSync, openSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Logger } from "@tradegraph/kit/logger";
import { type AuditRecord, type KeepRecord } from "./record.ts";
import { removeOldRefused } from "./refused-records.ts";
import { appendLines, mostBytesOfUnit } from "./spool-append.ts";
import { adoptSegments, aliveName, deadAfterMs, newOwner, segmentName } from "./spool-files.ts";
import { createTurn, type Line, type Turn } from "./spool-turn.ts";

export interface SpoolOptions {
  folder: string;
  /** Access records beyond this many bytes are counted and thrown away; security records have a quarter more. */
  maxBytes: number;
  logger: Logger;
}

export interface Spool {
  keep: KeepRecord;
  /**
   * Ends the segment that is written, unless older ones wait, and takes over what dead processes left.
   *
   * @returns closed segments, oldest first
   */
  closedSegments: () => { path: string; name: string }[];
  /** Removes a segment whose records are safe. */
  remove: (name: string) => void;
  size: () => number;
  /** Counts a record that could not be kept. */
  lose: (category: AuditRecord["category"]) => void;
  /** Records that were thrown away since the last call, by category. */
  takeLost: () => { ACCESS: number; SECURITY: number };
  close: () => void;
}

const beatMs = 5_000;
/** Between two looks for what dead processes left: the folder may be large, and on a network. */
const adoptEveryMs = 10_000;
/** A segment that has grown so large is ended. While users is away few files come to be, not two in a second. */
const segmentBytes = 1024 * 1024;

/** @throws Error when the folder cannot be written to */
export function openSpool({ folder, maxBytes, logger }: SpoolOptions): Spool {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let owner = newOwner();
  const ours = new Set([owner]);
  let number = 0;
  let open: { name: string; descriptor: number } | undefined;
  let turn: (Turn & { written: Promise<void>; done: () => void }) | undefined;
  let closed: string[] = [];
  const sizes = new Map<string, number>();
  let total = 0;
  let adoptAt = 0;
  let lost = { ACCESS: 0, SECURITY: 0 };
  let beaten = Date.now();

  const beat = () => {
    const now = Date.now();
    // Frozen for so long that another may have taken our files: what follows goes into new ones.
    if (now - beaten > deadAfterMs / 2) {
      endSegment();
      owner = newOwner();
      ours.add(owner);
    }
    const alive = join(folder, aliveName(owner));
    writeFileSync(alive, "", { mode: 0o600 });
    utimesSync(alive, new Date(), new Date());
    beaten = now;
  };
  const resize = (name: string, bytes: number) => {
    total += bytes;
    sizes.set(name, (sizes.get(name) ?? 0) + bytes);
  };
  const nextName = () => segmentName(owner, (number += 1));
  const endSegment = () => {
    if (!open) return;
    const { name, descriptor } = open;
    open = undefined;
    closed.push(name);
    closeSync(descriptor);
  };
  /** After an error a descriptor may be of no use for ever, as of a disk that went away. */
  const abandonSegment = () => {
    try {
      endSegment();
    } catch (error) {
      logger.warn({ error }, "A file of audit records could not be closed");
    }
  };
  const adopt = () => {
    removeOldRefused(folder);
    for (const name of adoptSegments(folder, ours, nextName)) {
      closed.push(name);
      resize(name, statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
    }
  };

  const loseAll = (lines: readonly Line[], error: unknown) => {
    for (const { category, count } of lines) lost[category] += count;
    const records = lines.map(({ text }) => text.trim());
    logger.error({ error, records }, "Audit records could not be written");
  };

  const fitting = (lines: Line[]): Line[] => {
    let free = maxBytes - total;
    const most = lines.reduce((sum, { text }) => sum + text.length, 0) * mostBytesOfUnit;
    if (most <= free) return lines;
    return lines.filter(({ text, category, count }) => {
      const bytes = Buffer.byteLength(text);
      if (bytes > free + (category === "SECURITY" ? maxBytes / 4 : 0)) {
        lost[category] += count;
        if (category === "SECURITY") logger.error({ record: text.trim() }, "No place for a security record");
        return false;
      }
      free -= bytes;
      return true;
    });
  };
  const write = () => {
    if (!turn) return;
    const { lines, done } = turn;
    turn = undefined;
    let kept: Line[] = [];
    try {
      kept = fitting(lines());
      if (Date.now() - beaten > beatMs) beat();
      if (!open) {
        const name = nextName();
        open = { name, descriptor: openSync(join(folder, name), "a", 0o600) };
      }
      const texts = kept.map(({ text }) => text);
      const { count, bytes, error } = appendLines(open.descriptor, texts);
      resize(open.name, bytes);
      if (count < kept.length) loseAll(kept.splice(count), error);
      if (error !== undefined || (sizes.get(open.name) ?? 0) >= segmentBytes) endSegment();
    } catch (error) {
      loseAll(kept, error);
      abandonSegment();
    } finally {
      done();
    }
  };
  const nextTurn = () => {
    setImmediate(write);
    const { promise: written, resolve: done } = Promise.withResolvers<void>();
    return { ...createTurn(), written, done };
  };

  beat();
  const heart = setInterval(() => {
    try {
      beat();
    } catch (error) {
      logger.error({ error, folder }, "The spool of audit records cannot be written to");
    }
  }, beatMs).unref();

  return {
    keep(record) {
      turn ??= nextTurn();
      turn.add(record);
      return turn.written;
    },
    closedSegments() {
      if (closed.length === 0 && open && (sizes.get(open.name) ?? 0) > 0) endSegment();
      if (Date.now() >= adoptAt) {
        adoptAt = Date.now() + adoptEveryMs;
        adopt();
      }
      return closed.map((name) => ({ name, path: join(folder, name) }));
    },
    remove(name) {
      rmSync(join(folder, name), { force: true });
      closed = closed.filter((other) => other !== name);
      total -= sizes.get(name) ?? 0;
      sizes.delete(name);
    },
    size: () => total,
    lose(category) {
      lost[category] += 1;
    },
    takeLost() {
      const taken = lost;
      lost = { ACCESS: 0, SECURITY: 0 };
      return taken;
    },
    close() {
      clearInterval(heart);
      write();
      endSegment();
      for (const one of ours) rmSync(join(folder, aliveName(one)), { force: true });
    },
  };
}
