import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DataKeys } from "./data-keys.ts";
import { createFieldCipher, keyIdOf, SealedValueError } from "./field-cipher.ts";
import { type Sealed, type SealedPlace } from "./sealed-field.ts";
import { runForTenant } from "./tenancy.ts";

function keysOf(id = "f0001"): DataKeys {
  const key = createSecretKey(randomBytes(32));
  const blindIndex = createSecretKey(randomBytes(32));
  return {
    active: () => ({ id, key }),
    byId: (wanted) => (wanted === id ? Promise.resolve(key) : Promise.reject(new Error("There is no such key."))),
    blindIndex: () => blindIndex,
    noteUse: () => undefined,
    refresh: () => Promise.resolve(),
  };
}

const cipher = createFieldCipher(keysOf());
const phone: SealedPlace = { tenantId: "acme", collection: "users", field: "phone" };
const refusal = (sealed: string, place = phone, by = cipher) =>
  by.open(sealed as Sealed, place).catch((e: unknown) => e);

describe("FieldCipher", () => {
  it("opens what it sealed, whatever text it is", { timeout: 20_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 200 }),
        async (plain) => (await cipher.open(cipher.seal(plain, phone), phone)) === plain,
      ),
    );
  });

  it("writes its version, its key and nothing of the text", () => {
    const sealed = cipher.seal("+49 40 555 0100", phone);
    expect(sealed).toMatch(/^enc:v1:f0001:[\w-]{16}:[\w-]{22}:[\w-]{20}$/);
    expect(keyIdOf(sealed)).toBe("f0001");
  });

  it("takes the tenant of the running request", async () => {
    const place = { collection: "users", field: "phone" };
    const sealed = runForTenant("acme", () => cipher.seal("1", place));
    await expect(runForTenant("acme", () => cipher.open(sealed, place))).resolves.toBe("1");
    await expect(runForTenant("other", () => cipher.open(sealed, place))).rejects.toThrow(SealedValueError);
    expect(() => cipher.seal("1", place)).toThrow(/No tenant/);
  });

  it.each([
    ["tenant", { ...phone, tenantId: "acm" }],
    ["collection", { ...phone, collection: "companies" }],
    ["field", { ...phone, field: "address.street" }],
    // The same letters, cut elsewhere.
    ["border between the parts", { ...phone, collection: "usersp", field: "hone" }],
  ])("refuses a value of another %s", async (_, place) => {
    await expect(refusal(cipher.seal("secret-canary", phone), place)).resolves.toBeInstanceOf(SealedValueError);
  });

  it("refuses every changed character, and every cut", { timeout: 20_000 }, async () => {
    const sealed = cipher.seal("secret-canary", phone);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:.=+/ \n";
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.constantFrom(...letters), async (at, letter) => {
        fc.pre(sealed[at] !== letter);
        const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
        await expect(refusal(changed)).resolves.toBeInstanceOf(SealedValueError);
      }),
      { numRuns: 1_000 },
    );
    for (let length = 0; length < sealed.length; length += 1) {
      await expect(refusal(sealed.slice(0, length))).resolves.toBeInstanceOf(SealedValueError);
    }
  });

  it("refuses every flipped bit of IV, tag and text", async () => {
    const [, , , ...parts] = cipher.seal("secret-canary", phone).split(":") as [string, string, string, ...string[]];
    for (const [index, part] of parts.entries()) {
      const bytes = Buffer.from(part, "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const changed = parts.with(index, flipped.toString("base64url"));
        await expect(refusal(`enc:v1:f0001:${changed.join(":")}`)).resolves.toBeInstanceOf(SealedValueError);
      }
    }
  });

  it("refuses the tag of another value", async () => {
    const [one, other] = [cipher.seal("secret-canary", phone), cipher.seal("secret-canary", phone)].map((sealed) =>
      sealed.split(":"),
    ) as [string[], string[]];
    await expect(refusal(one.with(4, other[4] ?? "").join(":"))).resolves.toBeInstanceOf(SealedValueError);
    await expect(refusal(one.with(3, other[3] ?? "").join(":"))).resolves.toBeInstanceOf(SealedValueError);
  });

  it("refuses plain text, other keys and unknown keys", async () => {
    const sealed = cipher.seal("secret-canary", phone);
    const sameName = createFieldCipher(keysOf());
    const otherName = createFieldCipher(keysOf("f0002"));
    const refusals = [
      await refusal("+49 40 555 0100"),
      await refusal(""),
      await refusal(undefined as never),
      await refusal(sealed, phone, sameName),
      await refusal(sealed, phone, otherName),
    ];
    for (const error of refusals) expect(error).toBeInstanceOf(SealedValueError);
  });

  it("tells in its errors where the value is, never what it is", async () => {
    const sealed = cipher.seal("secret-canary", phone);
    for (const error of [await refusal("secret-canary"), await refusal(sealed, { ...phone, tenantId: "other" })]) {
      const text = `${(error as Error).stack ?? ""} ${String((error as Error).cause)} ${JSON.stringify(error)}`;
      expect(text).toContain("users.phone");
      expect(text).not.toContain("secret-canary");
      expect(text).not.toContain(sealed.slice(20));
    }
  });

  it("never takes an IV twice in 100,000 seals", { timeout: 20_000 }, () => {
    const ivs = new Set(Array.from({ length: 100_000 }, () => cipher.seal("1", phone).split(":")[3]));
    expect(ivs.size).toBe(100_000);
  });
});

describe("blindIndex", () => {
  it("is the same for the same value, in any case and with any blanks and signs between", () => {
    const same = [
      "DE123456789",
      "de 123 456 789",
      " De123456789\u00a0",
      "ＤＥ123456789",
      "DE-123456789",
      "DE 123.456.789",
    ];
    same.push("DE\u200b123456789", "DE123456789\u00ad", "DE/123_456+789");
    expect(new Set(same.map((value) => cipher.blindIndex(value, phone))).size).toBe(1);
  });

  it("differs by value, tenant, field and key", () => {
    const texts = [
      cipher.blindIndex("DE1", phone),
      cipher.blindIndex("DE2", phone),
      cipher.blindIndex("DE1", { ...phone, tenantId: "other" }),
      cipher.blindIndex("DE1", { ...phone, field: "taxId" }),
      createFieldCipher(keysOf()).blindIndex("DE1", phone),
    ];
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).toMatch(/^[\w-]{43}$/);
  });
});

describe("fingerprint", () => {
  it("is the same for exactly the same value of a place, and says nothing without the key", () => {
    const texts = [
      cipher.fingerprint("DE1", phone),
      cipher.fingerprint("de1", phone),
      cipher.fingerprint("DE 1", phone),
      cipher.fingerprint("DE1", { ...phone, tenantId: "other" }),
      cipher.fingerprint("DE1", { ...phone, field: "taxId" }),
      createFieldCipher(keysOf()).fingerprint("DE1", phone),
      cipher.blindIndex("DE1", phone),
    ];
    expect(new Set(texts).size).toBe(texts.length);
    expect(cipher.fingerprint("DE1", phone)).toBe(texts[0]);
  });
});
