import { rename, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { compilePolicy } from "../src/authorization/compile-policy.ts";
import { sha256 } from "../src/authorization/policy-file.ts";
import { compose, opinionTypeDefs } from "./fake-graph.ts";
import { holdFirst } from "./hold-first.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";
import { policyPathOf, writeGraph } from "./write-graph.ts";

const patient = { timeout: 20_000, interval: 50 };
let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway({ subgraphTimeoutMs: 30_000 });
});
afterAll(() => test.stop());

/** Another supergraph: `latest` is called `newest` to tell the versions apart in the API. */
const renamed = (field: string) =>
  compose([
    test.shelf,
    { ...test.opinions, typeDefs: opinionTypeDefs.replace("latest: String", `latest: String ${field}: String`) },
  ]);
const known = async (field: string) => (await test.post({ query: `query { ${field} }` })).status === 200;

it("drops no request while the supergraph changes under load", async () => {
  let done = false;
  const outcomes: unknown[] = [];
  const load = Array.from({ length: 8 }, async () => {
    while (!done) outcomes.push((await test.post({ query: "{ books { title stars } latest }" })).body.errors ?? "ok");
  });
  for (const field of ["one", "two", "three"]) {
    await writeGraph(test.supergraphPath, renamed(field));
    await vi.waitFor(async () => expect(await known(field)).toBe(true), patient);
  }
  done = true;
  await Promise.all(load);
  expect(outcomes.length).toBeGreaterThan(20);
  expect(outcomes.filter((outcome) => outcome !== "ok")).toEqual([]);
});

it("finishes a request on the graph that admitted it", async () => {
  const { arrived, release } = holdFirst(test.opinions);
  const slow = test.post({ query: "{ three }" });
  await arrived;
  await writeGraph(test.supergraphPath, renamed("four"));
  await vi.waitFor(async () => expect(await known("three")).toBe(false), patient);
  release();
  const { status, body } = await slow;
  test.opinions.behave = undefined;
  expect(status).toBe(200);
  expect(body).toHaveProperty("data.three");
});

it.each([
  ["is no GraphQL", "type Query {", {}],
  ["is no supergraph", "type Query { a: Int }", {}],
  [
    "names a policy that nothing decides",
    () => renamed("x"),
    { authorization: { types: {}, fields: { "Query.x": { policies: [["moon"]] } } } },
  ],
  ["has a policy file that is no JSON", () => renamed("x"), "{"],
  ["has a policy file of a later version", () => renamed("x"), { version: 2 }],
])("keeps the old graph when the new one %s, and takes the next good one", async (_name, given, changed) => {
  test.log.length = 0;
  const sdl = typeof given === "string" ? given : given();
  const nothing = { types: {}, fields: {} };
  const policy = { version: 1, supergraphHash: sha256(sdl), authorization: nothing, ...(changed as object) };
  await writeFile(policyPathOf(test.supergraphPath), typeof changed === "string" ? changed : JSON.stringify(policy));
  await writeFile(test.supergraphPath, sdl);
  await vi.waitFor(() => expect(test.log.join()).toContain("The new supergraph cannot be used"), patient);
  expect(await known("four")).toBe(true);
  await writeGraph(test.supergraphPath, renamed("four"));
  await vi.waitFor(() => expect(test.log.join()).toContain("Supergraph reloaded"), patient);
});

it.each([
  ["supergraph", "policy file"],
  ["policy file", "supergraph"],
])("waits with a new %s until the %s is new as well", async (first) => {
  test.log.length = 0;
  const field = `pair${first.length}`;
  const sdl = renamed(field);
  const write = {
    supergraph: () => writeFile(test.supergraphPath, sdl),
    "policy file": () => writeFile(policyPathOf(test.supergraphPath), JSON.stringify(compilePolicy(sdl))),
  };
  await write[first as keyof typeof write]();
  await vi.waitFor(() => expect(test.log.join()).toContain("cannot be used yet"), patient);
  expect(await known("latest")).toBe(true);
  expect(await known(field)).toBe(false);
  await write[first === "supergraph" ? "policy file" : "supergraph"]();
  await vi.waitFor(async () => expect(await known(field)).toBe(true), patient);
  expect(test.log.filter((line) => line.includes("cannot be used yet"))).toHaveLength(1);
});

it("notices a file that is replaced, as editors and deployments do", async () => {
  await writeFile(`${test.supergraphPath}.new`, renamed("replaced"));
  await rename(`${test.supergraphPath}.new`, test.supergraphPath);
  await writeFile(policyPathOf(test.supergraphPath), JSON.stringify(compilePolicy(renamed("replaced"))));
  await vi.waitFor(async () => expect(await known("replaced")).toBe(true), patient);
});
