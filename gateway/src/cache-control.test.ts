import { expect, it } from "vitest";
import { parseCacheControl } from "./cache-control.ts";

it.each([
  [undefined, { maxAge: 0 }],
  ["max-age=30, public", { maxAge: 30, scope: "PUBLIC" }],
  ["Private, Max-Age=5", { maxAge: 5, scope: "PRIVATE" }],
  ["no-store, max-age=30", { maxAge: 0 }],
  ["max-age=soon", { maxAge: 0 }],
  [["max-age=30", "private"], { maxAge: 30, scope: "PRIVATE" }],
])("reads %j", (header, hint) => {
  expect(parseCacheControl(header)).toEqual(hint);
});
