import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EnvError, parseEnv, programEnv } from "./env.ts";
import { signRequest, verifyRequest } from "./internal-assertion.ts";
import {
  jwtRing,
  parseRing,
  pendingKeys,
  publishedKeys,
  type RingKey,
  rotatedKeys,
  signingKey,
  signingRing,
  watchRing,
} from "./key-ring.ts";
import { createLogger } from "./logger.ts";
import { keysAt, openSigningKeys } from "./signing-keys.ts";
import { anonymousViewer } from "./viewer.ts";

const minute = 60_000;
const start = Date.parse("2026-03-01T12:00:00Z");
const at = (minutes: number) => new Date(start + minutes * minute);
const key = (kid: string, from: number, to?: number): RingKey => ({
  kid,
  notBefore: at(from),
  ...(to !== undefined && { notAfter: at(to) }),
});
const kids = (keys: readonly RingKey[]) => keys.map(({ kid }) => kid);

describe("a key ring", () => {
  const ring = [key("old", -100, 75), key("now", -10), key("next", 15)];

  it("signs with the newest key whose time has come, from that millisecond on", () => {
    expect(signingKey(ring, at(0))?.kid).toBe("now");
    expect(signingKey(ring, new Date(at(15).getTime() - 1))?.kid).toBe("now");
    expect(signingKey(ring, at(15))?.kid).toBe("next");
    expect(signingKey(ring, at(-50))?.kid).toBe("old");
    expect(signingKey(ring, at(-101))).toBeUndefined();
  });

  it("publishes keys before they sign, and until they end", () => {
    expect(kids(publishedKeys(ring, at(0)))).toEqual(["old", "now", "next"]);
    expect(kids(publishedKeys(ring, new Date(at(75).getTime() - 1)))).toContain("old");
    expect(kids(publishedKeys(ring, at(75)))).toEqual(["now", "next"]);
  });

  it("never signs with a key that has ended, even when there is no other", () => {
    expect(signingKey([key("old", -100, 0)], at(0))).toBeUndefined();
  });

  it("rotates with overlap: the old key goes on until the given time after the new one begins", () => {
    const rotated = rotatedKeys([key("one", -100)], key("two", 15), at(0), 30 * minute);
    expect(rotated).toEqual([key("one", -100, 45), key("two", 15)]);
    expect(kids(pendingKeys(rotated, at(0)))).toEqual(["two"]);
    for (const minutes of [0, 14.9, 15, 44]) {
      const signing = signingKey(rotated, at(minutes));
      // Whatever signed in the last half hour is published still.
      expect(kids(publishedKeys(rotated, at(minutes + 29)))).toContain(signing?.kid);
    }
  });

  it("gives up a rotation that is under way, and what it had planned for the key that signs", () => {
    const keys = [key("now", -10, 40), key("waiting", 5)];
    expect(rotatedKeys(keys, key("next", 60), at(0), 30 * minute)).toEqual([key("now", -10, 90), key("next", 60)]);
  });

  it("drops what has ended and what never signed, and leaves an end that is set already", () => {
    const keys = [key("gone", -200, -1), key("ending", -100, 20), key("now", -10), key("waiting", 5)];
    expect(rotatedKeys(keys, key("next", 15), at(0), 30 * minute)).toEqual([
      key("ending", -100, 20),
      key("now", -10, 45),
      key("next", 15),
    ]);
  });
});

describe("parseRing", () => {
  const secret = "s".repeat(32);
  const good = { kid: "a", secret, notBefore: "2026-03-01T12:00:00.000Z" };
  const text = (...keys: object[]) => JSON.stringify({ keys });

  it("reads keys with their dates", () => {
    const notAfter = "2026-03-02T12:00:00.000Z";
    expect(parseRing(signingRing, text(good, { ...good, kid: "b", notAfter }))).toEqual([
      { ...good, notBefore: new Date(good.notBefore) },
      { ...good, kid: "b", notBefore: new Date(good.notBefore), notAfter: new Date(notAfter) },
    ]);
  });

  it.each([
    ["no JSON", `{"keys":[{"secret":"${secret}"`],
    ["no ring", JSON.stringify({ secret })],
    ["no key", text()],
    ["a short secret", text({ ...good, secret: "short-secret" })],
    ["a key id with a line break", text({ ...good, kid: `${secret}\n` })],
    ["the same id twice", text(good, good)],
    ["a date without time", text({ ...good, notBefore: "2026-03-01" })],
    ["a field more", text({ ...good, password: secret })],
  ])("refuses %s and never shows what was in it", (_, wrong) => {
    expect(() => parseRing(signingRing, wrong)).toThrow();
    try {
      parseRing(signingRing, wrong);
    } catch (error) {
      expect(String(error)).not.toContain("sss");
      expect(String(error)).not.toContain("short-secret");
    }
  });

  it("takes RSA keys of 2048 bits and more for access tokens, and nothing else", () => {
    const pemOf = (modulusLength: number) =>
      generateKeyPairSync("rsa", { modulusLength }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const { privateKey: curve } = generateKeyPairSync("ed25519");
    const ringWith = (pem: string) => text({ kid: "a", notBefore: good.notBefore, pem });
    expect(parseRing(jwtRing, ringWith(pemOf(2_048)))).toHaveLength(1);
    for (const pem of [pemOf(1_024), curve.export({ type: "pkcs8", format: "pem" }).toString(), "nonsense"]) {
      expect(() => parseRing(jwtRing, ringWith(pem))).toThrow("is no RSA key");
    }
  });
});

describe("a ring in a file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "key-ring-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const lines: string[] = [];
  const logger = createLogger({ service: "test", level: "info", destination: { write: (line) => lines.push(line) } });
  const ringText = (...names: string[]) =>
    JSON.stringify({ keys: names.map((kid, n) => ({ ...key(kid, n), secret: kid.repeat(40) })) });
  const replace = (path: string, content: string) => {
    writeFileSync(`${path}.new`, content);
    renameSync(`${path}.new`, path);
  };

  it("is read again when it is replaced, and kept as it was when it cannot be read", async () => {
    const path = join(folder, "watched.json");
    writeFileSync(path, ringText("a"));
    const ring = watchRing({ path, schema: signingRing, logger, pollMs: 50, debounceMs: 5 });
    replace(path, ringText("a", "b"));
    await expect.poll(() => kids(ring.keys())).toEqual(["a", "b"]);
    replace(path, `{"keys":[{"kid":"${"hush".repeat(10)}`);
    await expect.poll(() => lines.join("")).toContain("cannot be read");
    rmSync(path);
    await expect.poll(() => lines.join("")).toContain("ENOENT");
    expect(kids(ring.keys())).toEqual(["a", "b"]);
    expect(lines.join("")).not.toContain("hush");
    replace(path, ringText("c"));
    await expect.poll(() => kids(ring.keys())).toEqual(["c"]);
    ring.close();
    replace(path, ringText("d"));
    expect(kids(ring.keys())).toEqual(["c"]);
  });

  it("signs internal requests, before and after a rotation, without one being refused", async () => {
    const path = join(folder, "signing.json");
    const secret = "x".repeat(40);
    const old = { kid: "old", secret, notBefore: at(0) };
    writeFileSync(path, JSON.stringify({ keys: [old] }));
    const sender = openSigningKeys({ INTERNAL_SIGNING_KEYS_FILE: path }, logger);
    const receiver = openSigningKeys({ INTERNAL_SIGNING_KEYS_FILE: path }, logger);
    const request = { audience: "users", method: "POST", path: "/graphql", body: "{}", requestId: "r" };
    const send = () => {
      const headers = signRequest(sender.keys, anonymousViewer("acme"), request);
      const verified = verifyRequest(receiver.keys, headers, request);
      return "viewer" in verified ? headers["tg-key"] : `refused: ${verified.refused}`;
    };
    expect(send()).toBe("old");
    const begins = new Date(Date.now() + 400);
    const next = { kid: "next", secret: "y".repeat(40), notBefore: begins };
    const ends = new Date(begins.getTime() + 200);
    replace(path, JSON.stringify({ keys: [{ ...old, notAfter: ends }, next] }));
    const recorded = signRequest(sender.keys, anonymousViewer("acme"), request);
    const used = new Set<string | undefined>();
    await expect.poll(() => used.add(send()).has("next"), { interval: 2 }).toBe(true);
    expect([...used]).toEqual(["old", "next"]);
    await expect.poll(() => verifyRequest(receiver.keys, recorded, request)).toEqual({ refused: "unknown key" });
    sender.close();
    receiver.close();
  });

  it("signs nothing while no key's time has come", () => {
    expect(keysAt([{ ...key("later", 10), secret: "z".repeat(32) }], at(0))).toEqual([]);
  });

  it("is an alternative to the setting: exactly one of the two", () => {
    const path = join(folder, "setting.json");
    writeFileSync(path, ringText("a"));
    const INTERNAL_SIGNING_KEYS = `k:${"k".repeat(32)}`;
    const problems = (source: Record<string, string>) => {
      try {
        parseEnv(programEnv, source);
        return [];
      } catch (error) {
        return (error as EnvError).problems;
      }
    };
    expect(problems({ INTERNAL_SIGNING_KEYS })).toEqual([]);
    expect(problems({ INTERNAL_SIGNING_KEYS_FILE: path })).toEqual([]);
    expect(problems({})).toEqual(["INTERNAL_SIGNING_KEYS: is missing; set it or INTERNAL_SIGNING_KEYS_FILE"]);
    expect(problems({ INTERNAL_SIGNING_KEYS, INTERNAL_SIGNING_KEYS_FILE: path })).toEqual([
      "INTERNAL_SIGNING_KEYS_FILE: is set besides INTERNAL_SIGNING_KEYS; set one of them",
    ]);
    expect(problems({ INTERNAL_SIGNING_KEYS_FILE: join(folder, "nowhere") })[0]).toMatch(
      /^INTERNAL_SIGNING_KEYS_FILE: must be the path of a key ring/,
    );
  });
});
