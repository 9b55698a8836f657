import { expect, it } from "vitest";
import { readEnv } from "../env.ts";
import { rulesOf } from "./rules-of.ts";

const required = { INTERNAL_SIGNING_KEYS: "one:0123456789abcdef0123456789abcdef", REDIS_URL: "redis://127.0.0.1" };
const account = { RESPONSE_CACHE_CDN_ID: "SHOP1", RESPONSE_CACHE_CDN_TOKEN: "secret" };
const rules = (env: object) => rulesOf(readEnv({ ...required, ...env }));

it("tells no CDN anything unless somebody says so", () => {
  expect(rules({}).cdn).toBeUndefined();
  expect(rules({}).tagHeader).toBeUndefined();
  expect(rules({ RESPONSE_CACHE_TAG_HEADER: "Surrogate-Key" }).tagHeader).toEqual({
    ...{ name: "Surrogate-Key", delimiter: " " },
  });
});

it.each([
  ["fastly", "Surrogate-Key", " ", "surrogate-control"],
  ["cloudflare", "Cache-Tag", ",", "cdn-cache-control"],
  ["cloudfront", "Cache-Tag", ",", undefined],
])("speaks to %s in its headers", (RESPONSE_CACHE_CDN, name, delimiter, cdnHeader) => {
  const found = rules({ ...account, RESPONSE_CACHE_CDN, RESPONSE_CACHE_CDN_URL: "https://proxy.example/api/" });
  expect(found.tagHeader).toMatchObject({ name, delimiter, isPurged: true });
  expect(found.cdnHeader).toBe(cdnHeader);
  expect(found.cdn).toEqual({
    ...{
      name: RESPONSE_CACHE_CDN,
      id: "SHOP1",
      token: "secret",
      url: "https://proxy.example/api",
      repeatAfterMs: 10_000,
    },
  });
  const renamed = rules({ ...account, RESPONSE_CACHE_CDN, RESPONSE_CACHE_TAG_HEADER: "X-Tags" });
  expect(renamed.tagHeader).toMatchObject({ name: "X-Tags", delimiter, isPurged: true });
});
