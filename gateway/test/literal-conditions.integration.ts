// What nobody wants is not fetched, however conditions are nested.
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let stage: TestGateway;
beforeAll(async () => {
  stage = await startTestGateway({ planning: {} });
});
beforeEach(() => void (stage.opinions.received.length = 0));
afterAll(() => stage.stop());

it("a field that is never included is not fetched under a condition with a variable", async () => {
  const query = `query ($yes: Boolean!) {
    book(id: "1") @include(if: $yes) { title stars @include(if: false) opinions @skip(if: true) { text } }
  }`;
  expect((await stage.post({ query, variables: { yes: true } })).body).toEqual({ data: { book: { title: "Book 1" } } });
  expect((await stage.post({ query, variables: { yes: false } })).body).toEqual({ data: {} });
  expect(stage.opinions.received).toEqual([]);
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
