import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEntry, encodeEntry } from "./entry-codec.ts";
import { type CacheEntry } from "./entry.ts";

const text = fc.string({ unit: "grapheme" });
const entries: fc.Arbitrary<CacheEntry> = fc.record(
  {
    bytes: fc
      .oneof(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ minLength: 900, maxLength: 5_000 }))
      .map((all) => Buffer.from(all)),
    tags: fc.array(text, { maxLength: 20 }),
    sources: fc.array(text, { maxLength: 3 }),
    position: fc.maxSafeNat(),
    storedAt: fc.maxSafeNat(),
    maxAge: fc.nat(),
    swr: fc.nat(),
    sie: fc.nat(),
    meta: fc
      .dictionary(text, fc.jsonValue())
      .map((meta) => JSON.parse(JSON.stringify(meta)) as Record<string, unknown>),
  },
  { requiredKeys: ["bytes", "tags", "sources", "position", "storedAt", "maxAge", "swr", "sie"] },
);
const entry: CacheEntry = {
  bytes: Buffer.from('{"a":1}'),
  tags: ["Product:1"],
  sources: ["products"],
  ...{ position: 4_096, storedAt: 1_000, maxAge: 60, swr: 5, sie: 10 },
};

describe("decodeEntry", () => {
  it("reads what encodeEntry wrote", () => {
    fc.assert(
      fc.property(text, entries, (key, each) => {
        expect(decodeEntry(key, encodeEntry(key, each))).toEqual(each);
      }),
    );
  });

  it("takes nothing in which one byte is another", () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.integer({ min: 1, max: 255 }), (each, at, change) => {
        const value = encodeEntry("key", each);
        const index = at % value.length;
        value[index] = (value[index] ?? 0) ^ change;
        expect(decodeEntry("key", value)).toBeUndefined();
      }),
    );
  });

  it("takes nothing that was cut off, lengthened or is no entry at all", () => {
    const value = encodeEntry("key", entry);
    for (let length = 0; length < value.length; length += 1) {
      expect(decodeEntry("key", value.subarray(0, length))).toBeUndefined();
    }
    expect(decodeEntry("key", Buffer.concat([value, Buffer.from([0])]))).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(decodeEntry("key", Buffer.from(bytes))).toBeUndefined();
      }),
    );
  });

  it("takes nothing that was written under another key", () => {
    expect(decodeEntry("other", encodeEntry("key", entry))).toBeUndefined();
  });

  it("gives bytes that do not change with those it read from", () => {
    const value = encodeEntry("key", entry);
    const decoded = decodeEntry("key", value);
    value.fill(0);
    expect(decoded?.bytes.toString()).toBe('{"a":1}');
    expect(decoded?.bytes.buffer.byteLength).toBe(7);
  });
});

describe("encodeEntry", () => {
  it("compresses from 1 KiB on, and only what gets smaller", () => {
    const encodedLength = (bytes: Buffer) => encodeEntry("key", { ...entry, bytes }).length;
    const small = encodedLength(Buffer.alloc(100, "a")) - encodedLength(Buffer.alloc(0));
    expect(small).toBe(100);
    expect(encodedLength(Buffer.alloc(10_000, "abc"))).toBeLessThan(1_000);
    const noise = Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7_919 * (index % 251)) % 256));
    expect(encodedLength(noise)).toBeLessThan(encodedLength(Buffer.alloc(0)) + 4_001);
  });
});
