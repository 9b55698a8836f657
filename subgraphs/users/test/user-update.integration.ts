import { sealedPattern } from "@tradegraph/kit/sealed-field";
import { describe, expect, it } from "vitest";
import { call, eventsOf, storedUser, visitor } from "./accounts.ts";
import { fakeUser, hex, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

const fields = "user { firstName lastName phone address { street city state zip country } }";
const declared = "$input: UserUpdateInput!";
const update = (user: Parameters<typeof viewerOf>[0], input: object) =>
  call(users, { call: "userUpdate(input: $input)", declared, fields, variables: { input }, viewer: viewerOf(user) });

const address = { street: "Kai 1", city: "Hamburg", state: "HH", zip: "20457", country: "DE" };

describe("userUpdate", () => {
  it("changes what is given, leaves the rest, and clears what is null", async () => {
    const user = await fakeUser(users.models);
    await expect(update(user, { firstName: " Zoë ", phone: "+49 (40) 555-0100", address })).resolves.toEqual({
      user: { firstName: "Zoë", lastName: user.lastName, phone: "+49 (40) 555-0100", address },
      userErrors: [],
    });
    await expect(update(user, { phone: null, address: null, lastName: "Neu" })).resolves.toEqual({
      user: { firstName: "Zoë", lastName: "Neu", phone: null, address: null },
      userErrors: [],
    });
    const stored = await storedUser(users, user);
    expect(stored).not.toHaveProperty("phone");
    expect(stored).not.toHaveProperty("address");
    expect(stored.version).toBe(user.version + 2);
  });

  it("seals telephone number and street, and names fields but no values to the audit log", async () => {
    const user = await fakeUser(users.models);
    await update(user, { phone: "+49 40 555 0199", address, firstName: "Zoë" });
    const stored = await storedUser(users, user);
    expect(stored.phone).toMatch(sealedPattern);
    expect(stored.address?.street).toMatch(sealedPattern);
    expect(stored.outbox).toMatchObject([
      { type: "user.updated", actor: { userId: hex(user) }, data: { changes: ["firstName", "phone", "address"] } },
    ]);
    expect(JSON.stringify(stored.outbox)).not.toMatch(/0199|Kai|Zoë/);
  });

  it("does nothing, and tells nobody, when nothing is given", async () => {
    const user = await fakeUser(users.models);
    await expect(update(user, {})).resolves.toMatchObject({ userErrors: [] });
    expect(eventsOf(await storedUser(users, user))).toEqual([]);
  });

  it.each([
    ["firstName", { firstName: null }],
    ["firstName", { firstName: "  " }],
    ["firstName", { firstName: "a\r\nBcc: x@example.com" }],
    ["lastName", { lastName: "x".repeat(101) }],
    ["phone", { phone: "call me" }],
    ["phone", { phone: "1".repeat(31) }],
    ["address.city", { address: { ...address, city: " " } }],
    ["address.street", { address: { ...address, street: "x".repeat(201) } }],
    ["address.country", { address: { ...address, country: "de" } }],
  ])("refuses a wrong %s and changes nothing: %j", async (path, input) => {
    const user = await fakeUser(users.models);
    const answer = await update(user, { ...input, ...(path !== "lastName" && { lastName: "Other" }) });
    expect(answer).toMatchObject({
      user: null,
      userErrors: [{ __typename: "InvalidInputError", field: ["input", ...path.split(".")] }],
    });
    expect((await storedUser(users, user)).lastName).toBe(user.lastName);
  });

  it("is refused to visitors, closed accounts and the same id in another shop", async () => {
    const [user, closed] = [await fakeUser(users.models), await fakeUser(users.models, { isActive: false })];
    const query = `mutation (${declared}) { userUpdate(input: $input) { user { id } } }`;
    for (const viewer of [visitor, viewerOf(closed), { ...viewerOf(user), tenantId: "other" }]) {
      const answer = await users.subgraph.execute({ query, variables: { input: { firstName: "Eve" } }, viewer });
      expect(answer.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    }
    expect((await storedUser(users, user)).firstName).toBe(user.firstName);
  });
});
