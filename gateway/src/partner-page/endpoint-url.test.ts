import { expect, test } from "vitest";
import { type Exchange } from "../http/steps.ts";
import { endpointUrl } from "./endpoint-url.ts";

const urlFor = (headers: Exchange["headers"], encrypted = false) =>
  endpointUrl({ headers, request: { socket: { encrypted } } } as unknown as Exchange);

test.each([
  [{ host: "shop.example" }, "http://shop.example/graphql"],
  [{ host: "shop.example:8443", "x-forwarded-proto": "https" }, "https://shop.example:8443/graphql"],
  [{ host: "shop.example", "x-forwarded-proto": "https, http" }, "https://shop.example/graphql"],
  [{ host: "shop.example", "x-forwarded-proto": "javascript" }, "http://shop.example/graphql"],
  [{ host: "[::1]:4000" }, "http://[::1]:4000/graphql"],
  [{ host: "gateway_1:4000" }, "http://gateway_1:4000/graphql"],
])("%j is called at %s", (headers, url) => {
  expect(urlFor(headers)).toBe(url);
});

test("a connection with TLS says so", () => {
  expect(urlFor({ host: "shop.example" }, true)).toBe("https://shop.example/graphql");
});

test.each(["", "a b", "a<b>", "user@host", "a/b", "a?b", "a#b", "a'b", 'a"b', "a\\b", "host:99999", "%41"])(
  "%j is no host",
  (host) => {
    expect(() => urlFor({ host })).toThrow("is not a host name");
  },
);
