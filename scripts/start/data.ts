import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  AlreadyRunningError,
  endProcess,
  type LedgerEntry,
  openLedger,
  type ProcessLedger,
  reclaimLeftovers,
} from "@tradegraph/devservices/process-ledger";

/** A first start downloads and writes about this much. */
const neededBytes = 2 * 1024 ** 3;

const ownEntries = /^(mongodb-\d+|redis-\d+|logs|mail|audit-spool|secrets\.json|encryption\.key|running\.json)$/;

/**
 * Takes the data folder for this process: ends what a killed start left behind, refuses while another one runs, looks for
 * room on the disk.
 *
 * @returns the ledger, and names of what was ended
 * @throws Error that says what to do
 */
export async function takeDataFolder(dataDir: string): Promise<{ ledger: ProcessLedger; ended: string[] }> {
  try {
    await makeFolder(dataDir);
    await assertRoom(dataDir);
    const file = join(dataDir, "processes.json");
    const { ended, owner } = await reclaimLeftovers(file);
    if (owner) throw new AlreadyRunningError(owner.pid);
    return { ledger: openLedger(file), ended: ended.map(({ role }) => role) };
  } catch (error) {
    // Errors with a code are the system's (EACCES, ENOTDIR, EROFS and the like); ours have none and say what to do.
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(`${dataDir} cannot be written (${code}): choose another folder with --data.`, { cause: error });
  }
}

// Not mkdir's `recursive`: below /proc it tries for ever.
async function makeFolder(folder: string): Promise<void> {
  if (!existsSync(dirname(folder))) await makeFolder(dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw error;
  }
}

async function assertRoom(dataDir: string): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize >= neededBytes) return;
  throw new Error(`Only ${Math.round((bavail * bsize) / 1024 ** 2)} MB are free for ${dataDir}; make room for 2 GB.`);
}

/** Empties the data folder of what we put there; anything else in it stays. */
export async function resetData(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  for (const entry of await readdir(dataDir)) {
    if (ownEntries.test(entry)) await rm(join(dataDir, entry), { recursive: true, force: true });
  }
}

/** Ends whatever the ledger still names: for an end that came while something was just beginning. */
export async function endRecorded({ file }: ProcessLedger): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const { children } = JSON.parse(text) as { children: LedgerEntry[] };
  await Promise.all(children.map((child) => endProcess(child, 5_000)));
}
