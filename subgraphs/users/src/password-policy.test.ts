import { describe, expect, it } from "vitest";
import { type PasswordOwner, plainProblem, strengthProblem } from "./password-policy.ts";

const anna = { email: "a.huber77@example.com", firstName: "Anna", lastName: "Huber" };

const passwordProblem = (password: string, owner: PasswordOwner) =>
  plainProblem(password, owner) ?? strengthProblem(password, owner);

describe("a new password", () => {
  it.each([
    "correct horse battery",
    "a long new password",
    "tr4der-Quilt-97-moss",
    "žluťoučký kůň úpěl",
    "8f3a-9c1e-77d0-b2aa",
  ])("takes %j", (password) => {
    expect(passwordProblem(password, anna)).toBeUndefined();
  });

  it.each(["elevenchars", "😀".repeat(11), "x".repeat(129)])("names the length for %j", (password) => {
    expect(passwordProblem(password, anna)).toMatch(/12 to 128 characters/);
  });

  it.each([
    "password1234",
    "PASSWORD1234",
    "p4ssw0rd1234",
    "passwordpassword",
    "iloveyouiloveyou",
    "123456789012",
    "qwertyuiop[]",
    "abcdefghijkl",
    "xxxxxxxxxxxx",
    "x".repeat(128),
    // Full-width letters are the same letters.
    "ｐａｓｓｗｏｒｄ1234",
  ])("refuses the easy %j", (password) => {
    expect(passwordProblem(password, anna)).toMatch(/too easy/);
  });

  it.each(["Anna loves 9 tall poplars", "quiet HUBER river 51", "moss a.huber77 lamp sky"])(
    "refuses %j, which has a name or the address in it",
    (password) => {
      expect(passwordProblem(password, anna)).toMatch(/without your name/);
      expect(passwordProblem(password, { email: "x@example.com", firstName: "Bo", lastName: "Li" })).toBeUndefined();
    },
  );

  it("lets short names be parts of words", () => {
    const password = "benevolent lilac 41 tide";
    expect(passwordProblem(password, { email: "bo@example.com", firstName: "Ben", lastName: "Li" })).toBeUndefined();
  });

  it("does not look for patterns in more than the beginning, so that a long password costs little", () => {
    const began = process.threadCpuUsage();
    for (let n = 0; n < 5; n += 1) passwordProblem("p4ssw0rd".repeat(16), anna);
    expect(passwordProblem(`correct horse battery ${"1".repeat(100)}`, anna)).toBeUndefined();
    // Without a limit one of them takes longer than all five with it.
    expect(process.threadCpuUsage(began).user).toBeLessThan(1_000_000);
  });
});
