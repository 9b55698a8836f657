// What a running `start` tells other commands of this checkout: where its database is.
import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { writePrivate } from "@tradegraph/devservices/data-folder";

export const defaultDataFolder = resolve(import.meta.dirname, "../../.data");

export interface Running {
  mongoUri: string;
  demoPassword: string;
}

const fileIn = (dataDir: string) => join(dataDir, "running.json");

export const writeRunning = (dataDir: string, running: Running): Promise<void> =>
  writePrivate(fileIn(dataDir), JSON.stringify(running));

export const removeRunning = (dataDir: string): Promise<void> => rm(fileIn(dataDir), { force: true });

/** @returns undefined when no `start` runs here */
export const readRunning = (dataDir = defaultDataFolder): Promise<Running | undefined> =>
  readFile(fileIn(dataDir), "utf8").then(
    (text) => JSON.parse(text) as Running,
    () => undefined,
  );
