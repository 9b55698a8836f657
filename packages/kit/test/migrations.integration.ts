import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { databaseShape } from "@tradegraph/testkit/database-shape";
import { createTestResources } from "@tradegraph/testkit/test-database";
import { type mongo } from "mongoose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { readSnapshot } from "../src/collections.ts";
import { withMigrationLock } from "../src/migration-lock.ts";
import { migrateDown, type MigrationTarget, migrateUp, migrationStatus } from "../src/migrations.ts";

const directory = resolve(import.meta.dirname, "migrations");
const both = ["0001-things.ts", "0002-more.ts"];

let resources: Awaited<ReturnType<typeof createTestResources>>;
let db: mongo.Db;
let target: MigrationTarget;
const children: ChildProcess[] = [];

beforeAll(async () => {
  resources = await createTestResources("migrations", { migrate: false });
  const { connection } = resources.mongo;
  db = connection.db as mongo.Db;
  target = { db, client: connection.getClient(), directory };
});

afterAll(() => resources[Symbol.asyncDispose]());
beforeEach(() => db.dropDatabase());
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Only what the migrations made; `runs` and `trouble` are the test's. */
const shape = async () => (await databaseShape(db)).filter(({ name }) => ["others", "things"].includes(name));
const runs = async () => (await db.collection("runs").find().toArray()).map(({ file }) => String(file)).sort();
const locks = () => db.collection("migrationLock").find().toArray();
const trouble = (mode: string) => db.collection("trouble").insertOne({ mode });

/** Another process that migrates the same database. */
function runner(leaseMs: number) {
  const script = resolve(import.meta.dirname, "run-migrations.ts");
  const child = spawn(process.execPath, [script, inject("mongoUri"), db.databaseName, String(leaseMs)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const output = text(child.stdout);
  const applied = once(child, "exit").then(async ([code]) => {
    if (code !== 0) throw new Error(`The runner ended with ${String(code)}.`);
    return JSON.parse(await output) as string[];
  });
  return { child, applied };
}

describe("migrateUp and migrateDown", () => {
  it("make the same database again after they took it back, on an empty one", async () => {
    await expect(migrateUp(target)).resolves.toEqual(both);
    const made = await shape();
    expect(made.map(({ name, indexes }) => [name, indexes.map((index) => index.name)])).toEqual([
      ["others", ["rank_1"]],
      ["things", ["tenantId_1_name_1", "tenantId_1_rank_1"]],
    ]);
    expect(made[1]?.validator.required).toEqual(["name", "rank"]);

    await expect(migrateDown(target)).resolves.toEqual(["0002-more.ts"]);
    const [things] = (await shape()).filter(({ name }) => name === "things");
    expect(things?.indexes.map(({ name }) => name)).toEqual(["tenantId_1_name_1", "tenantId_1_name_text"]);
    expect(things?.validator.required).toEqual(["name"]);
    await expect(migrateDown(target)).resolves.toEqual(["0001-things.ts"]);
    expect((await shape()).flatMap(({ indexes }) => indexes)).toEqual([]);
    await expect(migrateDown(target)).resolves.toEqual([]);

    await expect(migrateUp(target)).resolves.toEqual(both);
    expect(await shape()).toEqual(made);
  });

  it("leave documents where they are, and refuse wrong ones while they are up", async () => {
    await migrateUp(target);
    const things = db.collection("things");
    await things.insertOne({ tenantId: "a", name: "one", rank: 1 });
    await expect(things.insertOne({ tenantId: "a", name: "two" })).rejects.toMatchObject({ code: 121 });
    await migrateDown(target);
    await migrateDown(target);
    await things.insertOne({ tenantId: "a", name: 3 });
    expect(await things.countDocuments()).toBe(2);
  });

  it("change nothing the second time", async () => {
    await migrateUp(target);
    const made = await shape();
    await expect(migrateUp(target)).resolves.toEqual([]);
    expect(await shape()).toEqual(made);
    expect(await runs()).toEqual(["0001", "0002"]);
  });

  it("tell what is applied and what is pending", async () => {
    await expect(migrationStatus(target)).resolves.toEqual(both.map((fileName) => ({ fileName })));
    await migrateUp(target);
    await migrateDown(target);
    const [first, second] = await migrationStatus(target);
    expect(first?.appliedAt).toBeInstanceOf(Date);
    expect(second).toEqual({ fileName: "0002-more.ts" });
  });

  it("keep to their own folder when two databases are migrated at once", async () => {
    await using content = await createTestResources("content", { migrate: false });
    const contentDb = content.mongo.connection.db as mongo.Db;
    const contentFolder = resolve(import.meta.dirname, "../../../subgraphs/content/migrations");
    const client = content.mongo.connection.getClient();
    const applied = await Promise.all([
      migrateUp(target),
      migrateUp({ db: contentDb, client, directory: contentFolder }),
      migrationStatus(target),
    ]);
    expect(applied.slice(0, 2)).toEqual([both, ["0001-initial.ts"]]);
    expect((await databaseShape(contentDb)).map(({ name }) => name)).toContain("reviews");
  });
});

describe("two runners at once", () => {
  it("apply once, in one process", async () => {
    const applied = await Promise.all([migrateUp(target), migrateUp(target), migrateUp(target)]);
    expect(applied.map(({ length }) => length).sort()).toEqual([0, 0, 2]);
    expect(await runs()).toEqual(["0001", "0002"]);
    expect(await locks()).toEqual([]);
  });

  it("apply once, in two processes, although the work takes longer than the lease", async () => {
    await trouble("slow");
    const runners = [runner(500), runner(500)];
    const applied = await Promise.all(runners.map((each) => each.applied));
    expect(applied.map(({ length }) => length).sort()).toEqual([0, 2]);
    expect(await runs()).toEqual(["0001", "0002"]);
    expect(await locks()).toEqual([]);
  });
});

describe("a runner that dies in the middle", () => {
  it("leaves a lock that the next takes over after the lease, and work that the next completes", async () => {
    await trouble("hang");
    const { child, applied } = runner(2_000);
    const dead = expect(applied).rejects.toThrow("ended with null");
    await vi.waitFor(async () => expect(await runs()).toEqual(["0001", "0002"]), { timeout: 20_000, interval: 50 });
    child.kill("SIGKILL");
    await dead;
    const [lock] = await locks();
    expect(lock).toBeDefined();
    await db.collection("trouble").deleteMany({});

    await expect(migrateUp({ ...target, leaseMs: 2_000 })).resolves.toEqual(["0002-more.ts"]);
    expect(Date.now()).toBeGreaterThanOrEqual((lock?.expiresAt as Date).getTime());
    expect(await runs()).toEqual(["0001", "0002", "0002"]);
    expect(await locks()).toEqual([]);

    const repaired = await shape();
    await db.dropDatabase();
    await migrateUp(target);
    expect(repaired).toEqual(await shape());
  });

  it("of a failure gives the lock back at once and says which file it was", async () => {
    await trouble("fail");
    await expect(migrateUp(target)).rejects.toThrow(/0002-more\.ts.*The disk is full/);
    expect(await locks()).toEqual([]);
    await db.collection("trouble").deleteMany({});
    await expect(migrateUp(target)).resolves.toEqual(["0002-more.ts"]);
  });
});

describe("withMigrationLock", () => {
  it("lets nobody in while a live runner holds it, and gives up in the end", async () => {
    const options = { leaseMs: 300, patienceMs: 1_000 };
    const work = Promise.withResolvers<void>();
    const holder = withMigrationLock(db, () => work.promise, options);
    await vi.waitFor(async () => expect(await locks()).toHaveLength(1), 15_000);
    let entered = false;
    const late = withMigrationLock(db, () => Promise.resolve((entered = true)), options);
    await expect(late).rejects.toThrow("holds the lock");
    expect(entered).toBe(false);
    work.resolve();
    await holder;
  });

  it("does not take away the lock of the runner that took over", async () => {
    const options = { leaseMs: 10_000 };
    await withMigrationLock(
      db,
      () => db.collection("migrationLock").updateOne({}, { $set: { owner: "successor" } }),
      options,
    );
    expect(await locks()).toMatchObject([{ owner: "successor" }]);
  });
});

it("reads the snapshot beside a migration", () => {
  expect(readSnapshot(resolve(directory, "0001-things.ts")).map(({ name }) => name)).toEqual(["things"]);
});
