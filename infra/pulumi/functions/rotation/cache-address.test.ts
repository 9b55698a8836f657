import { describe, expect, it } from "vitest";
import { readAddress, withNewPassword } from "./cache-address.ts";

describe("the address of the cache", () => {
  it("keeps everything but the password", () => {
    const before = "rediss+cluster://trade%2Dgraph:old@cache.example.com:6379";
    const after = withNewPassword(before);
    expect(after).toMatch(/^rediss\+cluster:\/\/trade%2Dgraph:[0-9a-f]{64}@cache\.example\.com:6379$/);
    const address = { tls: true, user: "trade-graph", host: "cache.example.com", port: 6379 };
    expect(readAddress(before)).toEqual({ ...address, password: "old" });
    expect(readAddress(after)).toMatchObject(address);
    expect(withNewPassword(before)).not.toBe(after);
  });

  it("decodes a password that a person chose", () => {
    expect(readAddress("redis://u:p%40ss@127.0.0.1:6379/0")).toMatchObject({ tls: false, password: "p@ss" });
  });

  it.each(["", "http://u:secret@host:1", "rediss://host:6379", "rediss://u:secret@host", "rediss://:secret@host:1"])(
    "refuses %j without repeating a password",
    (text) => {
      expect(() => readAddress(text)).toThrow(/^must be rediss/);
      expect(() => withNewPassword(text)).not.toThrow("secret");
    },
  );
});
