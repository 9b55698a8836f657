import { existsSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { cachedBinary } from "../src/cached-binary.ts";
import { childScript } from "./child-script.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const content = "x".repeat(1000);

function fetcher() {
  let count = 0;
  return {
    count: () => count,
    fetch: async (folder: string) => {
      count++;
      await mkdir(join(folder, "wheel"));
      writeFileSync(join(folder, "wheel", "program"), content.slice(0, 500));
      await sleep(20);
      writeFileSync(join(folder, "wheel", "program"), content);
      return join(folder, "wheel", "program");
    },
  };
}

describe("cachedBinary", () => {
  it("fetches once, and again when the program is damaged", async () => {
    const cache = temporaryFolder();
    const { fetch, count } = fetcher();
    const get = () => cachedBinary(cache, "thing-1", "thing", fetch);
    const binary = await get();
    expect(binary).toBe(join(cache, "thing-1", "thing"));
    await get();
    expect(count()).toBe(1);
    truncateSync(binary, 10);
    await get();
    expect(count()).toBe(2);
    expect(readFileSync(binary, "utf8")).toBe(content);
  });

  it("shows whole programs only, to any number of callers at once", async () => {
    const cache = temporaryFolder();
    const { fetch } = fetcher();
    const binaries = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const binary = await cachedBinary(cache, "thing-1", "thing", fetch);
        expect(readFileSync(binary, "utf8")).toBe(content);
        return binary;
      }),
    );
    expect(new Set(binaries).size).toBe(1);
    expect(readdirSync(cache)).toEqual(["thing-1"]);
  });

  it("leaves nothing behind when fetching fails, and removes what a killed one left days ago", async () => {
    const cache = temporaryFolder();
    await mkdir(join(cache, "tmp-old"));
    utimesSync(join(cache, "tmp-old"), 0, 0);
    await mkdir(join(cache, "tmp-of-another-process"));
    const failing = cachedBinary(cache, "thing-1", "thing", () => Promise.reject(new Error("no network")));
    await expect(failing).rejects.toThrow("no network");
    expect(readdirSync(cache)).toEqual(["tmp-of-another-process"]);
  });
});

describe("two resolvers at the same time", { timeout: 300_000 }, () => {
  it("on an empty cache both get the same working programs", async () => {
    const cache = temporaryFolder();
    const resolve = () => childScript("run-resolve.ts", [], { XDG_CACHE_HOME: cache });
    const [first, second] = await Promise.all([resolve(), resolve()]);
    expect(first.said).toEqual(second.said);
    expect(first.said).toMatchObject({
      mongod: { version: expect.any(String) },
      redis: { version: expect.any(String) },
    });
    const left = existsSync(join(cache, "tradegraph")) ? readdirSync(join(cache, "tradegraph")) : [];
    expect(left.filter((name) => name.startsWith("tmp-"))).toEqual([]);
  });
});
