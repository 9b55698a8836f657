// What a running `start` tells other commands of this checkout: where its database is.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type SigningKey } from "@tradegraph/kit/internal-assertion";

export const defaultDataFolder = resolve(import.meta.dirname, "../.data");

export interface Running {
  mongoUri: string;
  demoPassword: string;
  encryptionKeyFile: string;
  /** Absent where none could be had. */
  redisUri?: string;
  /** How to purge its response cache. */
  operator: { url: string; key: string };
  /** How to call its subgraphs. */
  internal: { keys: SigningKey[]; urls: Record<string, string> };
}

/** Present while a `start` runs. */
export const runningFile = (dataDir: string): string => join(dataDir, "running.json");

/** @returns undefined when no `start` runs here */
export const readRunning = (dataDir = defaultDataFolder): Promise<Running | undefined> =>
  readFile(runningFile(dataDir), "utf8").then(
    (text) => JSON.parse(text) as Running,
    () => undefined,
  );
