import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSecrets } from "../src/demo-secrets.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tradegraph-secrets-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("openSecrets", () => {
  it("makes them once, for nobody else to read", async () => {
    const first = await openSecrets(folder);
    expect(await openSecrets(folder)).toEqual(first);
    expect((await stat(join(folder, "secrets.json"))).mode & 0o077).toBe(0);
  });

  it("adds what a file of an older version does not have, and changes nothing else", async () => {
    const { operatorKey, ...older } = await openSecrets(folder);
    await writeFile(join(folder, "secrets.json"), JSON.stringify(older));
    const opened = await openSecrets(folder);
    expect(opened).toMatchObject(older);
    expect(opened.operatorKey).toMatch(/^[\w-]{43}$/);
    expect(opened.operatorKey).not.toBe(operatorKey);
    expect(JSON.parse(await readFile(join(folder, "secrets.json"), "utf8"))).toEqual(opened);
  });

  it("does not replace a file that it cannot read", async () => {
    await writeFile(join(folder, "secrets.json"), "{");
    await expect(openSecrets(folder)).rejects.toThrow();
  });
});
