// Messages to a person who is erased, while no mail server takes any.
import { createPersonCalls } from "@tradegraph/testkit/person-calls";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { expect, it } from "vitest";
import { queueMail } from "../src/commands/queue-mail.ts";
import { inTenant } from "./accounts.ts";
import { fakeUser, hex } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const noServer = Object.assign(new Error("Nobody listens."), { code: "ECONNREFUSED" });
const users = startUsers({ mail: { send: () => Promise.reject(noServer), close: () => undefined } });

it("goes with the person, and no others, even if one cannot be opened", async () => {
  const [person, other] = [await fakeUser(users.models), await fakeUser(users.models)];
  const tools = { models: users.models, cipher: testCipher };
  const broken = testCipher.seal("{}", { collection: "mails", field: "other", tenantId: "other-shop" });
  await inTenant(async () => {
    const mail = { subject: "Invitation", text: "Come", html: "<p>Come</p>" };
    for (const { email, _id } of [person, other]) {
      await queueMail(tools, "verify-email", { kind: "verify-email", userId: _id.toHexString() });
      await queueMail(tools, "password-reset", { kind: "password-reset", email: email.toUpperCase() });
      await queueMail(tools, "invitation", { kind: "message", mail: { ...mail, to: email } });
    }
    const now = new Date();
    const dates = { dueAt: now, giveUpAt: new Date(now.getTime() + 3_600_000), expiresAt: now };
    await users.models.Mail.create({
      template: "invitation",
      content: broken,
      isWaiting: true,
      isUrgent: false,
      ...dates,
    });
  });
  const calls = createPersonCalls({ service: "users", url: users.subgraph.url });
  await expect(calls.erase(hex(person))).resolves.toMatchObject({ mails: 3 });
  await calls.close();
  expect(await inTenant(async () => users.models.Mail.countDocuments({ isWaiting: true }))).toBe(4);
});
