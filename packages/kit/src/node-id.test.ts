import fc from "fast-check";
import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { fromNodeId, isObjectIdText, toNodeId, toObjectId } from "./node-id.ts";

const badInput = expect.objectContaining({
  extensions: expect.objectContaining({ code: "BAD_USER_INPUT" }) as object,
}) as Error;
const hex = new Types.ObjectId().toHexString();
const base64 = (text: string) => Buffer.from(text).toString("base64url");

describe("node id", () => {
  it("gives back type and id", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]\w{0,30}$/), fc.stringMatching(/^[0-9a-f]{24}$/), (typeName, id) => {
        expect(fromNodeId(toNodeId(typeName, id))).toEqual({ typeName, id });
      }),
    );
  });

  it.each([
    ["nothing", ""],
    ["a plain id", hex],
    ["no id", base64("Page")],
    ["an empty id", base64("Page:")],
    ["no type", base64(`:${hex}`)],
    ["three parts", base64(`Page:${hex}:`)],
    ["a wrong id", base64("Page:nonsense")],
    ["twelve characters as id", base64("Page:abcdefghijkl")],
    ["an id in capitals", base64(`Page:${"A".repeat(24)}`)],
    ["an id with a line more", base64(`Page:${hex}\n`)],
  ])("is refused when it is %s", (_, text) => {
    expect(() => fromNodeId(text)).toThrow(badInput);
  });

  it("answers any text with a node or a refusal", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string().map(base64)), (text) => {
        try {
          expect(isObjectIdText(fromNodeId(text).id)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
        }
      }),
    );
  });
});

describe("toObjectId", () => {
  it("reads 24 hexadecimal digits", () => {
    expect(toObjectId(hex).toHexString()).toBe(hex);
  });

  it.each(["", "nonsense", "abcdefghijkl", `${hex}0`, hex.slice(1), "g".repeat(24), `${hex}\n`])(
    "refuses %j and names the argument",
    (text) => {
      expect(() => toObjectId(text, "productId")).toThrow(
        expect.objectContaining({ extensions: { code: "BAD_USER_INPUT", field: ["productId"] } }) as Error,
      );
    },
  );
});
