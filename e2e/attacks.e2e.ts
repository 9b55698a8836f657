// Whoever comes with what is forged, stolen, replayed, over or meant for somebody else is refused with a stable code, is
// on record, and changes nothing.
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { subgraphs } from "../services.ts";
import { type Answer, type Attack, type Scene } from "./attacks/attack.ts";
import { forgedCalls } from "./attacks/forged-calls.ts";
import { forge, forgedTokens, withToken } from "./attacks/forged-tokens.ts";
import { stolenCredentials } from "./attacks/stolen-credentials.ts";
import { waitingDocuments } from "./audit-trail.ts";
import { demoShop } from "./demo.ts";

const attacks: Attack[] = [...forgedTokens, ...forgedCalls, ...stolenCredentials];

let graph: TestGraph;
let scene: Scene;
/** Ready to be carried out, by name. */
const ready = new Map<string, () => Promise<Answer>>();
/** Entries from before the attacks. */
let began: Date;

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  scene = { graph, shop: demoShop(graph) };
  for (const { name, prepare } of attacks) ready.set(name, await prepare(scene));
  await settled();
  began = new Date();
}, 180_000);

afterAll(() => graph.stop());

const databaseOf = (name: (typeof subgraphs)[number]["name"]) => graph.mongo.db(graph.databaseOf(name));

/** Whoever carries events on changes the documents they were in. */
const settled = () =>
  vi.waitFor(async () => expect(await waitingDocuments(graph)).toBe(0), { timeout: 30_000, interval: 100 });

/** Where it is written down what happened, and how far that has been carried. */
const records = new Set([
  ...["auditLog", "securityRecords", "signInAttempts"],
  ...["outboxEvents", "eventConsumers", "eventPositions", "eventLogs", "leases"],
]);

/** The server's checksums of all other collections. */
async function digest(): Promise<Record<string, string>> {
  const all = await Promise.all(
    subgraphs.map(async ({ name }) => {
      const { collections } = (await databaseOf(name).command({ dbHash: 1 })) as {
        collections: Record<string, string>;
      };
      return Object.entries(collections).flatMap(([collection, hash]) =>
        records.has(collection) ? [] : [[`${name}.${collection}`, hash] as const],
      );
    }),
  );
  return Object.fromEntries(all.flat());
}

const without = (all: Record<string, string>, left: readonly string[] = []) =>
  Object.fromEntries(
    Object.entries(all).filter(([name]) => !left.some((collection) => name.endsWith(`.${collection}`))),
  );

const nameOf = ({ source, action, code }: Attack["told"]) => [source, action, code].filter(Boolean).join(" ");

function countByName(told: readonly (Attack["told"] & { count?: number })[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of told) counts[nameOf(each)] = (counts[nameOf(each)] ?? 0) + (each.count ?? 1);
  return counts;
}

describe("an attack with", () => {
  it.each(attacks)("$name is refused and changes nothing", async ({ name, refused, changes }) => {
    const before = await digest();
    await expect(ready.get(name)?.()).resolves.toEqual(refused);
    await settled();
    const after = await digest();
    expect(without(after, changes)).toEqual(without(before, changes));
  });

  it("nothing wrong would have come in: what is forged here is otherwise good", async () => {
    const token = await forge(scene, {});
    await expect(withToken(scene, token)).resolves.toEqual({ status: 200, code: "none" });
    // Whoever comes in by mistake is seen.
    const before = await digest();
    const other = await forge(scene, {});
    await withToken(scene, other);
    const after = await digest();
    expect(without(after, ["sessions"])).not.toEqual(without(before, ["sessions"]));
  });
});

describe("the audit log", () => {
  it("has each of them, as refused", async () => {
    const expected = countByName(attacks.map(({ told }) => told));
    const missing = async () => {
      const entries = await databaseOf("users")
        .collection("auditLog")
        .find({ category: "security", outcome: "refused", at: { $gte: began } })
        .toArray();
      const found = countByName(entries as unknown as Attack["told"][]);
      return Object.entries(expected).filter(([name, count]) => (found[name] ?? 0) < count);
    };
    // Equal ones come together, the first at once. More than these may be counted: those of making everything ready.
    await expect.poll(missing, { timeout: 30_000, interval: 500 }).toEqual([]);
  }, 40_000);
});
