import { parseEnv } from "@tradegraph/kit/env";
import { describe, expect, it } from "vitest";
import { mailAlternatives, mailEnv, mailSettingsOf } from "./settings.ts";

const read = (source: Record<string, string>, isDeployed = false) =>
  parseEnv(mailEnv(isDeployed), source, mailAlternatives(isDeployed));
const deployed = { MAIL_FROM: "Shop <shop@example.com>", PUBLIC_URL: "https://shop.example" };

describe("settings of mail", () => {
  it("write files where somebody develops, without any setting", () => {
    const { url, folder, from } = mailSettingsOf(read({}));
    expect(url).toBeUndefined();
    expect(folder).toMatch(/\.data[/\\]mail$/);
    expect(from.address).toContain("@");
  });

  it("must be chosen where it is deployed: a server, or files on purpose", () => {
    expect(() => read(deployed, true)).toThrow(/MAIL_URL: is missing; set it or MAIL_FOLDER/);
    expect(() => read({}, true)).toThrow(/MAIL_URL[^]*MAIL_FROM[^]*PUBLIC_URL/);
    expect(mailSettingsOf(read({ ...deployed, MAIL_FOLDER: "/var/mail" }, true)).folder).toBe("/var/mail");
    const url = "smtps://user:hush@mail.example:465";
    expect(mailSettingsOf(read({ ...deployed, MAIL_URL: url }, true)).url).toBe(url);
    expect(() => read({ ...deployed, MAIL_URL: url, MAIL_FOLDER: "/var/mail" }, true)).toThrow(/set one of them/);
  });

  it.each(["http://mail.example", "mail.example:25", "smtp://", "file:///etc"])("refuse %s as a server", (url) => {
    expect(() => read({ ...deployed, MAIL_URL: url }, true)).toThrow(/MAIL_URL: must begin with smtp/);
  });

  it("keep the password of a server out of the complaint", () => {
    expect(() => read({ ...deployed, MAIL_URL: "http://user:hush@mail.example" }, true)).not.toThrow(/hush/);
  });

  it.each([
    ["shop@example.com", { name: "", address: "shop@example.com" }],
    ["The shop, Vienna <shop@example.com>", { name: "The shop, Vienna", address: "shop@example.com" }],
  ])("take %s as sender", (text, from) => {
    expect(mailSettingsOf(read({ MAIL_FROM: text })).from).toEqual(from);
  });

  it.each(["shop", "Shop <shop>", "a@b.de, c@d.de", "Shop\r\nBcc: x@y.de <shop@example.com>", "<>"])(
    "refuse %j as sender",
    (text) => {
      expect(() => read({ MAIL_FROM: text })).toThrow(/MAIL_FROM: must be an address/);
    },
  );

  it.each(["shop.example", "javascript:alert(1)", "ftp://shop.example"])("refuse %s for links", (text) => {
    expect(() => read({ PUBLIC_URL: text })).toThrow(/PUBLIC_URL: must be the address of the storefront/);
  });
});
