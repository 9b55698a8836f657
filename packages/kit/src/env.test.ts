import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  EnvError,
  flag,
  milliseconds,
  mongoEnv,
  parseEnv,
  port,
  programEnv,
  redisEnv,
  signingKeys,
  stringRecord,
} from "./env.ts";

const secret = "0123456789abcdef0123456789abcdef";

function problemsOf(shape: z.ZodRawShape, source: Record<string, string | undefined>): string[] {
  try {
    parseEnv(shape, source);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    return (error as EnvError).problems;
  }
  return [];
}

describe("parseEnv", () => {
  it("names every wrong setting at once", () => {
    const shape = { A: z.string(), B: port(1), C: z.enum(["x", "y"]), D: z.string().default("d") };
    const problems = problemsOf(shape, { B: "many", C: "z" });
    expect(problems.map((line) => line.split(":")[0])).toEqual(["A", "B", "C"]);
    expect(problems[0]).toBe("A: is missing");
  });

  it("never repeats a value: a wrong secret is a secret still", () => {
    const wrong = "hunter2-hunter2";
    const source = {
      NODE_ENV: wrong,
      LOG_LEVEL: wrong,
      INTERNAL_SIGNING_KEYS: `k:${wrong}`,
      SHUTDOWN_GRACE_MS: wrong,
      MONGODB_URI: wrong,
      MONGODB_DATABASE: `${wrong}!`,
      MONGODB_FLAVOR: wrong,
      DATABASE_POOL_MIN: wrong,
      REDIS_URL: wrong,
      SWITCH: wrong,
      RECORD: wrong,
    };
    const shape = { ...programEnv, ...mongoEnv, ...redisEnv, SWITCH: flag(true), RECORD: stringRecord };
    const problems = problemsOf(shape, source);
    expect(problems).toHaveLength(Object.keys(source).length);
    expect(problems.join("\n")).not.toContain("hunter2");
    expect(new EnvError(problems).message).not.toContain("hunter2");
  });

  it.each(["", "  ", undefined])("takes %j as absent", (value) => {
    expect(parseEnv({ PORT: port(4000) }, { PORT: value })).toEqual({ PORT: 4000 });
    expect(problemsOf({ NAME: z.string() }, { NAME: value })).toEqual(["NAME: is missing"]);
  });

  it("leaves what it was not asked for", () => {
    expect(parseEnv({ A: z.string() }, { A: "a", HOME: "/root" })).toEqual({ A: "a" });
  });
});

describe("kinds of settings", () => {
  it.each([
    ["1", true],
    ["true", true],
    ["yes", true],
    ["on", true],
    ["0", false],
    ["false", false],
    ["no", false],
    ["off", false],
  ])("flag %s is %s", (text, value) => {
    expect(parseEnv({ A: flag(!value) }, { A: text })).toEqual({ A: value });
  });

  it("flag falls back, and refuses what is neither", () => {
    expect(parseEnv({ A: flag(true) }, {})).toEqual({ A: true });
    expect(problemsOf({ A: flag(true) }, { A: "perhaps" })).toHaveLength(1);
  });

  it.each(["-1", "65536", "80.5", "http", "NaN", "Infinity"])("port refuses %s", (text) => {
    expect(problemsOf({ PORT: port(1) }, { PORT: text })).toHaveLength(1);
  });

  it.each(["-1", "3600001", "1.5", "1s"])("milliseconds refuses %s", (text) => {
    expect(problemsOf({ MS: milliseconds(1) }, { MS: text })).toHaveLength(1);
  });

  it("stringRecord reads an object of strings", () => {
    expect(parseEnv({ A: stringRecord }, { A: '{"products":"http://x"}' })).toEqual({ A: { products: "http://x" } });
    for (const text of ["x", "[]", "1", '{"a":1}', "null"])
      expect(problemsOf({ A: stringRecord }, { A: text })).toHaveLength(1);
  });

  it("signingKeys reads pairs in their order", () => {
    expect(parseEnv({ A: signingKeys }, { A: `new:${secret}, old:${secret}x` })).toEqual({
      A: [
        { kid: "new", secret },
        { kid: "old", secret: `${secret}x` },
      ],
    });
  });

  it.each(["nokey", `:${secret}`, "k:short", `k:${secret},`, `k k:${secret}`, `${"k".repeat(33)}:${secret}`])(
    "signingKeys refuses %s",
    (text) => {
      expect(problemsOf({ A: signingKeys }, { A: text })).toHaveLength(1);
    },
  );

  it("of a database are those of the documents", () => {
    expect(parseEnv(mongoEnv, { MONGODB_URI: "mongodb://localhost", MONGODB_DATABASE: "products" })).toEqual({
      MONGODB_URI: "mongodb://localhost",
      MONGODB_DATABASE: "products",
      MONGODB_FLAVOR: "mongodb",
      DATABASE_POOL_MIN: 10,
      DATABASE_POOL_MAX: 100,
    });
    expect(parseEnv(redisEnv, {})).toEqual({});
  });
});
