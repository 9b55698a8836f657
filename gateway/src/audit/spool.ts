// Records wait in files until users has them, so that neither our end nor users' absence loses one. A line is with the
// operating system before the answer it is about goes out; only the machine's own end can lose it.
import { closeSync, mkdirSync, openSync, rmSync, statSync, utimesSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type Logger } from "@tradegraph/kit/logger";
import { type AuditRecord, type KeepRecord } from "./record.ts";
import { adoptSegments, aliveName, deadAfterMs, newOwner, segmentName, segmentsOf } from "./spool-files.ts";

export interface SpoolOptions {
  folder: string;
  /** Access records beyond this many bytes are counted and thrown away; security records have a quarter more. */
  maxBytes: number;
  logger: Logger;
}

export interface Spool {
  keep: KeepRecord;
  /** Ends the segment that is written and takes over what dead processes left. @returns closed segments, oldest first */
  closedSegments: () => { path: string; name: string }[];
  /** Removes a segment whose records are safe. */
  remove: (name: string) => void;
  size: () => number;
  /** Records that were thrown away since the last call, by category. */
  takeLost: () => { ACCESS: number; SECURITY: number };
  close: () => void;
}

interface Line {
  text: string;
  category: AuditRecord["category"];
  done: () => void;
}

const beatMs = 5_000;

/** @throws Error when the folder cannot be written to */
export function openSpool({ folder, maxBytes, logger }: SpoolOptions): Spool {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let owner = newOwner();
  const ours = new Set([owner]);
  let number = 0;
  let open: { name: string; descriptor: number } | undefined;
  let pending: Line[] = [];
  const sizes = new Map<string, number>();
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
    beaten = now;
    const alive = join(folder, aliveName(owner));
    writeFileSync(alive, "", { mode: 0o600 });
    utimesSync(alive, new Date(), new Date());
  };
  const size = () => [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const nextName = () => segmentName(owner, (number += 1));
  const endSegment = () => {
    if (open) closeSync(open.descriptor);
    open = undefined;
  };

  const write = () => {
    const lines = pending;
    pending = [];
    let free = maxBytes - size();
    const kept = lines.filter(({ text, category }) => {
      const bytes = Buffer.byteLength(text);
      if (bytes > free + (category === "SECURITY" ? maxBytes / 4 : 0)) {
        lost[category] += 1;
        if (category === "SECURITY") logger.error({ record: text.trim() }, "No place for a security record");
        return false;
      }
      free -= bytes;
      return true;
    });
    try {
      if (Date.now() - beaten > beatMs) beat();
      if (!open) {
        const name = nextName();
        open = { name, descriptor: openSync(join(folder, name), "a", 0o600) };
      }
      const text = kept.map((line) => line.text).join("");
      writeSync(open.descriptor, text);
      sizes.set(open.name, (sizes.get(open.name) ?? 0) + Buffer.byteLength(text));
    } catch (error) {
      for (const { category } of kept) lost[category] += 1;
      logger.error({ error, records: kept.map((line) => line.text.trim()) }, "Audit records could not be written");
    }
    for (const { done } of lines) done();
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
    keep: (record) =>
      new Promise((done) => {
        // One write for all records of one turn of the event loop.
        if (pending.length === 0) setImmediate(write);
        pending.push({ text: `${JSON.stringify(record)}\n`, category: record.category, done });
      }),
    closedSegments() {
      if (open && (sizes.get(open.name) ?? 0) > 0) endSegment();
      adoptSegments(folder, ours, nextName);
      return [...ours]
        .flatMap((one) => segmentsOf(folder, one))
        .filter((name) => name !== open?.name)
        .map((name) => {
          const path = join(folder, name);
          sizes.set(name, statSync(path).size);
          return { name, path };
        });
    },
    remove(name) {
      rmSync(join(folder, name), { force: true });
      sizes.delete(name);
    },
    size,
    takeLost() {
      const taken = lost;
      lost = { ACCESS: 0, SECURITY: 0 };
      return taken;
    },
    close() {
      clearInterval(heart);
      if (pending.length > 0) write();
      endSegment();
      for (const one of ours) rmSync(join(folder, aliveName(one)), { force: true });
    },
  };
}
