import { config, down, status, up } from "migrate-mongo";
import { type mongo } from "mongoose";
import { withMigrationLock } from "./migration-lock.ts";

export interface MigrationTarget {
  db: mongo.Db;
  client: mongo.MongoClient;
  /** Folder of `NNNN-name.ts` files, absolute. */
  directory: string;
}

export interface MigrationStatus {
  fileName: string;
  /** Undefined while pending. */
  appliedAt?: Date;
}

/** migrate-mongo keeps its settings in one module variable, so targets are worked on one after the other. */
function select({ directory }: MigrationTarget): void {
  config.set({
    migrationsDir: directory,
    changelogCollectionName: "migrationChangelog",
    // .ts everywhere: the changelog knows files by name, and .js in the image would run all of them again.
    migrationFileExtension: ".ts",
    moduleSystem: "esm",
    useFileHash: false,
    lockCollectionName: "migrationLibraryLock",
    lockTtl: 0,
  });
}

/** Applies what is pending. @returns names of the applied files */
export async function migrateUp(target: MigrationTarget): Promise<string[]> {
  select(target);
  return withMigrationLock(target.db, () => up(target.db, target.client));
}

/** Takes back the newest migration. @returns its name, in a list that is empty when none was applied */
export async function migrateDown(target: MigrationTarget): Promise<string[]> {
  select(target);
  return withMigrationLock(target.db, () => down(target.db, target.client));
}

export async function migrationStatus(target: MigrationTarget): Promise<MigrationStatus[]> {
  select(target);
  const items = await status(target.db);
  return items.map(({ fileName, appliedAt }) => ({
    fileName,
    ...(appliedAt === "PENDING" ? {} : { appliedAt: new Date(appliedAt) }),
  }));
}
