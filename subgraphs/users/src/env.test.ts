import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnv } from "./env.ts";

const pemOf = (modulusLength: number) =>
  generateKeyPairSync("rsa", { modulusLength }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();

const pem = pemOf(2048);
const textsOf = ({ privateKeys = [] }: ReturnType<typeof readEnv>) =>
  privateKeys.map((key) => key.export({ type: "pkcs8", format: "pem" }));
const complete = {
  INTERNAL_SIGNING_KEYS: `a:${"x".repeat(32)}`,
  MONGODB_URI: "mongodb://127.0.0.1",
  JWT_PRIVATE_KEY: pem,
  ENCRYPTION_KMS_KEY_ID: "alias/test",
  AWS_REGION: "eu-central-1",
  MAIL_FOLDER: "/tmp/mail",
  MAIL_FROM: "shop@example.com",
  PUBLIC_URL: "https://shop.example",
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "users-env-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("readEnv", () => {
  it("has defaults for all but the keys and the database", () => {
    expect(readEnv(complete)).toMatchObject({
      PORT: 4003,
      MONGODB_DATABASE: "users",
      JWT_EXPIRY: 86_400,
      JWT_REFRESH_EXPIRY: 604_800,
      JWT_ISSUER: "tradegraph",
      JWT_AUDIENCE: "tradegraph",
    });
  });

  it("reads the limits of operations as the gateway does", () => {
    const env = readEnv({ ...complete, LIMIT_DEPTH: "app=9,partner=7", LIMIT_ALIASES: "5", LIMITS_MODE: "measure" });
    expect([env.LIMIT_DEPTH.partner, env.LIMIT_ALIASES.partner, env.LIMIT_HEIGHT.partner]).toEqual([7, 5, 500]);
    expect(env.LIMITS_MODE).toBe("measure");
    expect(() => readEnv({ ...complete, LIMIT_DEPTH: "many" })).toThrow("LIMIT_DEPTH: must be a whole number");
  });

  it("takes the key as text, as text with written line ends, and from a file", () => {
    const file = join(folder, "key.pem");
    writeFileSync(file, pem);
    const { JWT_PRIVATE_KEY: _, ...rest } = complete;
    for (const source of [
      complete,
      { ...complete, JWT_PRIVATE_KEY: pem.replaceAll("\n", "\\n") },
      { ...rest, JWT_PRIVATE_KEY_FILE: file },
    ]) {
      expect(textsOf(readEnv(source))).toEqual([pem]);
    }
  });

  it("takes several keys one behind the other, and refuses them all where one is wrong", () => {
    const next = pemOf(2048);
    expect(textsOf(readEnv({ ...complete, JWT_PRIVATE_KEY: `${pem}${next}` }))).toEqual([pem, next]);
    const written = `${pem}\n\n${next}`.replaceAll("\n", "\\n");
    expect(textsOf(readEnv({ ...complete, JWT_PRIVATE_KEY: written }))).toEqual([pem, next]);
    expect(() => readEnv({ ...complete, JWT_PRIVATE_KEY: `${pem}${pemOf(1024)}` })).toThrow(
      /JWT_PRIVATE_KEY: must be an RSA private key/,
    );
  });

  it("takes a key ring instead, and exactly one of the three", () => {
    const file = join(folder, "ring.json");
    const key = { kid: "one", pem, notBefore: "2026-01-01T00:00:00Z" };
    writeFileSync(file, JSON.stringify({ keys: [key] }));
    const { JWT_PRIVATE_KEY: _, ...rest } = complete;
    expect(readEnv({ ...rest, JWT_KEYS_FILE: file })).toMatchObject({ JWT_KEYS_FILE: file, privateKeys: undefined });
    expect(() => readEnv({ ...complete, JWT_KEYS_FILE: file })).toThrow(
      /JWT_KEYS_FILE: is set besides JWT_PRIVATE_KEY/,
    );
    writeFileSync(file, JSON.stringify({ keys: [{ ...key, pem: "hush" }] }));
    expect(() => readEnv({ ...rest, JWT_KEYS_FILE: file })).toThrow(/JWT_KEYS_FILE: must be the path of a key ring/);
    expect(() => readEnv({ ...rest, JWT_KEYS_FILE: file })).not.toThrow(/hush/);
  });

  it.each([
    ["30s", 30],
    ["15m", 900],
    ["24h", 86_400],
    ["7d", 604_800],
  ])("reads %s as %i seconds", (text, seconds) => {
    expect(readEnv({ ...complete, JWT_EXPIRY: text }).JWT_EXPIRY).toBe(seconds);
  });

  it.each(["24", "0s", "1w", "-1h", "1.5h", "400d", "forever"])("refuses %s as a duration", (text) => {
    expect(() => readEnv({ ...complete, JWT_EXPIRY: text })).toThrow(/JWT_EXPIRY: must be a duration/);
  });

  it("refuses JWT_SECRET and says what to set instead", () => {
    expect(() => readEnv({ ...complete, JWT_SECRET: "hush" })).toThrow(/JWT_SECRET: is not used.*JWT_PRIVATE_KEY/);
    expect(() => readEnv({ ...complete, JWT_SECRET: "hush" })).not.toThrow(/hush/);
  });

  it("refuses no key, a short key, a key of another kind, two keys, and a file that is not there", () => {
    const { JWT_PRIVATE_KEY: _, ...rest } = complete;
    const curve = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    expect(() => readEnv(rest)).toThrow(/JWT_PRIVATE_KEY: is missing/);
    for (const key of ["nonsense", pemOf(1024), curve]) {
      expect(() => readEnv({ ...rest, JWT_PRIVATE_KEY: key })).toThrow(/JWT_PRIVATE_KEY: must be an RSA private key/);
    }
    expect(() => readEnv({ ...complete, JWT_PRIVATE_KEY_FILE: "/nowhere" })).toThrow(
      /JWT_PRIVATE_KEY_FILE: is set besides JWT_PRIVATE_KEY[^]*JWT_PRIVATE_KEY_FILE: must be the path/,
    );
  });

  it("names everything that is wrong at once", () => {
    expect(() => readEnv({ JWT_EXPIRY: "x" })).toThrow(/JWT_PRIVATE_KEY[^]*MONGODB_URI[^]*JWT_EXPIRY/);
  });
});
