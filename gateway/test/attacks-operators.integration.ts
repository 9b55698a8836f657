// {"$ne": null} in every place of the shop's graph that takes a value: what a program that hands input to its database would
// take for a question. The gateway refuses each itself.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AttackStage, post, startAttackStage } from "./attack-stage.ts";
import { operatorInputs } from "./operator-inputs.ts";

const generated = resolve(import.meta.dirname, "../../schema/generated");
const inputs = operatorInputs(buildSchema(readFileSync(resolve(generated, "api.graphql"), "utf8")));

let stage: AttackStage;
beforeAll(async () => {
  const sdl = readFileSync(resolve(generated, "supergraph.graphql"), "utf8");
  stage = await startAttackStage({
    graph: { sdl, subgraphs: ["products", "orders", "users", "content"] },
    ...{ introspection: false, planning: { timeoutMs: 2_000 } },
  });
}, 60_000);
afterAll(() => stage.stop());

describe("is refused and holds nobody up: an operator of the database in", () => {
  it.each([...inputs])("%s", async (_name, made) => {
    expect(made.length).toBeGreaterThan(0);
    for (const { query, variables } of made) {
      const outcome = await stage.attempt(post(query, { variables }));
      expect(outcome, JSON.stringify(variables)).toMatchObject({ status: 400, code: "BAD_USER_INPUT", held: "short" });
      // For the operator and nothing else.
      expect(outcome.answer.body.errors).toHaveLength(1);
      expect(outcome.answer.text).toContain("$ne");
    }
    expect(stage.shelf.received).toEqual([]);
  });
});
