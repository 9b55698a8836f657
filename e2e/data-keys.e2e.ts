// The commands of docs/ENCRYPTION.md on seeded databases, while the programs run.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { openEncryptionKey } from "@tradegraph/devservices/encryption-key";
import { childEnvironment } from "@tradegraph/devservices/env";
import { keyIdOf } from "@tradegraph/kit/field-cipher";
import { sealedPathsOf } from "@tradegraph/kit/sealed-field";
import { valuesAt } from "@tradegraph/kit/values-at";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databases } from "../scripts/databases.ts";
import { demoShop } from "./demo.ts";

let graph: TestGraph;
let otherFolder: string;

beforeAll(async () => {
  otherFolder = await mkdtemp(join(tmpdir(), "tradegraph-keys-"));
  graph = await startGraph({ seed: true });
});
afterAll(async () => {
  await graph.stop();
  await rm(otherFolder, { recursive: true });
});

/** Ids of the keys in use, by how many values each sealed. */
async function keysInUse(name: "users" | "orders"): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [collection, paths] of Object.entries(sealedPathsOf(databases[name].schemas))) {
    for await (const document of graph.mongo.db(graph.databaseOf(name)).collection(collection).find()) {
      for (const { value } of paths.flatMap((path) => [...valuesAt(document, path)])) {
        const id = keyIdOf(value) ?? "plain text";
        found[id] = (found[id] ?? 0) + 1;
      }
    }
  }
  return found;
}

describe("keys data", () => {
  it("lists keys, and never shows one", async () => {
    const text = await graph.script("keys", ["data", "list"]);
    expect(text.match(/^(users|orders) +[fb]0001 +active/gm)).toHaveLength(4);
    const stored = await graph.mongo.db(graph.databaseOf("users")).collection("dataKeys").find().toArray();
    for (const { wrapped } of stored) expect(text).not.toContain(wrapped);
  });

  it.each([
    ["rotate", []],
    ["rewrap", ["--from-file", "/nowhere"]],
  ])("%s does nothing without --yes", async (action, args) => {
    await expect(graph.script("keys", ["data", action, ...args])).rejects.toThrow(/say --yes/);
    expect(Object.keys(await keysInUse("orders"))).toEqual(["f0001"]);
  });

  it("rotates while people read and write", async () => {
    const shop = demoShop(graph);
    const buyer = await shop.as("buyer");
    const read = `{ me { phone address { street } }
      orders(first: 5) { nodes { shippingAddress { street } billingAddress { street } } } }`;
    const expected = await buyer.expectData(read);
    const before = await keysInUse("orders");
    let isOver = false;
    let rounds = 0;
    const reading = (async () => {
      while (!isOver) {
        await expect(buyer.expectData(read)).resolves.toEqual(expected);
        rounds += 1;
      }
    })();
    const supplier = await shop.as("supplier");
    const update =
      "mutation ($phone: String) { userUpdate(input: { phone: $phone }) { user { phone } userErrors { message } } }";
    const writing = (async () => {
      while (!isOver) {
        const phone = `+49 555 ${rounds}`;
        await expect(supplier.expectData(update, { phone })).resolves.toEqual({
          userUpdate: { user: { phone }, userErrors: [] },
        });
      }
    })();
    const text = await graph
      .script("keys", ["data", "rotate", "--yes", "--settle", "1"])
      .finally(() => (isOver = true));
    await Promise.all([reading, writing]);
    expect(rounds).toBeGreaterThan(3);
    expect(text).toMatch(/^users: \d+ values sealed with f0002$/m);
    await expect(keysInUse("orders")).resolves.toEqual({ f0002: before.f0001 });
    const list = await graph.script("keys", ["data", "list"]);
    expect(list).toMatch(/^users +f0001 +retired/m);
    expect(list).toMatch(/^orders +f0002 +active/m);
  });

  it("wraps data keys for another key file, and the programs go on", async () => {
    const file = await openEncryptionKey(otherFolder);
    const env = childEnvironment({
      ...{ MONGODB_URI: graph.graph.mongoUri, ENCRYPTION_KEY_FILE: file, NODE_ENV: "test" },
    });
    const args = ["data", "rewrap", "--yes", "--from-file", graph.graph.encryptionKeyFile];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["scripts/keys.ts", ...args, "--prefix", graph.graph.databasePrefix ?? ""],
      { cwd: resolve(import.meta.dirname, ".."), env },
    );
    expect(stdout).toMatch(/^orders: b0001, f0001, f0002 wrapped by file:[0-9a-f]{8}$/m);
    const buyer = await demoShop(graph).as("buyer");
    await expect(buyer.expectData("{ me { phone } }")).resolves.toMatchObject({ me: { phone: expect.any(String) } });
  });
});
