// Which processes a `start` began, on disk, so that the next one can clean up after a `kill -9`.
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, ownIdentity, processStartTime, type ProcessIdentity } from "./process-identity.ts";

export interface LedgerEntry extends ProcessIdentity {
  command: string;
  /** What it is to us: "mongodb", "gateway". */
  role: string;
}

interface LedgerContent {
  owner: ProcessIdentity;
  children: LedgerEntry[];
}

export interface ProcessLedger {
  file: string;
  /** Call right after spawning, before anything is awaited. */
  record(child: { pid: number; command: string; role: string }): void;
  forget(pid: number): void;
  /** Removes the file: nothing is left to reclaim. */
  close(): void;
}

export class AlreadyRunningError extends Error {
  readonly pid: number;
  constructor(pid: number) {
    super(`Already running as process ${pid}: stop that one first (Ctrl-C in its terminal, or kill ${pid}).`);
    this.name = "AlreadyRunningError";
    this.pid = pid;
  }
}

/**
 * Makes this process the owner of the ledger. Throws AlreadyRunningError when another living process owns it.
 * Call `reclaimLeftovers` first: a ledger whose owner is dead is refused, so that its processes are not forgotten.
 */
export function openLedger(file: string): ProcessLedger {
  const content: LedgerContent = { owner: ownIdentity(), children: [] };
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  const write = () => writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  write();
  try {
    // A link fails when the name exists, a rename would replace it: of two starts at once one must lose.
    linkSync(draft, file);
  } catch (error) {
    const owner = readLedger(file)?.owner;
    if (owner && isAlive(owner)) throw new AlreadyRunningError(owner.pid);
    throw new Error(`${file} is left from an earlier run; reclaim it first.`, { cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
  let closed = false;
  const save = () => {
    // After close(), or when somebody emptied the data meanwhile, nothing is to be written any more.
    if (closed || !existsSync(file)) return;
    write();
    renameSync(draft, file);
  };
  return {
    file,
    record({ pid, command, role }) {
      const startTime = processStartTime(pid);
      if (startTime === undefined) return; // It is gone already.
      content.children.push({ pid, startTime, command, role });
      save();
    },
    forget(pid) {
      content.children = content.children.filter((child) => child.pid !== pid);
      save();
    },
    close() {
      closed = true;
      rmSync(file, { force: true });
    },
  };
}

/**
 * Ends what a killed owner left: SIGTERM, and SIGKILL after `limitMilliseconds`. Only processes that are truly the
 * recorded ones are touched. When the owner still lives nothing is ended and `owner` says who it is.
 */
export async function reclaimLeftovers(
  file: string,
  limitMilliseconds = 10_000,
): Promise<{ ended: LedgerEntry[]; owner?: ProcessIdentity }> {
  const ledger = readLedger(file);
  if (!ledger) return { ended: [] };
  if (isAlive(ledger.owner)) return { ended: [], owner: ledger.owner };
  const leftovers = ledger.children.filter(isAlive);
  await Promise.all(leftovers.map((entry) => endProcess(entry, limitMilliseconds)));
  removeLedgerOf(ledger.owner, file);
  return { ended: leftovers };
}

/** Ends one process (and its group, when it leads one), if it is still the same. Resolves when it is gone. */
export async function endProcess(identity: ProcessIdentity, limitMilliseconds: number): Promise<void> {
  const deadline = performance.now() + limitMilliseconds;
  let killed = false;
  if (isAlive(identity)) signalGroup(identity.pid, "SIGTERM");
  while (isAlive(identity)) {
    if (!killed && performance.now() > deadline) {
      signalGroup(identity.pid, "SIGKILL");
      killed = true;
    }
    await sleep(20);
  }
}

/** Signals the process group that `pid` leads, or the process alone when it leads none. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

function readLedger(file: string): LedgerContent | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LedgerContent;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`${file} cannot be read: delete it, and end any leftover mongod or redis-server yourself.`, {
      cause: error,
    });
  }
}

// Another start may have reclaimed and replaced the ledger meanwhile: move it aside, look, and put it back if so.
function removeLedgerOf(owner: ProcessIdentity, file: string): void {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readLedger(aside)?.owner;
  if (moved && (moved.pid !== owner.pid || moved.startTime !== owner.startTime)) linkSync(aside, file);
  rmSync(aside, { force: true });
}
