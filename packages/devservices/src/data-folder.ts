// `<dataDir>/<server>-<major>`: data, password and log of one server, private to the user.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAtLeast, majorOf } from "./version.ts";

export interface DataFolder {
  folder: string;
  /** The server's own files. */
  db: string;
  logFile: string;
  password: string;
}

interface Credentials {
  username: string;
  password: string;
  /** Version of the server that made the data. */
  version: string;
}

export const emptyTheData = "npx --yes pnpm@12 start --reset";

export class OtherServerDataError extends Error {
  constructor(folder: string, made: string, chosen: string) {
    super(
      `${folder} holds data of ${made}, but the server found now is ${chosen}, which cannot read it: ` +
        `make ${made} available again, or empty the data with \`${emptyTheData}\`.`,
    );
    this.name = "OtherServerDataError";
  }
}

/** Opens or makes the folder; throws OtherServerDataError, changing nothing, when the data is of another server. */
export async function openDataFolder(
  dataDir: string,
  server: { name: string; title: string; version: string; username: string },
): Promise<DataFolder> {
  const { name, title, version } = server;
  const major = majorOf(version);
  const chosen = `${title} ${version}`;
  for (const entry of await readdir(dataDir).catch(() => [])) {
    const other = new RegExp(`^${name}-(\\d+)$`).exec(entry)?.[1];
    if (other === undefined || Number(other) === major) continue;
    if (await hasData(join(dataDir, entry)))
      throw new OtherServerDataError(join(dataDir, entry), `${title} ${other}`, chosen);
  }
  const folder = join(dataDir, `${name}-${major}`);
  const db = join(folder, "db");
  const credentialsFile = join(folder, "credentials.json");
  await mkdir(db, { recursive: true, mode: 0o700 });
  if (!existsSync(credentialsFile)) {
    if (await hasData(folder)) {
      throw new Error(
        `${credentialsFile} is missing, so ${db} cannot be opened: put it back, or run \`${emptyTheData}\`.`,
      );
    }
    const credentials: Credentials = { username: server.username, password: newPassword(), version };
    await writePrivate(credentialsFile, JSON.stringify(credentials, null, 2));
  }
  const { password, version: made } = JSON.parse(await readFile(credentialsFile, "utf8")) as Credentials;
  // A newer server reads what an older one of the same major wrote, never the reverse.
  const series = made.split(".").slice(0, 2).join(".");
  if (!isAtLeast(version, series)) throw new OtherServerDataError(folder, `${title} ${made}`, chosen);
  return { folder, db, logFile: join(folder, `${name}.log`), password };
}

/** 32 random bytes in letters that need no escaping in an address or a configuration file. */
export function newPassword(): string {
  return randomBytes(32).toString("base64url");
}

/** Writes a file only its user may read, whole or not at all. */
export async function writePrivate(file: string, text: string, mode = 0o600): Promise<void> {
  const draft = `${file}.new`;
  await writeFile(draft, text, { mode, flush: true });
  await rename(draft, file);
}

async function hasData(folder: string): Promise<boolean> {
  return (await readdir(join(folder, "db")).catch(() => [])).length > 0;
}
