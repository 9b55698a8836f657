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

it.each(["mar\u212a@example.com", "\uff41nna@example.com", "a\u0308nna@example.com", "o\ufb03ce@example.com"])(
  "refuses %j, which is written in other characters than its key",
  (text) => {
    expect(isEmail(text)).toBe(false);
    expect(isEmail(emailKey(text))).toBe(true);
  },
);

it("takes 254 characters and no more", () => {
  expect(isEmail(`${"a".repeat(242)}@example.com`)).toBe(true);
  expect(isEmail(`${"a".repeat(243)}@example.com`)).toBe(false);
});

it("compares without case and blanks around", () => {
  expect(emailKey(" Anna@Example.COM ")).toBe("anna@example.com");
});

it("compares letters that only look different as one, and a key is its own key", () => {
  expect(emailKey("MAR\u212a@Example.com")).toBe("mark@example.com");
  for (const text of ["\uff21nna@x.de", "\u0130nes@x.de", "stra\u1e9ee@x.de"])
    expect(emailKey(emailKey(text))).toBe(emailKey(text));
});
