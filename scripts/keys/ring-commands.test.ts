import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jwtRing, readRing, signingKey, signingRing } from "@tradegraph/kit/key-ring";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { jwtKeysCommand } from "./jwt.ts";
import { signingKeysCommand } from "./signing.ts";

let folder: string;
let file: string;
let printed: string[];
let now: Date;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keys-"));
  file = join(folder, "ring.json");
  printed = [];
  now = new Date("2026-03-01T12:00:00Z");
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = (command: typeof jwtKeysCommand, ...words: string[]) =>
  command(() => now)
    .exitOverride()
    .parseAsync([...words, "--file", file], { from: "user" });
const pass = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000));
const iso = (text: string) => new Date(text);

describe("keys jwt", () => {
  it("makes a ring that only its owner may read, and replaces none", async () => {
    await run(jwtKeysCommand, "init");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file, "utf8");
    await expect(run(jwtKeysCommand, "init")).rejects.toThrow("exists already");
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(readdirSync(folder)).toEqual(["ring.json"]);
  });

  it("rotates so that each token is verified until it ends: lead 15 minutes, then 24 hours and 10 minutes", async () => {
    await run(jwtKeysCommand, "init");
    await run(jwtKeysCommand, "rotate");
    const [old, next] = readRing(jwtRing, file);
    expect(old).toMatchObject({ notBefore: now, notAfter: iso("2026-03-02T12:25:00Z") });
    expect(next).toMatchObject({ notBefore: iso("2026-03-01T12:15:00Z") });
    expect(next).not.toHaveProperty("notAfter");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["ring.json"]);
  });

  it("takes the life of a token from the option, and drops keys that have ended", async () => {
    await run(jwtKeysCommand, "init");
    await run(jwtKeysCommand, "rotate", "--token-lifetime", "15m", "--lead", "10m");
    pass(36);
    await run(jwtKeysCommand, "rotate", "--token-lifetime", "15m");
    const keys = readRing(jwtRing, file);
    expect(keys.map(({ notBefore }) => notBefore)).toEqual([iso("2026-03-01T12:10:00Z"), iso("2026-03-01T12:51:00Z")]);
  });

  it("refuses a lead that verifiers would miss, and a second rotation on top, unless forced", async () => {
    await run(jwtKeysCommand, "init");
    await expect(run(jwtKeysCommand, "rotate", "--lead", "5m")).rejects.toThrow("600 s or more");
    await run(jwtKeysCommand, "rotate");
    await expect(run(jwtKeysCommand, "rotate")).rejects.toThrow("under way");
    await run(jwtKeysCommand, "rotate", "--force", "--lead", "0s");
    const keys = readRing(jwtRing, file);
    expect(keys).toHaveLength(2);
    expect(signingKey(keys, now)?.kid).toBe(keys[1]?.kid);
  });

  it("drops every other key when one was stolen", async () => {
    await run(jwtKeysCommand, "init");
    await run(jwtKeysCommand, "rotate");
    const before = readRing(jwtRing, file).map(({ kid }) => kid);
    await run(jwtKeysCommand, "rotate", "--stolen");
    const keys = readRing(jwtRing, file);
    expect(keys).toMatchObject([{ notBefore: now }]);
    expect(before).not.toContain(keys[0]?.kid);
  });

  it("lets one of several at once through, and loses no key", async () => {
    await run(jwtKeysCommand, "init");
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => run(jwtKeysCommand, "rotate")));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(readRing(jwtRing, file)).toHaveLength(2);
  });

  it("says what to do about a lock that was left behind", async () => {
    await run(jwtKeysCommand, "init");
    writeFileSync(`${file}.lock`, "");
    await expect(run(jwtKeysCommand, "rotate")).rejects.toThrow(`remove ${file}.lock`);
  });

  it("leaves a file that is no ring as it is", async () => {
    writeFileSync(file, "precious");
    await expect(run(jwtKeysCommand, "rotate")).rejects.toThrow("is no JSON");
    expect(readFileSync(file, "utf8")).toBe("precious");
    expect(readdirSync(folder)).toEqual(["ring.json"]);
  });

  it.each([["soon"], ["-5m"], ["15"]])("refuses %s as a lead", async (lead) => {
    await run(jwtKeysCommand, "init");
    const complaint = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await expect(run(jwtKeysCommand, "rotate", `--lead=${lead}`)).rejects.toThrow();
    expect(String(complaint.mock.calls)).toContain("Write a duration");
    expect(readRing(jwtRing, file)).toHaveLength(1);
  });
});

describe("keys list", () => {
  it("says what each key is for and shows no secret", async () => {
    await run(signingKeysCommand, "init");
    await run(signingKeysCommand, "rotate");
    pass(16);
    await run(signingKeysCommand, "rotate", "--lead", "2h");
    printed.length = 0;
    await run(signingKeysCommand, "list");
    expect(printed.map((line) => line.split(/\s+/)[1])).toEqual(["verifies", "signs", "waits"]);
    for (const { secret } of readRing(signingRing, file)) expect(printed.join()).not.toContain(secret.slice(0, 16));
    pass(600);
    printed.length = 0;
    await run(signingKeysCommand, "list");
    expect(printed.map((line) => line.split(/\s+/)[1])).toEqual(["ended", "ended", "signs"]);
  });

  it("prints no part of a private key either", async () => {
    await run(jwtKeysCommand, "init");
    await run(jwtKeysCommand, "rotate");
    const [key] = readRing(jwtRing, file);
    expect(printed.join()).not.toContain("PRIVATE");
    expect(printed.join()).not.toContain(key?.pem.split("\n")[1]);
  });
});
