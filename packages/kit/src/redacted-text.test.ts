import { expect, it } from "vitest";
import { createApiKey } from "./api-key.ts";
import { redactedText } from "./redacted-text.ts";

const jwt = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

it.each([
  ["an e-mail address", "anna.smith@example.com"],
  ["one in an address", "mailto:anna.smith%40example.com"],
  ["a token", jwt],
  ["a token in a header", "Authorization: Bearer abc.def"],
  ["a key of a partner", createApiKey().secret],
  ["a password", "password=hunter2"],
  ["a password in JSON", '{"password": "hunter2"}'],
  ["an address with a password", "mongodb://app:hunter2@db.example:27017/x"],
  ["what was asked of an address", "https://api.example/x?search=hunter2&page=1"],
  ["an address in the network", "192.168.0.17"],
  ["one of IPv6", "2001:db8::8a2e:370:7334"],
  ["a telephone number", "+49 (30) 123 456-78"],
  ["an id", "6561f0c2a9b3d40012345678"],
  ["a UUID", "0f8fad5b-d9cd-469f-a165-70867728950e"],
  ["a quoted value", '"hunter2"'],
  ["a value without quotes", "value: { name: Anna }"],
  ["text of a caller that is no JSON", `Unexpected token 'h', "hunter2" is not valid JSON`],
  ["a sentence in single quotes", "cannot store 'Anna Smith'"],
])("hides %s", (_what, text) => {
  const shown = redactedText(`Order failed for ${text}`);
  expect(shown).toMatch(/^Order failed for/);
  expect(shown).toContain("[redacted]");
  expect(shown).not.toMatch(/anna|smith|hunter2|eyJ|abc\.def|192\.168|2001:|123 456|6561f0c2|0f8fad5b|tgk_/i);
});

it.each([
  "Cannot read properties of undefined (reading 'price')",
  "x is not a function",
  "Cannot return null for non-nullable field Product.name.",
  "text index required for $text query",
  "ENOENT: no such file or directory, open '/app/schema/generated/supergraph.graphql'",
  "The user's cart can't be saved",
])("leaves what says only what is wrong: %s", (text) => {
  expect(redactedText(text)).toBe(text);
});

it("is short, and quick whatever it reads", () => {
  for (const one of ["a", "a@", "1 ", '"', "'", "a.", "::", "?a=", "eyJ-", "a1", "\n at x"]) {
    const began = process.threadCpuUsage();
    expect(redactedText(one.repeat(100_000)).length).toBeLessThan(1_010);
    expect(process.threadCpuUsage(began).user).toBeLessThan(1_000_000);
  }
});
