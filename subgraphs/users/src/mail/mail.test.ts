import { describe, expect, it } from "vitest";
import { invitationMail } from "./invitation.ts";
import { createLinks } from "./links.ts";
import { passwordChangedMail } from "./password-changed.ts";
import { passwordResetMail } from "./password-reset.ts";
import { verifyEmailMail } from "./verify-email.ts";

const to = "anna@example.com";
const link = "https://shop.example/verify-email#token=a_b-c";
const expiresAt = new Date("2026-03-01T12:00:00Z");

describe("links", () => {
  it("keep the token behind #, where no server sees it", () => {
    const links = createLinks("https://shop.example/en/");
    expect(links.verifyEmail("a_b-c")).toBe("https://shop.example/en/verify-email#token=a_b-c");
    expect(links.passwordReset("t")).toBe("https://shop.example/en/reset-password#token=t");
    expect(new URL(links.invitation("secret")).search).toBe("");
  });
});

describe("messages", () => {
  const evil = '</p><a href="https://evil.example">click</a>\r\nBcc: all@example.com';
  const mails = [
    verifyEmailMail({ to, link }),
    passwordResetMail({ to, link }),
    passwordChangedMail({ to, at: expiresAt }),
    invitationMail({ to, link, expiresAt, companyName: "Huber & Söhne", inviter: "Ben" }),
  ];

  it("have both forms, and nothing of a person in the subject", () => {
    for (const { text, html, subject } of mails) {
      expect(text.length).toBeGreaterThan(100);
      expect(html).toMatch(/^<!doctype html>/);
      expect(subject).not.toMatch(/anna|ben|huber|@|\n/i);
    }
    expect(new Set(mails.map(({ subject }) => subject)).size).toBe(4);
  });

  it("carry the link in both forms, and say how long it is good", () => {
    for (const { text, html } of [mails[0], mails[1], mails[3]] as typeof mails) {
      expect(text).toContain(link);
      expect(html).toContain(`href="${link}"`);
      expect(text).toMatch(/24 hours|one hour|until Sun, 01 Mar 2026/);
    }
  });

  it("escape what others chose, keep it on one line and short, and make no links of it", () => {
    const { text, html } = invitationMail({ to, link, expiresAt, companyName: evil, inviter: "x".repeat(500) });
    expect(html).not.toContain('<a href="https://evil');
    expect(html).toContain("&lt;/p&gt;");
    expect(html).not.toContain("https://evil");
    expect(text).not.toContain("https://evil");
    expect(text.split("\n")[0]).toContain("Bcc: all@example. com”");
    expect(text).not.toContain("x".repeat(101));
  });

  it.each(["Win at www.evil.example now", "www\uff0eevil\u3002example", "sub.xn--e1afmkfd.example", "192.0.2.1"])(
    "break up %j, of which mail programs would make a link",
    (companyName) => {
      for (const form of Object.values(
        invitationMail({ to, link, expiresAt, companyName, inviter: "www.b.example" }),
      )) {
        const text = form.replaceAll(link, "").replaceAll(to, "");
        expect(text).not.toMatch(/[\p{L}\p{N}][.\u3002\uff0e][\p{L}\p{N}]/u);
      }
      expect(invitationMail({ to, link, expiresAt, companyName, inviter: "Ben" }).text).toContain(". ");
    },
  );

  it("escape links", () => {
    expect(verifyEmailMail({ to, link: 'https://shop.example/"><b>' }).html).not.toContain("<b>");
  });
});
