import { describe, expect, it } from "vitest";
import { allowedTarget } from "./target.ts";

describe("allowedTarget", () => {
  it.each(["http://localhost:4000/graphql", "http://127.0.0.1:4000/graphql", "http://[::1]:4000/graphql"])(
    "takes this machine: %s",
    (url) => {
      expect(allowedTarget(url, undefined).href).toBe(url);
    },
  );

  it("takes another host that was said twice", () => {
    expect(allowedTarget("https://api.shop.example/graphql", "api.shop.example").host).toBe("api.shop.example");
  });

  it.each([undefined, "shop.example", "api.shop.example.evil"])("refuses another host with --host %s", (host) => {
    expect(() => allowedTarget("https://api.shop.example/graphql", host)).toThrow("--host api.shop.example");
  });

  it.each(["localhost.evil.example", "127.0.0.1.evil.example"])("takes %s for no machine of ours", (host) => {
    expect(() => allowedTarget(`http://${host}/graphql`, undefined)).toThrow("--host");
  });

  it.each(["", "api.shop.example", "ftp://localhost/"])("refuses %j, which is no web address", (text) => {
    expect(() => allowedTarget(text, undefined)).toThrow("no address");
  });
});
