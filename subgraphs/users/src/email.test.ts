import { expect, it } from "vitest";
import { emailKey, isEmail } from "./email.ts";

it.each(["anna@example.com", "a@b.co", "anna+shop@mail.example.co.uk", "änna@exämple.de"])("takes %s", (text) => {
  expect(isEmail(text)).toBe(true);
});

it.each([
  "",
  "anna",
  "@example.com",
  "anna@",
  "anna@example",
  "a@b@c.de",
  "a b@c.de",
  "a@c..de",
  "a@c.de.",
  "a@c.de\u0000",
  "a@c.de\u00ad",
  "a\u202e@c.de",
  "a\r\nBcc: b@c.de",
  "a,b@c.de",
  "a;b@c.de",
  "a<b>@c.de",
  '"a"@c.de',
  "a(b)@c.de",
  "group:a@c.de",
  "a@[127.0.0.1]",
])("refuses %j", (text) => {
  expect(isEmail(text)).toBe(false);
});

it("takes 254 characters and no more", () => {
  expect(isEmail(`${"a".repeat(242)}@example.com`)).toBe(true);
  expect(isEmail(`${"a".repeat(243)}@example.com`)).toBe(false);
});

it("compares without case and blanks around", () => {
  expect(emailKey(" Anna@Example.COM ")).toBe("anna@example.com");
});
