// A person asks what the shop knows of them, gets a file, and is erased everywhere.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { childEnvironment } from "@tradegraph/devservices/env";
import { type GraphClient } from "@tradegraph/testkit/graph-client";
import { textsInDatabase } from "@tradegraph/testkit/raw-bson";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { subgraphs } from "../services.ts";
import { demoShop, type DemoShop } from "./demo.ts";

const root = resolve(import.meta.dirname, "..");
let graph: TestGraph;
let shop: DemoShop;
let folder: string;
let buyer: GraphClient & { token: string };
let person: { id: string; email: string };
let order: { id: string; number: string };

const marks = { firstName: "Canarina", lastName: "Finchleigh", phone: "+43 777 4711", street: "Birdcage Walk 17" };
const home = { street: marks.street, city: "Cagetown", zip: "4711", country: "AT" };

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const run = (args: string[], extra: Record<string, string> = {}) =>
  new Promise<Ran>((done) => {
    const urls = subgraphs.map(({ name }) => [
      `${name.toUpperCase()}_URL`,
      `http://127.0.0.1:${graph.graph.ports[name]}/graphql`,
    ]);
    const signing = { INTERNAL_SIGNING_KEYS: graph.graph.secrets.signingKeys };
    const env = childEnvironment({ NODE_ENV: "test", ...Object.fromEntries(urls), ...signing, ...extra });
    execFile(process.execPath, ["scripts/person.ts", ...args], { cwd: root, env }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
const who = (id = person.id) => ["--tenant", shop.plan.tenantId, "--user", id];
const erase = (...more: string[]) => run(["erase", ...who(), ...more]);
const exportTo = (file: string) => run(["export", ...who(), "--out", join(folder, file)]);
type Exported = Record<string, Record<string, Record<string, unknown>[]>>;
const exported = async (file: string) => JSON.parse(await readFile(join(folder, file), "utf8")) as Exported;

const collection = (service: "users" | "orders", name: string) =>
  graph.mongo.db(graph.databaseOf(service)).collection(name);
const found = async (texts: string[]) => {
  const all = await Promise.all(
    subgraphs.map(({ name }) => textsInDatabase(graph.mongo.db(graph.databaseOf(name)), texts)),
  );
  return all.flat();
};

async function placeOrder(): Promise<{ id: string; number: string }> {
  let n = 100;
  while (!(shop.plan.product(n).isActive && shop.plan.product(n).postAs === "seller" && shop.plan.product(n).moq === 1))
    n += 1;
  const lines = [{ productId: shop.plan.id("product", n).toHexString(), quantity: 1 }];
  const input = { lines, shippingAddress: home, paymentMethod: "INVOICE", notes: `Ring for ${marks.firstName}` };
  const { orderPlace } = await buyer.operation<{
    orderPlace: { order: { id: string; number: string } | null; userErrors: object[] };
  }>("OrderPlace", { key: randomUUID(), input });
  if (!orderPlace.order) throw new Error(JSON.stringify(orderPlace.userErrors));
  return orderPlace.order;
}

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  shop = demoShop(graph);
  folder = await mkdtemp(join(tmpdir(), "person-"));
  buyer = await shop.as("buyer");
  const { street: _street, ...names } = marks;
  await buyer.expectData(
    "mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { userErrors { message } } }",
    {
      input: { ...names, address: home },
    },
  );
  person = (await buyer.expectData<{ me: typeof person }>("{ me { id email } }")).me;
  order = await placeOrder();
});
afterAll(async () => {
  await graph.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("pnpm person export", () => {
  it("writes a file for its owner's eyes alone, with what all four subgraphs know", async () => {
    expect(await exportTo("buyer.json")).toMatchObject({ code: 0, stderr: "" });
    expect((await stat(join(folder, "buyer.json"))).mode & 0o777).toBe(0o600);
    const { users, orders, content, products, ...head } = await exported("buyer.json");
    expect(head).toMatchObject({ tenantId: shop.plan.tenantId, userId: person.id });
    const { street: _street, ...names } = marks;
    expect(users?.profile).toMatchObject([{ ...names, email: person.email, address: home }]);
    expect(users?.sessions).not.toEqual([]);
    expect(users?.memberships).not.toEqual([]);
    expect(users?.auditEntriesBy).not.toEqual([]);
    const placed = orders?.orders?.find(({ number }) => number === order.number);
    expect(placed).toMatchObject({ shippingAddress: home, notes: "Ring for Canarina" });
    expect(Object.keys(content ?? {})).toEqual(["reviews"]);
    expect(Object.keys(products ?? {})).toEqual(["productsOnSale", "productsOffSale"]);
    const text = await readFile(join(folder, "buyer.json"), "utf8");
    expect(text).not.toMatch(/argon2|enc:v1|[hH]ash"|[oO]utbox|"spent/);
  });

  it("leaves a file alone that is there", async () => {
    const before = await readFile(join(folder, "buyer.json"), "utf8");
    const { code, stderr } = await exportTo("buyer.json");
    expect([code, stderr]).toEqual([1, `The file ${join(folder, "buyer.json")} is there already.\n`]);
    expect(await readFile(join(folder, "buyer.json"), "utf8")).toBe(before);
  });

  it("says in a sentence what is wrong, with exit code 1, and leaves no file", async () => {
    const unknown = "5f5f5f5f5f5f5f5f5f5f5f5f";
    const out = ["--out", join(folder, "none.json")];
    const tenant = ["--tenant", shop.plan.tenantId];
    for (const [args, env, words] of [
      [["export", ...who(unknown), ...out], {}, "users: There is no such person."],
      [["export", "--tenant", "other-shop", "--user", person.id, ...out], {}, "users: There is no such person."],
      [["erase", ...who(unknown), "--yes"], {}, "users: There is no such person."],
      [["export", ...who(), "--out", "/nowhere/at/all.json"], {}, "The file /nowhere/at/all.json cannot be written."],
      [["export", ...tenant, "--user", "me", ...out], {}, "Give an id of 24 hexadecimal digits."],
      [["export", ...who(), ...out], { USERS_URL: "" }, "USERS_URL: is missing"],
      [["export", ...who(), ...out], { INTERNAL_SIGNING_KEYS: `k1:${"0".repeat(64)}` }, "users: "],
    ] as [string[], Record<string, string>, string][]) {
      const { code, stdout, stderr } = await run(args, env);
      expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: "" });
      expect(stderr).toContain(words);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    expect(await readdir(folder)).toEqual(["buyer.json"]);
  });
});

describe("pnpm person erase", () => {
  it("does nothing without --yes", async () => {
    expect(await erase()).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("--yes") as string });
    await expect(buyer.expectData("{ me { email } }")).resolves.toEqual({ me: { email: person.email } });
  });

  it("takes the person out of all four databases, and leaves the orders with their amounts", async () => {
    const texts = [person.email, marks.firstName, marks.lastName, marks.phone, marks.street];
    expect(new Set((await found(texts)).map((text) => text.split(": ")[1]))).toEqual(
      new Set([person.email, "canarina", "finchleigh"]),
    );
    const customerId = new mongoose.Types.ObjectId(person.id);
    const amounts = () =>
      collection("orders", "orders")
        .find({ customerId }, { projection: { number: 1, totalAmount: 1, items: 1 }, sort: { _id: 1 } })
        .toArray();
    const before = await amounts();
    expect(before.length).toBeGreaterThan(0);
    // What has just been ordered is over before the person goes.
    await collection("orders", "orders").updateMany({ customerId }, { $set: { status: "delivered" } });

    const { code, stdout, stderr } = await erase("--yes");

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^users +1 account/m);
    expect(stdout).toMatch(new RegExp(`^orders +.*${before.length} orders`, "m"));
    expect(await found(texts)).toEqual([]);
    expect(await amounts()).toEqual(before);
    const { errors } = await buyer.execute("{ me { email } }");
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    await expect(shop.as("buyer")).rejects.toThrow("may not sign in");
    const admin = await shop.as("admin");
    const query =
      "query ($id: ID!) { order(by: { id: $id }) { number totalAmount { amountMinor } shippingAddress { street } } }";
    const { order: shown } = await admin.expectData<{ order: object }>(query, { id: order.id });
    expect(shown).toMatchObject({ number: order.number, shippingAddress: { street: "erased" } });
  });

  it("may be repeated, keeps the person out of the audit log, and shows what is left", async () => {
    const again = await erase("--yes");
    expect(again).toEqual({ code: 0, stderr: "", stdout: expect.stringMatching(/^users +nothing$/m) as string });
    const ofPerson = { "actor.userId": person.id };
    await expect.poll(() => collection("users", "auditLog").countDocuments(ofPerson), { timeout: 15_000 }).toBe(0);
    const proof = { action: "person.erased", "subject.id": person.id };
    await expect.poll(() => collection("users", "auditLog").countDocuments(proof), { timeout: 15_000 }).toBe(1);
    expect(await exportTo("left.json")).toMatchObject({ code: 0 });
    const { users, orders } = await exported("left.json");
    expect(users?.profile).toMatchObject([{ firstName: "erased", lastName: "erased", isActive: false }]);
    expect(await readFile(join(folder, "left.json"), "utf8")).not.toMatch(/Canarina|Finchleigh|Birdcage|4711/);
    expect(orders?.orders).not.toEqual([]);
  });

  it("leaves everything as it was while users is away, and goes on where another subgraph was", async () => {
    const login = await shop.as("approver");
    const { me } = await login.expectData<{ me: typeof person }>("{ me { id email } }");
    person = me;
    await graph.programs.content.stop();
    const half = await exportTo("half.json");
    expect(half).toMatchObject({ code: 1, stderr: expect.stringMatching(/^content: .*does not answer/) as string });
    const partly = await erase("--yes");
    expect(partly.stdout).toMatch(/^users +1 account/m);
    expect(partly).toMatchObject({ code: 1, stderr: expect.stringMatching(/^content: .*does not answer/) as string });
    expect(partly.stderr).toContain("run this again");

    const other = await shop.as("company admin");
    person = (await other.expectData<{ me: typeof person }>("{ me { id email } }")).me;
    await graph.programs.users.stop();
    expect(await exportTo("half.json")).toMatchObject({
      ...{ code: 1, stdout: "", stderr: expect.stringMatching(/^users: .*does not answer/) as string },
    });
    expect(await erase("--yes")).toMatchObject({
      ...{ code: 1, stdout: "", stderr: expect.stringMatching(/^users: .*does not answer/) as string },
    });
    expect(await readdir(folder)).not.toContain("half.json");
    expect(await found([person.email])).not.toEqual([]);
    expect(await found([me.email])).toEqual([]);
  });
});
