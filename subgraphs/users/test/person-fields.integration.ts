// What person-fields.ts says becomes of each field about a person does become of it.
import { createPersonCalls } from "@tradegraph/testkit/person-calls";
import { expectPersonFields } from "@tradegraph/testkit/person-walk";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { it } from "vitest";
import { insertAuditEntries } from "../src/commands/audit-insert.ts";
import { issueToken } from "../src/commands/one-time-token.ts";
import { queueMail } from "../src/commands/queue-mail.ts";
import { reserveAttempt } from "../src/commands/reserve-attempt.ts";
import { schemas } from "../src/models.ts";
import { personFields } from "../src/person-fields.ts";
import { inTenant } from "./accounts.ts";
import { fakeUser, hex, newId } from "./fakes.ts";
import { signInAs } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const noServer = Object.assign(new Error("Nobody listens."), { code: "ECONNREFUSED" });
const users = startUsers({ mail: { send: () => Promise.reject(noServer), close: () => undefined } });

it("exports and erases every field about a person as the list says", async () => {
  const { models } = users;
  const person = await fakeUser(models, {
    ...{ firstName: "Canarina", lastName: "Finchley", company: "Aviary", email: "Canary@Birds.example" },
    ...{ phone: "+43 777 1", emailVerifiedAt: new Date() },
    address: { street: "Birdcage Walk 7", city: "Cagetown", state: "Nest", zip: "1010", country: "AT" },
    sellerProfile: { shopName: "Nest", description: "Seeds", logo: "/nest.svg", since: new Date("2020-01-01") },
  });
  await signInAs(users, person);
  const userId = hex(person);
  await inTenant(async () => {
    await issueToken(models, person, "password-reset");
    await reserveAttempt(models, "sign-in", { account: person.emailLower });
    await queueMail({ models, cipher: testCipher }, "password-reset", { kind: "password-reset", email: person.email });
    const emails = { email: person.email, emailLower: person.emailLower };
    const facts = { companyId: newId(), invitedBy: newId(), role: "buyer", spendingPeriod: "month", slot: 0 } as const;
    const expiresAt = new Date(Date.now() + 3_600_000);
    await models.Invitation.create({ ...facts, ...emails, tokenHash: "token", expiresAt, isOpen: true });
    const entry = { eventId: newId().toHexString(), at: new Date(), outcome: "success", source: "gateway" } as const;
    const access = { category: "access", action: "graph.read", entityTypes: [], changes: [] } as const;
    const actor = { role: "customer", userId, address: "203.0.113.77", sessionId: "s-77", requestId: "r-77" } as const;
    const subject = { type: "User", id: userId };
    await insertAuditEntries(models, [{ ...entry, ...access, entityTypes: [], changes: [], actor, subject }]);
  });
  const { db } = users.resources.mongo.connection;
  if (!db) throw new Error("The test database is not connected.");
  const calls = createPersonCalls({ service: "users", url: users.subgraph.url });
  await expectPersonFields({ db, schemas, fields: personFields, calls, userId });
  await calls.close();
});
