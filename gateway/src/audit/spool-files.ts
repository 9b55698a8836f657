// Names of the spool's files: `<host>_<pid>_<space>_<random>_<number>.jsonl`, and `….alive`, which its owner touches. What
// a dead process left is taken over by renaming, which only one can.
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import process from "node:process";

const host = hostname()
  .replaceAll(/[^A-Za-z0-9-]/g, "-")
  .slice(0, 64);

/** A process counts as dead when it has not touched its file for this long, milliseconds. */
export const deadAfterMs = 30_000;

/**
 * Where a process id means what it means here: containers of one host name have numbers of their own, and after a start of
 * the machine all begin anew.
 */
function findSpace(): string {
  if (process.platform !== "linux") return "machine";
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
    return createHash("sha256")
      .update(`${boot}${readlinkSync("/proc/self/ns/pid")}`)
      .digest("hex")
      .slice(0, 12);
  } catch {
    return randomBytes(6).toString("hex");
  }
}

const space = findSpace();

export const newOwner = (): string => `${host}_${process.pid}_${space}_${randomBytes(6).toString("hex")}`;

export const segmentName = (owner: string, number: number): string =>
  `${owner}_${String(number).padStart(8, "0")}.jsonl`;

export const aliveName = (owner: string): string => `${owner}.alive`;

const ownerOf = (name: string): string | undefined => /^(.+)_\d{8}\.jsonl$/.exec(name)?.[1];

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isDead(folder: string, owner: string, now: number): boolean {
  const [ownerHost, pid, ownerSpace] = owner.split("_");
  // A process of our own space can be looked for; one with our number is the one before us.
  const isHere = ownerHost === host && ownerSpace === space;
  if (isHere && (Number(pid) === process.pid || !isRunning(Number(pid)))) return true;
  const touched = statSync(join(folder, aliveName(owner)), { throwIfNoEntry: false })?.mtimeMs;
  return touched === undefined || now - touched > deadAfterMs;
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
 * @yields the new name of each as soon as it is ours, oldest first: whatever fails then, it is known
 */
export function* adoptSegments(
  folder: string,
  ours: ReadonlySet<string>,
  nextName: () => string,
): Generator<string, void> {
  const owners = new Map<string, boolean>();
  const now = Date.now();
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith(".alive")) removeForgotten(join(folder, name));
    const owner = ownerOf(name);
    if (owner === undefined || ours.has(owner)) continue;
    const dead = owners.get(owner) ?? isDead(folder, owner, now);
    owners.set(owner, dead);
    if (!dead) continue;
    const next = nextName();
    try {
      renameSync(join(folder, name), join(folder, next));
    } catch (error) {
      // Somebody was quicker.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
      throw error;
    }
    yield next;
  }
}
