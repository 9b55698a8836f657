import { config, down, status, up } from "migrate-mongo";
import { type mongo } from "mongoose";
import { withMigrationLock } from "./migration-lock.ts";

export interface MigrationTarget {
  db: mongo.Db;
  client: mongo.MongoClient;
  /** Folder of `NNNN-name.ts` files, absolute. */
  directory: string;
  /** Milliseconds after which a runner that died counts as gone; for tests. */
  leaseMs?: number;
}

export interface MigrationStatus {
  fileName: string;
  /** Undefined while pending. */
  appliedAt?: Date;
}

let lastTurn: Promise<unknown> = Promise.resolve();

/** migrate-mongo keeps its settings in one module variable, so targets are worked on one after the other. */
function inTurn<T>(target: MigrationTarget, work: () => Promise<T>): Promise<T> {
  const turn = lastTurn.then(() => {
    select(target);
    return work();
  });
  lastTurn = turn.catch(() => undefined);
  return turn;
}

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
export function migrateUp(target: MigrationTarget): Promise<string[]> {
  return withMigrationLock(target.db, () => inTurn(target, () => up(target.db, target.client)), target);
}

/** Takes back the newest migration. @returns its name, in a list that is empty when none was applied */
export function migrateDown(target: MigrationTarget): Promise<string[]> {
  return withMigrationLock(target.db, () => inTurn(target, () => down(target.db, target.client)), target);
}

export async function migrationStatus(target: MigrationTarget): Promise<MigrationStatus[]> {
  const items = await inTurn(target, () => status(target.db));
  return items.map(({ fileName, appliedAt }) => ({
    fileName,
    ...(appliedAt === "PENDING" ? {} : { appliedAt: new Date(appliedAt) }),
  }));
}
