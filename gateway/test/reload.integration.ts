import { rename, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { compose, opinionTypeDefs } from "./fake-graph.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway();
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
    await writeFile(test.supergraphPath, renamed(field));
    await vi.waitFor(async () => expect(await known(field)).toBe(true), { timeout: 5_000, interval: 50 });
  }
  done = true;
  await Promise.all(load);
  expect(outcomes.length).toBeGreaterThan(20);
  expect(outcomes.filter((outcome) => outcome !== "ok")).toEqual([]);
});

it("finishes a request on the graph that admitted it", async () => {
  test.opinions.behave = () => sleep(600, false);
  const slow = test.post({ query: "{ three }" });
  await sleep(50);
  await writeFile(test.supergraphPath, renamed("four"));
  await vi.waitFor(async () => expect(await known("three")).toBe(false), { timeout: 5_000, interval: 50 });
  const { status, body } = await slow;
  test.opinions.behave = undefined;
  expect(status).toBe(200);
  expect(body).toHaveProperty("data.three");
});

it.each([
  ["is no GraphQL", "type Query {"],
  ["is no supergraph", "type Query { a: Int }"],
  [
    "links a security feature nothing enforces",
    () =>
      renamed("x").replace(
        '@link(url: "https://specs.apollo.dev/join',
        '@link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY) @link(url: "https://specs.apollo.dev/join',
      ),
  ],
])("keeps the old graph when the new file %s, and takes the next good one", async (_name, broken) => {
  test.log.length = 0;
  await writeFile(test.supergraphPath, typeof broken === "string" ? broken : broken());
  await vi.waitFor(() => expect(test.log.join()).toContain("cannot be used"), { timeout: 5_000 });
  expect(await known("four")).toBe(true);
  await writeFile(test.supergraphPath, renamed("four"));
  await sleep(300);
});

it("notices a file that is replaced, as editors and deployments do", async () => {
  await writeFile(`${test.supergraphPath}.new`, renamed("replaced"));
  await rename(`${test.supergraphPath}.new`, test.supergraphPath);
  await vi.waitFor(async () => expect(await known("replaced")).toBe(true), { timeout: 5_000, interval: 50 });
});
