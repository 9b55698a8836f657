// What has no time-out: parsing and validation run in the gateway's own thread, and are bounded by how large a document may
// be. So the worst documents for both, over the graph of the shop; docs/LIMITS.md tells what was measured.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AttackStage, post, startAttackStage } from "./attack-stage.ts";
import { spreadByNobody, withinLimits } from "./worst-documents.ts";

let stage: AttackStage;
beforeAll(async () => {
  const sdl = await readFile(resolve(import.meta.dirname, "../../schema/generated/supergraph.graphql"), "utf8");
  stage = await startAttackStage({
    graph: { sdl, subgraphs: ["products", "orders", "users", "content"] },
    ...{ introspection: false, planning: { timeoutMs: 2_000 } },
  });
}, 60_000);
afterAll(() => stage.stop());

const attackOf = (text: string) => post(text, text.includes("query Q0") ? { operationName: "Q0" } : {});
const byLimit = /^(MAX_|COST_|GRAPHQL_PARSE)/;

describe("parsing and validation of the shop's graph are held up by no document within the limits:", () => {
  it.each(Object.entries(withinLimits))("%s", async (_name, text) => {
    const { status, code, held } = await stage.attempt(attackOf(text));
    expect([200, 400]).toContain(status);
    // Or something else refused it before it was validated.
    expect(String(code)).not.toMatch(byLimit);
    expect(held).toBe("short");
  });
});

describe("is refused before it is validated:", () => {
  it.each(Object.entries(spreadByNobody))("%s", async (_name, text) => {
    const outcome = await stage.attempt(attackOf(text));
    expect(outcome).toMatchObject({ status: 400, code: "MAX_HEIGHT_LIMIT", held: "short" });
  });
});
