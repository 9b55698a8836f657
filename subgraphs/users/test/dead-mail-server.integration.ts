import { expect, it } from "vitest";
import { call, visitor } from "./accounts.ts";
import { fakePassword, fakeUser, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

let tried = 0;
const users = startUsers({
  mail: {
    // Takes the message and never answers.
    send: () => {
      tried += 1;
      return new Promise<never>(() => undefined);
    },
    close: () => undefined,
  },
});

it("a mail server that hangs neither delays nor fails anything that a person does", async () => {
  const user = await fakeUser(users.models);
  const input = { email: "new@example.com", password: fakePassword, firstName: "Ben", lastName: "Costa" };
  const mutations = [
    { call: "emailVerificationSend", viewer: viewerOf(user) },
    { call: "passwordResetSend(email: $email)", declared: "$email: String!", variables: { email: user.email } },
    { call: "userRegister(input: $input)", declared: "$input: UserRegisterInput!", variables: { input } },
  ];
  for (let round = 0; round < 2; round += 1) {
    for (const mutation of mutations) {
      const began = performance.now();
      await call(users, { viewer: visitor, fields: "__typename", ...mutation });
      expect(performance.now() - began).toBeLessThan(3_000);
    }
    await expect.poll(() => tried).toBeGreaterThan(0);
  }
});
