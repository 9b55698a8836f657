// A folder for servers of tests: it vanishes at stop, and what a killed test run left vanishes at the next one.
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { newPassword, type DataFolder } from "./data-folder.ts";
import { openLedger, reclaimLeftovers, type ProcessLedger } from "./process-ledger.ts";

const hourInMilliseconds = 3_600_000;
const prefix = "tradegraph-";

export interface EphemeralFolder extends DataFolder {
  ledger: ProcessLedger;
  remove(): Promise<void>;
  /** For the exit of this process, where nothing can be awaited. */
  removeNow(): void;
}

export async function ephemeralFolder(name: string, temporary = tmpdir()): Promise<EphemeralFolder> {
  await removeAbandonedFolders(temporary);
  const folder = mkdtempSync(join(temporary, `${prefix}${name}-`));
  const ledger = openLedger(join(folder, "processes.json"));
  const db = join(folder, "db");
  await mkdir(db);
  // A server that was just killed may still be writing: try again for a moment.
  const options = { recursive: true, force: true, maxRetries: 5, retryDelay: 50 };
  return {
    folder,
    db,
    logFile: join(folder, `${name}.log`),
    password: newPassword(),
    ledger,
    remove: () => rm(folder, options),
    removeNow: () => rmSync(folder, options),
  };
}

/** Ends servers whose owner was killed and removes their folders; those of living owners and other users stay. */
export async function removeAbandonedFolders(temporary = tmpdir()): Promise<void> {
  const { uid } = userInfo();
  for (const entry of await readdir(temporary)) {
    if (!entry.startsWith(prefix)) continue;
    const folder = join(temporary, entry);
    const found = await stat(folder).catch(() => undefined);
    if (found?.uid !== uid || !found.isDirectory()) continue;
    const files = await readdir(folder).catch((): string[] => []);
    // Without a ledger it may be one that is being made this instant.
    if (!files.includes("processes.json") && Date.now() - found.mtimeMs < hourInMilliseconds) continue;
    try {
      const { owner } = await reclaimLeftovers(join(folder, "processes.json"), 0);
      if (!owner) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    } catch {
      continue; // Never a reason not to start: the next run tries again.
    }
  }
}
