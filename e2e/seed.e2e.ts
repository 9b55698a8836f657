import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { openEncryptionKey } from "@tradegraph/devservices/encryption-key";
import { childEnvironment } from "@tradegraph/devservices/env";
import { seedTenants } from "@tradegraph/kit/seed-plan";
import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { databaseNames, databases, migrate } from "../scripts/databases.ts";
import { claimScale, isSeeded } from "../scripts/seed-state.ts";

const root = resolve(import.meta.dirname, "..");
const prefix = `seed_${randomBytes(4).toString("hex")}_`;
let client: mongoose.mongo.MongoClient;
let folder: string;
let encryptionKeyFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tradegraph-seed-"));
  encryptionKeyFile = await openEncryptionKey(folder);
  client = await new mongoose.mongo.MongoClient(inject("mongoUri")).connect();
  for (const name of databaseNames) await migrate({ uri: inject("mongoUri"), prefix }, name, "up");
});

afterAll(async () => {
  for (const name of databaseNames) await client.db(`${prefix}${name}`).dropDatabase();
  await client.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs `pnpm seed` and watches how much memory it takes. */
async function seed(
  args: string[],
  extra: Record<string, string> = {},
): Promise<{ code: number | null; output: string; peakMiB: number }> {
  const env = childEnvironment({
    MONGODB_URI: inject("mongoUri"),
    DEMO_PASSWORD: "only-for-this-test",
    ENCRYPTION_KEY_FILE: encryptionKeyFile,
    NODE_ENV: "test",
    ...extra,
  });
  const child = spawn(
    process.execPath,
    ["--max-old-space-size=128", "--max-semi-space-size=4", "scripts/seed.ts", "--prefix", prefix, ...args],
    { cwd: root, env },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  let peakMiB = 0;
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, "utf8").then(
      (status) => (peakMiB = Math.max(peakMiB, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024)),
      () => undefined,
    );
  }, 50);
  const [code] = (await once(child, "exit")) as [number | null];
  clearInterval(watch);
  return { code, output, peakMiB };
}

/** Every collection with its number of documents and a digest of all of them. */
async function fingerprint(): Promise<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const name of databaseNames) {
    // Data keys count what they sealed, also when nothing of it was new.
    for (const collection of Object.keys(databases[name].schemas).filter((each) => each !== "dataKeys")) {
      const hash = createHash("sha256");
      let count = 0;
      for await (const document of client.db(`${prefix}${name}`).collection(collection).find().sort({ _id: 1 })) {
        hash.update(mongoose.mongo.BSON.serialize(document));
        count += 1;
      }
      entries.push([`${name}.${collection}`, `${count} ${hash.digest("hex")}`]);
    }
  }
  return Object.fromEntries(entries);
}

describe("seed", () => {
  it("fills both shops, and a second run changes nothing", async () => {
    const first = await seed([]);
    expect(first).toMatchObject({ code: 0 });
    const before = await fingerprint();
    for (const tenantId of seedTenants) {
      const count = (name: string, collection: string, filter: object = {}) =>
        client
          .db(`${prefix}${name}`)
          .collection(collection)
          .countDocuments({ tenantId, ...filter });
      expect(await count("products", "products")).toBeGreaterThanOrEqual(2_000);
      expect(await count("products", "categories")).toBe(60);
      expect(await count("products", "stores")).toBe(12);
      expect(await count("users", "companies")).toBe(40);
      expect(await count("users", "users")).toBe(300);
      expect(await count("orders", "orders")).toBe(3_000);
      for (const status of ["pending", "confirmed", "shipped", "delivered", "cancelled"]) {
        expect(await count("orders", "orders", { status })).toBeGreaterThan(0);
      }
    }
    const second = await seed([]);
    expect(second).toMatchObject({ code: 0 });
    expect(second.output).toContain("Everything was there already.");
    expect(await fingerprint()).toEqual(before);
  });

  it("obeys the rules of the shop", async () => {
    const orders = client.db(`${prefix}orders`).collection("orders");
    for await (const order of orders.find()) {
      const lines = order.items as { quantity: number; price: { amount: number } }[];
      const total = lines.reduce((sum, { quantity, price }) => sum + quantity * price.amount, 0);
      expect((order.totalAmount as { amount: number }).amount).toBe(total);
      const history = order.history as { status: string; at: Date }[];
      expect(history[0]?.status).toBe("pending");
      expect(history.at(-1)?.status).toBe(order.status);
      expect(history.map(({ at }) => at.getTime())).toEqual(
        history.map(({ at }) => at.getTime()).toSorted((a, b) => a - b),
      );
    }
    const uneven = await client
      .db(`${prefix}products`)
      .collection("inventory")
      .countDocuments({ $expr: { $ne: ["$onHand", { $add: ["$reserved", "$available"] }] } });
    expect(uneven).toBe(0);
    const content = client.db(`${prefix}content`);
    const counted = await content
      .collection("reviews")
      .aggregate<{ _id: { tenantId: string; productId: object }; count: number; sum: number }>([
        { $match: { status: "approved" } },
        {
          $group: {
            _id: { tenantId: "$tenantId", productId: "$productId" },
            count: { $sum: 1 },
            sum: { $sum: "$rating" },
          },
        },
      ])
      .toArray();
    expect(counted.length).toBeGreaterThan(0);
    for (const { _id, count, sum } of counted) {
      expect(await content.collection("reviewSummaries").findOne(_id)).toMatchObject({ count, sum });
    }
  });

  it("removes all that it wrote and nothing else, and only when told --yes", async () => {
    const foreign = {
      _id: new mongoose.Types.ObjectId(),
      tenantId: "alpenmarkt",
      name: "Ours",
      slug: "ours",
      parentId: null,
      ancestors: [],
      sortOrder: 0,
      isActive: true,
      version: 1,
      outbox: [],
      hasOutbox: false,
    };
    const categories = client.db(`${prefix}products`).collection("categories");
    await categories.insertOne(foreign);
    expect(await seed(["clean"])).toMatchObject({ code: 1, output: expect.stringContaining("--yes") as string });
    expect(await seed(["clean", "--yes"])).toMatchObject({ code: 0 });
    const left = Object.entries(await fingerprint()).filter(([, state]) => !state.startsWith("0 "));
    expect(left.map(([name]) => name)).toEqual(["products.categories"]);
    expect(await categories.findOne()).toEqual(foreign);
    await categories.deleteMany({});
  });

  it("counts as seeded only when it came to its end", async () => {
    const server = { uri: inject("mongoUri"), prefix };
    await client.db(`${prefix}products`).collection("seedState").deleteMany({});
    expect(await isSeeded(server)).toBe(false);
    // What a seed that was killed half-way leaves.
    await claimScale(server, 2_000);
    expect(await isSeeded(server)).toBe(false);
    expect(await seed([])).toMatchObject({ code: 0 });
    expect(await isSeeded(server)).toBe(true);
    // Removed on purpose is not the same as never written.
    expect(await seed(["clean", "--yes"])).toMatchObject({ code: 0 });
    expect(await isSeeded(server)).toBe(true);
  });

  it("refuses production without --force", async () => {
    expect(await seed([], { NODE_ENV: "production" })).toMatchObject({
      code: 1,
      output: expect.stringContaining("--force") as string,
    });
  });

  it("refuses to mix worlds of two sizes", async () => {
    expect(await seed([])).toMatchObject({ code: 0 });
    expect(await seed(["--scale", "3000"])).toMatchObject({
      code: 1,
      output: expect.stringContaining("seed clean --yes") as string,
    });
    expect(await seed(["clean", "--yes"])).toMatchObject({ code: 0 });
  });

  it("streams a larger shop in bounded memory", async () => {
    const { code, peakMiB } = await seed(["--scale", "20000"]);
    expect(code).toBe(0);
    expect(peakMiB).toBeGreaterThan(50);
    expect(peakMiB).toBeLessThan(300);
  }, 400_000);
});
