import { describe, expect, it } from "vitest";
import { describeFailures, fetchedFirst, firstThatWorks, withoutPassword, type Candidate } from "./candidate.ts";
import { silent, type ProgressEvent } from "./progress.ts";
import { firstMongo } from "./resolve-mongo.ts";

const asked: string[] = [];

function works(source: string): Candidate<string> {
  return { source, find: async () => (asked.push(source), source) };
}

function fails(source: string, required = false): Candidate<string> {
  return {
    source,
    required,
    find: async () => {
      asked.push(source);
      throw new Error(`no ${source}`);
    },
  };
}

describe("firstThatWorks", () => {
  it("takes the first that works and never asks the rest", async () => {
    asked.length = 0;
    const { found, failures } = await firstThatWorks([fails("a"), works("b"), works("c")], "x", silent);
    expect(found).toBe("b");
    expect(asked).toEqual(["a", "b"]);
    expect(failures).toEqual([{ source: "a", reason: "no a" }]);
  });

  it("reports each failure as a note", async () => {
    const events: ProgressEvent[] = [];
    await firstThatWorks([fails("a")], "x", (event) => events.push(event));
    expect(events).toEqual([{ type: "note", step: "x", text: "a: no a" }]);
  });

  it("stops at a required one that fails", async () => {
    asked.length = 0;
    await expect(firstThatWorks([fails("MONGODB_URI", true), works("b")], "x", silent)).rejects.toThrow(
      "MONGODB_URI is set but cannot be used: no MONGODB_URI. Correct it or unset it.",
    );
    expect(asked).toEqual(["MONGODB_URI"]);
  });
});

describe("fetchedFirst", () => {
  it("moves what must be downloaded behind what is there", async () => {
    const download = { ...works("download"), isFetched: async () => false };
    const wheel = { ...works("wheel"), isFetched: async () => true };
    const order = await fetchedFirst([works("PATH"), download, wheel]);
    expect(order.map(({ source }) => source)).toEqual(["PATH", "wheel", "download"]);
  });

  it("keeps the order when all or none are there", async () => {
    const download = { ...works("download"), isFetched: async () => false };
    const wheel = { ...works("wheel"), isFetched: async () => false };
    expect((await fetchedFirst([download, wheel])).map(({ source }) => source)).toEqual(["download", "wheel"]);
  });
});

describe("firstMongo", () => {
  it("names all that was tried and what to install, in one sentence", async () => {
    const failure = firstMongo([fails("PATH"), fails("PyPI wheel")]);
    await expect(failure).rejects.toThrow(
      /^No MongoDB 6\.0 or newer could be had; tried PATH \(no PATH\), PyPI wheel \(no PyPI wheel\): install .*MONGODB_URI/,
    );
  });
});

describe("describeFailures", () => {
  it("joins sources and reasons", () => {
    expect(describeFailures([{ source: "PATH", reason: "no mongod there" }])).toBe("PATH (no mongod there)");
  });
});

describe("withoutPassword", () => {
  it("hides the password and nothing else", () => {
    expect(withoutPassword("mongodb://root:s3cret@127.0.0.1:1/?a=b@c")).toBe("mongodb://root:***@127.0.0.1:1/?a=b@c");
    expect(withoutPassword("redis://:s3cret@127.0.0.1:1")).toBe("redis://:***@127.0.0.1:1");
    expect(withoutPassword("mongodb://127.0.0.1:1/a@b")).toBe("mongodb://127.0.0.1:1/a@b");
  });
});
