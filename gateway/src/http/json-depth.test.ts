import { describe, expect, it } from "vitest";
import { checkSearchDepth, maxJsonDepth, shallowJson } from "./json-depth.ts";

const lists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const refused = `JSON may be nested ${maxJsonDepth} levels deep, and not deeper.`;

describe("shallowJson", () => {
  it("counts lists and objects, and lets the deepest that is allowed through", () => {
    const value: unknown = JSON.parse(lists(maxJsonDepth));
    expect(shallowJson(value)).toBe(value);
    expect(() => shallowJson({ variables: value })).toThrow(refused);
    expect(() => shallowJson(JSON.parse(lists(maxJsonDepth + 1)) as unknown)).toThrow(refused);
  });

  it("takes any depth without ending the stack", () => {
    expect(() => shallowJson(JSON.parse(lists(50_000)) as unknown)).toThrow(refused);
  });

  it.each([[null], [1], ["x"], [[]], [{}], [{ a: null, b: [undefined] }]])("lets %j through", (value) => {
    expect(shallowJson(value)).toBe(value);
  });
});

describe("checkSearchDepth", () => {
  const deep = lists(2 * maxJsonDepth);
  it.each([
    [`?query=x&variables=${deep}`],
    [`?extensions=${deep}`],
    [`?variables=${encodeURIComponent(deep)}`],
    [`?%76ariables=${deep}`],
    [`?variables={}&variables=${deep}`],
  ])("refuses %s", (search) => {
    expect(() => {
      checkSearchDepth(search);
    }).toThrow(refused);
  });

  it.each([[`?query=${"{a".repeat(500)}`], [`?variables=${"[".repeat(500)}`], [`?other=${deep}`], [""]])(
    "leaves %s to others",
    (search) => {
      expect(() => {
        checkSearchDepth(search);
      }).not.toThrow();
    },
  );
});
