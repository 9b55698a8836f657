import { describe, expect, it } from "vitest";
import { nextKeys, readKeys } from "./signing-keys.ts";

const secret = (letter: string) => letter.repeat(64);
const A = `first:${secret("a")}`;
const B = `second:${secret("b")}`;
const C = `third:${secret("c")}`;
const kids = (text: string) => readKeys(text).map(({ kid }) => kid);
const TOKEN = "3f2a9c10-0000-4000-8000-000000000001";

describe("new signing keys", () => {
  it("are made known before they sign: a single key goes on to sign", () => {
    const next = nextKeys(A, TOKEN);
    expect(kids(next)).toEqual(["first", "r-3f2a9c1000004000"]);
    expect(next.startsWith(`${A},`)).toBe(true);
  });

  it("take over one period later, while the key before still verifies and older ones go", () => {
    expect(kids(nextKeys(`${A},${B}`, TOKEN))).toEqual(["second", "first", "r-3f2a9c1000004000"]);
    expect(kids(nextKeys(`${A},${B},${C}`, TOKEN))).toEqual(["third", "first", "r-3f2a9c1000004000"]);
  });

  it("are known to programs with the value before, and know its key, at every rotation", () => {
    let before = A;
    for (let round = 0; round < 5; round++) {
      const after = nextKeys(before, `0000000${round}`);
      expect(kids(before)).toContain(kids(after)[0]);
      expect(kids(after)).toContain(kids(before)[0]);
      before = after;
    }
  });

  it("are long and never the same", () => {
    const fresh = [nextKeys(A, TOKEN), nextKeys(A, TOKEN)].map((text) => readKeys(text).at(-1)?.secret ?? "");
    for (const one of fresh) expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(fresh[0]).not.toBe(fresh[1]);
  });

  it.each(["", "first", "first:short", `with space:${secret("a")}`, `${A},`])(
    "do not follow %j, and the message does not repeat it",
    (text) => {
      expect(() => nextKeys(text, TOKEN)).toThrow(/kid:secret/);
      if (text !== "") expect(() => nextKeys(text, TOKEN)).not.toThrow(text);
    },
  );
});
