import { type CapturedCommand, explainProblems } from "@tradegraph/testkit/explain";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { subgraphs } from "../services.ts";
import { demoShop, type DemoShop } from "./demo.ts";
import { type Findings, findThings } from "./findings.ts";
import { operationRuns } from "./operation-runs.ts";
import { runOperations } from "./runs/run-operations.ts";

let graph: TestGraph;
let shop: DemoShop;
let found: Findings;

beforeAll(async () => {
  // What subgraphs do is looked at here, so each request must reach them.
  graph = await startGraph({ seed: true, extra: { RESPONSE_CACHE_ENABLED: "false" } });
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
    await profile(2);
    const stage = { graph, shop, found, notes: new Map<string, string>() };
    await runOperations(stage, operationRuns(stage));
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
    // Lists that grow with every request or every member are read by keys that match. A skip reads what it skips, and
    // only looks for what lies past a cap.
    const growing = commands.filter(
      ({ find, skip }) => ["auditLog", "sessions", "invitations", "memberships"].includes(String(find)) && !skip,
    );
    expect(growing.length).toBeGreaterThan(4);
    expect(await explainProblems(graph.mongo, growing, { maxKeysPerResult: 3 })).toEqual([]);
  });
});
