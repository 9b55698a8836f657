// Records that users refuses, one file a day: for people to look at, for a month, and never more than a few MiB.
import { appendFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type AuditRecord } from "./record.ts";

const lifetimeDays = 30;
const mostBytes = 8 * 1024 * 1024;

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
const fileName = (time: number): string => `refused-${day(time)}.log`;

const refusedFiles = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /^refused-\d{4}-\d{2}-\d{2}\.log$/.test(name));

/** Keeps a record. @returns false when there is no place for it. @throws Error when the file cannot be written */
export function keepRefused(folder: string, record: AuditRecord, now = Date.now()): boolean {
  const line = `${JSON.stringify(record)}\n`;
  const kept = refusedFiles(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  if (kept.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(line)) > mostBytes) return false;
  appendFileSync(join(folder, fileName(now)), line, { mode: 0o600 });
  return true;
}

/** Removes what has been there for a month. */
export function removeOldRefused(folder: string, now = Date.now()): void {
  const oldest = fileName(now - lifetimeDays * 86_400_000);
  for (const name of refusedFiles(folder)) if (name < oldest) rmSync(join(folder, name), { force: true });
}
