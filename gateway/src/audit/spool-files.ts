// Names of the spool's files: `<host>_<pid>_<random>_<number>.jsonl`, and `….alive`, which its owner touches. What a dead
// process left is taken over by renaming, which only one can.
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import process from "node:process";

const host = hostname()
  .replaceAll(/[^A-Za-z0-9-]/g, "-")
  .slice(0, 64);

/** A process counts as dead when it has not touched its file for this long, milliseconds. */
export const deadAfterMs = 30_000;

export const newOwner = (): string => `${host}_${process.pid}_${randomBytes(6).toString("hex")}`;

export const segmentName = (owner: string, number: number): string =>
  `${owner}_${String(number).padStart(8, "0")}.jsonl`;

export const aliveName = (owner: string): string => `${owner}.alive`;

const ownerOf = (name: string): string | undefined => /^(.+)_\d{8}\.jsonl$/.exec(name)?.[1];

/** Segments of one owner, oldest first. */
export const segmentsOf = (folder: string, owner: string): string[] =>
  readdirSync(folder)
    .filter((name) => ownerOf(name) === owner)
    .sort();

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isDead(folder: string, owner: string, now: number): boolean {
  const [ownerHost, pid] = owner.split("_");
  // On this machine the process can be looked for; one with our number is the one before us.
  if (ownerHost === host && (Number(pid) === process.pid || !isRunning(Number(pid)))) return true;
  const alive = join(folder, aliveName(owner));
  return !existsSync(alive) || now - statSync(alive).mtimeMs > deadAfterMs;
}

/** The owner lives no more, or it would have touched the file; its segments are found without. */
function removeForgotten(path: string): void {
  const { mtimeMs = Infinity } = statSync(path, { throwIfNoEntry: false }) ?? {};
  if (Date.now() - mtimeMs > 10 * deadAfterMs) rmSync(path, { force: true });
}

/**
 * Takes over the segments of dead processes.
 *
 * @param ours owners that this process has had
 * @param nextName names for what is taken over
 * @returns how many
 */
export function adoptSegments(folder: string, ours: ReadonlySet<string>, nextName: () => string): number {
  let adopted = 0;
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".alive")) removeForgotten(join(folder, name));
    const owner = ownerOf(name);
    if (owner === undefined || ours.has(owner) || !isDead(folder, owner, Date.now())) continue;
    try {
      renameSync(join(folder, name), join(folder, nextName()));
      adopted += 1;
    } catch (error) {
      // Somebody was quicker.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return adopted;
}
