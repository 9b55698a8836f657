import { describe, expect, it } from "vitest";
import { parseRedisUrl } from "./redis-url.ts";

describe("parseRedisUrl", () => {
  it("leaves the address of one server as it is", () => {
    const url = "rediss://default:secret@cache.example:6380/2";
    expect(parseRedisUrl(url)).toEqual({ kind: "single", url });
  });

  it("reads Sentinels, the name of their master and a database", () => {
    expect(parseRedisUrl("redis+sentinel://a:p%40ss@one:26379,two/shop/3")).toEqual({
      kind: "sentinel",
      sentinels: [
        { host: "one", port: 26_379 },
        { host: "two", port: 26_379 },
      ],
      ...{ master: "shop", db: 3, username: "a", password: "p@ss", tls: false },
    });
  });

  it("reads a cluster with TLS, whose nodes may have addresses of IPv6", () => {
    expect(parseRedisUrl("rediss+cluster://:secret@[::1]:7000,node-2.example")).toEqual({
      kind: "cluster",
      nodes: [
        { host: "::1", port: 7_000 },
        { host: "node-2.example", port: 6_379 },
      ],
      ...{ password: "secret", tls: true },
    });
  });

  it.each([
    ["another protocol", "http://user:hunter2@host", "must be redis://host:port"],
    ["a kind that does not exist", "redis+ring://user:hunter2@host", "must be redis://host:port"],
    ["no address", "redis+cluster://user:hunter2@", "host:port"],
    ["an empty address", "redis+cluster://user:hunter2@a:1,,b:2", "host:port"],
    ["a port that is none", "redis+cluster://user:hunter2@a:70000", "host:port"],
    ["Sentinels without a master", "redis+sentinel://user:hunter2@a:1", "name of the master"],
    ["a cluster with a database", "redis+cluster://user:hunter2@a:1/2", "no database numbers"],
    ["a password without a colon", "redis+cluster://hunter2@a:1", "user:password@"],
    ["a bad escape", "redis+cluster://user:hunter2%@a:1", "percent-encoded"],
  ])("refuses %s and does not repeat it", (_, url, reason) => {
    const refusal = (() => {
      try {
        return parseRedisUrl(url).kind;
      } catch (error) {
        return String(error);
      }
    })();
    expect(refusal).toContain(reason);
    expect(refusal).not.toContain("hunter2");
  });
});
