import fc from "fast-check";
import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { type CursorPosition, decodeCursor, encodeCursor, listDigest } from "./cursor.ts";

const id = new Types.ObjectId();
const digest = listDigest(["list"]);
const asCursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const position = fc.record({
  value: fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    fc.boolean(),
    fc.date({ noInvalidDate: true }),
  ),
  id: fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new Types.ObjectId(bytes)),
}) as fc.Arbitrary<CursorPosition>;

describe("cursor", () => {
  it("gives back value and id, whatever they are", () => {
    fc.assert(
      fc.property(position, (given) => {
        const read = decodeCursor(encodeCursor(given, digest), digest, "after");
        expect(read.value).toEqual(given.value);
        expect(read.id.equals(given.id)).toBe(true);
      }),
    );
  });

  it("has only characters that need no escape in an address", () => {
    fc.assert(fc.property(position, (given) => /^[\w-]+$/.test(encodeCursor(given, digest))));
  });

  it("is refused by another list", () => {
    const cursor = encodeCursor({ value: 1, id }, digest);
    expect(() => decodeCursor(cursor, listDigest(["other"]), "after")).toThrow(
      expect.objectContaining({ extensions: { code: "BAD_USER_INPUT", field: ["after"] } }) as Error,
    );
  });

  it.each([
    ["no text", ""],
    ["no base64", "💥"],
    ["no JSON", Buffer.from("nonsense").toString("base64url")],
    ["an object", asCursor({ digest })],
    ["a number", asCursor(5)],
    ["null", asCursor(null)],
    ["too few parts", asCursor([digest, 1])],
    ["too many parts", asCursor([digest, 1, id.toHexString(), 1])],
    ["a query operator as value", asCursor([digest, { $gt: 0 }, id.toHexString()])],
    ["a list as value", asCursor([digest, [1], id.toHexString()])],
    ["null as value", asCursor([digest, null, id.toHexString()])],
    ["a date that is text", asCursor([digest, { d: "2026" }, id.toHexString()])],
    [
      "a date beyond time",
      `${asCursor([digest, 0, id.toHexString()]).slice(0, 0)}${Buffer.from(`["${digest}",{"d":1e999},"${id.toHexString()}"]`).toString("base64url")}`,
    ],
    ["an operator as id", asCursor([digest, 1, { $gt: "" }])],
    ["a short id", asCursor([digest, 1, "abc"])],
    ["twelve characters as id", asCursor([digest, 1, "abcdefghijkl"])],
    ["a number as digest", asCursor([1, 1, id.toHexString()])],
  ])("is refused when it is %s", (_, text) => {
    expect(() => decodeCursor(text, digest, "before")).toThrow(
      expect.objectContaining({ extensions: { code: "BAD_USER_INPUT", field: ["before"] } }) as Error,
    );
  });

  it("answers any text with a position or a refusal, never with a crash", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map(asCursor),
          fc.json().map((text) => Buffer.from(text).toString("base64url")),
        ),
        (text) => {
          try {
            decodeCursor(text, digest, "after");
          } catch (error) {
            expect(error).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
          }
        },
      ),
    );
  });
});

describe("listDigest", () => {
  it("is the same for the same sort and filter, another for others", () => {
    const parts = [
      { path: "a", direction: 1 },
      { category: id, since: new Date(0) },
    ];
    expect(listDigest(parts)).toBe(listDigest(structuredClone(parts.slice(0, 1)).concat(parts.slice(1))));
    const others = [
      [{ path: "a", direction: -1 }, parts[1]],
      [parts[0], { category: new Types.ObjectId(), since: new Date(0) }],
      [parts[0], { category: id, since: new Date(1) }],
      [parts[0]],
    ];
    expect(new Set([parts, ...others].map(listDigest)).size).toBe(5);
  });
});
