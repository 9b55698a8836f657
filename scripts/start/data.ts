import { existsSync } from "node:fs";
import { mkdir, readdir, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import {
  AlreadyRunningError,
  openLedger,
  type ProcessLedger,
  reclaimLeftovers,
} from "@tradegraph/devservices/process-ledger";

/** A first start downloads and writes about this much. */
const neededBytes = 2 * 1024 ** 3;

const ownEntries = /^(mongodb-\d+|redis-\d+|logs|secrets\.json|running\.json)$/;

/**
 * Takes the data folder for this process: ends what a killed start left behind, refuses while another one runs, looks for
 * room on the disk.
 *
 * @returns the ledger, and names of what was ended
 */
export async function takeDataFolder(dataDir: string): Promise<{ ledger: ProcessLedger; ended: string[] }> {
  await mkdir(dataDir, { recursive: true });
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize < neededBytes) {
    throw new Error(`Only ${Math.round((bavail * bsize) / 1024 ** 2)} MB are free for ${dataDir}; make room for 2 GB.`);
  }
  const file = join(dataDir, "processes.json");
  const { ended, owner } = await reclaimLeftovers(file);
  if (owner) throw new AlreadyRunningError(owner.pid);
  return { ledger: openLedger(file), ended: ended.map(({ role }) => role) };
}

/** Empties the data folder of what we put there; anything else in it stays. */
export async function resetData(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  for (const entry of await readdir(dataDir)) {
    if (ownEntries.test(entry)) await rm(join(dataDir, entry), { recursive: true, force: true });
  }
}
