// A short fuzz, the same each time; `pnpm fuzz` is the long one, with another seed each time.
import { buildSchema } from "graphql";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { generateDocument } from "./fuzz/documents.ts";
import { differenceOf, faultOf, isLimited, promisedCodes, type Reply } from "./fuzz/judge.ts";
import { createRandom } from "./fuzz/random.ts";
import { memoryFindings, mostMemory, runFuzz } from "./fuzz/run-fuzz.ts";
import { type FuzzedShop, startShop } from "./fuzz/start-shop.ts";

const seed = 20_261_122;
const root = resolve(import.meta.dirname, "..");
let shop: FuzzedShop;

beforeAll(async () => {
  shop = await startShop({ mongoUri: inject("mongoUri"), redisUri: inject("redisUri") ?? "" });
});

afterAll(() => shop.stop());

const reply = (body: object, status = 200): Reply => ({
  ...{ status, contentType: "application/json; charset=utf-8", requestId: "1", text: JSON.stringify(body) },
});

describe("the fuzz", () => {
  it(`finds nothing with seed ${seed}: no crash, no status 500, no answer that differs from the monolith's`, async () => {
    const { findings, counts, memory } = await runFuzz(shop, { seed, forMs: 20_000 });
    expect(findings.map(({ case: number, what, document }) => ({ number, what, document }))).toEqual([]);
    // It must have looked at something.
    expect(memory.end).toBeGreaterThan(50);
    expect(counts.compared).toBeGreaterThan(50);
    expect(counts.full).toBeGreaterThan(counts.compared / 20);
    expect(counts.broken).toBeGreaterThan(5);
    expect(counts.wrong).toBeGreaterThan(2);
    expect(counts.limited).toBeLessThan(counts.compared / 4);
  });

  it("finds it when the gateway took too much memory", () => {
    expect(memoryFindings(mostMemory, 7)).toEqual([]);
    expect(memoryFindings(1_301, 7)).toMatchObject([{ case: 7, what: "the gateway took 1301 MiB" }]);
  });

  it("makes the same documents of the same numbers", () => {
    const schema = buildSchema(readFileSync(resolve(root, "schema/generated/api.graphql"), "utf8"));
    const make = (index: number) => generateDocument(createRandom(seed, index), schema, { Product: ["1", "2"] });
    expect(make(7)).toEqual(make(7));
    expect(make(7)).not.toEqual(make(8));
  });

  it("sees what is wrong with an answer", () => {
    const codes = promisedCodes(readFileSync(resolve(root, "docs/ERRORS.md"), "utf8"));
    const error = (code: string, message = "No.") => ({ errors: [{ message, extensions: { code } }] });
    expect(faultOf(reply({ data: { me: null } }), codes)).toBeUndefined();
    expect(faultOf(reply(error("NOT_FOUND")), codes)).toBeUndefined();
    expect(faultOf(reply({ data: {} }, 500), codes)).toBe("status 500");
    expect(faultOf(reply({ hello: 1 }), codes)).toBe("no GraphQL answer");
    expect(faultOf(reply(error("INTERNAL_SERVER_ERROR")), codes)).toMatch("INTERNAL");
    expect(faultOf(reply(error("SOMETHING")), codes)).toMatch("SOMETHING");
    expect(faultOf(reply(error("NOT_FOUND", "Did you mean a?")), codes)).toMatch("Did you mean");
    expect(faultOf(reply(error("NOT_FOUND", "at call (/srv/a.ts:3)")), codes)).toMatch("errors tell");
    expect(isLimited(error("MAX_DEPTH_LIMIT"))).toBe(true);
    expect(isLimited(error("NOT_FOUND"))).toBe(false);
  });

  it("sees where an answer differs from the monolith's", () => {
    const peer = { data: { a: [{ b: null }] }, errors: [{ path: ["a", 0, "b"], code: "FORBIDDEN" }] };
    const same = { data: peer.data, errors: [{ message: "", path: ["a", 0, "b"], extensions: { code: "FORBIDDEN" } }] };
    expect(differenceOf(reply(same), peer)).toBeUndefined();
    expect(differenceOf(reply({ ...same, data: { a: [{ b: 1 }] } }), peer)).toBe("other data");
    expect(differenceOf(reply({ data: peer.data }), peer)).toMatch("other errors");
    expect(differenceOf(reply({ data: {} }), { data: undefined, errors: [] })).toMatch("wrong");
  });
});
