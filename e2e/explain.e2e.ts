import { type CapturedCommand, explainProblems } from "@tradegraph/testkit/explain";
import { type GraphClient, readOperation } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { subgraphs } from "../services.ts";
import { demoShop, type DemoShop } from "./demo.ts";
import { type Findings, findThings, operationRuns } from "./operation-runs.ts";

let graph: TestGraph;
let shop: DemoShop;
let found: Findings;

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  shop = demoShop(graph);
  found = await findThings(shop);
});

afterAll(() => graph.stop());

const databases = () => subgraphs.map(({ name }) => graph.mongo.db(graph.databaseOf(name)));

/** The server writes down every command in full, whichever process sent it. */
async function profile(level: 0 | 2): Promise<void> {
  for (const db of databases()) {
    if (level === 2) await db.createCollection("system.profile", { capped: true, size: 64 * 1024 * 1024 });
    await db.command({ profile: level });
  }
}

async function profiled(): Promise<CapturedCommand[]> {
  const entries = await Promise.all(
    databases().map((db) =>
      db
        .collection("system.profile")
        .find({ ns: { $not: /system\.|migration|seedState/ }, op: { $in: ["query", "command"] } })
        .toArray(),
    ),
  );
  // Updates and deletes stand in the profile one by one, in another form than they were sent.
  const isQuery = (command: CapturedCommand) => ["find", "aggregate", "findAndModify"].some((name) => name in command);
  return entries.flatMap((entry) => entry.map(({ command }) => command as CapturedCommand)).filter(isQuery);
}

describe("queries of all operations", () => {
  it("scan an index and sort nothing in memory but the capped matches of a text search", async () => {
    const callers = new Map<string | undefined, GraphClient>([[undefined, shop.visitor]]);
    await profile(2);
    for (const { operation, as, variables } of operationRuns(shop, found)) {
      const [client = "", name = ""] = operation.split("/");
      const caller = callers.get(as) ?? (await shop.as(as ?? ""));
      callers.set(as, caller);
      await caller.execute(await readOperation(name, client), variables);
    }
    await profile(0);
    const commands = await profiled();
    const queried = new Set(
      commands.flatMap((command) => [command.find, command.aggregate]).filter((name) => name !== undefined),
    );
    // All collections that operations read: the capture works.
    expect([...queried].map(String)).toEqual(
      expect.arrayContaining([
        "products",
        "categories",
        "inventory",
        "orders",
        "payments",
        "users",
        "companies",
        "memberships",
        "reviews",
        "reviewSummaries",
      ]),
    );
    expect(await explainProblems(graph.mongo, commands)).toEqual([]);
  });
});
