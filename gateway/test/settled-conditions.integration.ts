// What nobody wants is not fetched, however conditions are nested.
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { opinionTypeDefs } from "./fake-graph.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

/** With a field that requires another one. */
const requiring = opinionTypeDefs
  .replace('"@shareable"', '"@shareable", "@external", "@requires"')
  .replace("stars: Int", 'title: String! @external stars: Int @requires(fields: "title")');

let stage: TestGateway;
beforeAll(async () => {
  stage = await startTestGateway({ planning: {}, typeDefs: { opinions: requiring } });
});
beforeEach(() => void (stage.opinions.received.length = 0));
afterAll(() => stage.stop());

it.each(["title ...@include(if: $yes) { stars @skip(if: true) opinions { text } }", "...Some @include(if: $yes)"])(
  "a field that is never included is not fetched under a condition with a variable: %s",
  async (selections) => {
    const query = `query ($yes: Boolean!) { book(id: "1") { title ${selections} } }
      ${selections.includes("Some") ? "fragment Some on Book { stars @include(if: false) opinions { text } }" : ""}`;
    const { data } = (await stage.post({ query, variables: { yes: true } })).body;
    expect(data?.book).toMatchObject({ title: "Book 1", opinions: expect.any(Array) as unknown });
    expect(data?.book).not.toHaveProperty("stars");
    expect(stage.opinions.received).toHaveLength(1);
    expect(JSON.stringify(stage.opinions.received)).not.toContain("stars");
  },
);

it("a list of which nothing is included is as long as it is", async () => {
  const query = 'query ($yes: Boolean!) { book(id: "1") { opinions @include(if: $yes) { text @include(if: false) } } }';
  const whole = await stage.post({ query: '{ book(id: "1") { opinions { text } } }' });
  const { opinions } = whole.body.data?.book as { opinions: unknown[] };
  expect((await stage.post({ query, variables: { yes: true } })).body).toEqual({
    data: { book: { opinions: opinions.map(() => ({})) } },
  });
});

it.each([
  ["{ latest @skip(if: true) }", {}],
  ['{ book(id: "1") { title @include(if: false) } }', { book: {} }],
  ['{ book(id: "1") { ... @include(if: false) { stars } } }', { book: {} }],
  [
    '{ book(id: "1") { ...Never @skip(if: true) title @include(if: true) } } fragment Never on Book { stars }',
    { book: { title: "Book 1" } },
  ],
])("%s", async (query, data) => {
  expect((await stage.post({ query })).body).toEqual({ data });
  expect(stage.opinions.received).toEqual([]);
});

it("a field is there without the one that would have required more", async () => {
  const query = `query ($yes: Boolean!) {
    book(id: "1") { ... on Book { stars @include(if: $yes) opinions { text } } }
  }`;
  const asked = async (yes: boolean) => (await stage.post({ query, variables: { yes } })).body;
  const { data } = (await stage.post({ query: '{ book(id: "1") { stars opinions { text } } }' })).body;
  const { opinions } = data?.book as { opinions: unknown[] };
  expect(opinions).toEqual(expect.any(Array));
  for (const turn of [1, 2]) {
    expect([turn, await asked(false)]).toEqual([turn, { data: { book: { opinions } } }]);
    expect([turn, await asked(true)]).toEqual([turn, { data }]);
  }
});

it("a variable with a default value settles a condition, and one that is null is refused as before", async () => {
  const query = 'query ($yes: Boolean = false) { book(id: "1") { title stars @include(if: $yes) } }';
  expect((await stage.post({ query })).body).toEqual({ data: { book: { title: "Book 1" } } });
  expect((await stage.post({ query, variables: { yes: null } })).body.errors).toBeDefined();
});
