import { type Viewer } from "@tradegraph/kit/viewer";
import { describe, expect, it } from "vitest";
import { type UserDocument } from "../src/models/user.ts";
import { call, eventsOf, inTenant, storedUser, visitor } from "./accounts.ts";
import { fakeUser, fakeViewer, hex, newId, viewerOf } from "./fakes.ts";
import { claimsIn, refresh, signInAs, storedSession } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

const admin = fakeViewer("admin");
const declared = "$input: UserRoleSetInput!";
const setRole = (input: object, viewer: Viewer = admin) =>
  call(users, {
    call: "userRoleSet(input: $input)",
    declared,
    fields: "user { id role staffScopes }",
    variables: { input },
    viewer,
  });
const codeOf = async (viewer: Viewer, id: string, input: object = { role: "ADMIN" }) => {
  const query = `mutation (${declared}) { userRoleSet(input: $input) { user { id } } }`;
  const { errors } = await users.subgraph.execute({ query, variables: { input: { id, ...input } }, viewer });
  return errors?.[0]?.extensions.code;
};

describe("userRoleSet", () => {
  it("makes somebody staff of some areas, staff of everything, and a customer again", async () => {
    const user = await fakeUser(users.models);
    const id = hex(user);
    const steps = [
      [
        { role: "ADMIN", staffScopes: ["ORDERS", "USERS", "ORDERS"] },
        { role: "ADMIN", staffScopes: ["ORDERS", "USERS"] },
      ],
      [
        { role: "ADMIN", staffScopes: ["AUDIT"] },
        { role: "ADMIN", staffScopes: ["AUDIT"] },
      ],
      [{ role: "ADMIN" }, { role: "ADMIN", staffScopes: ["ALL"] }],
      [{ role: "SUPPLIER" }, { role: "SUPPLIER", staffScopes: null }],
      [{ role: "CUSTOMER" }, { role: "CUSTOMER", staffScopes: null }],
    ] as const;
    // Somebody has to stay.
    await fakeUser(users.models, { role: "admin" });
    for (const [input, expected] of steps)
      await expect(setRole({ id, ...input })).resolves.toEqual({ user: { id, ...expected }, userErrors: [] });
    const stored = await storedUser(users, user);
    expect(eventsOf(stored)).toEqual(steps.map(() => "user.roleSet"));
    expect(stored).not.toHaveProperty("staffScopes");
  });

  it("takes effect on tokens at once: those that are out count no more, and new ones say the new role", async () => {
    const user = await fakeUser(users.models);
    const answer = await signInAs(users, user);
    await setRole({ id: hex(user), role: "ADMIN", staffScopes: ["ORDERS"] });
    const session = await storedSession(users, answer);
    expect(session.notBefore).toBeGreaterThan(claimsIn(answer).iat);
    expect(session.revokedAt).toBeUndefined();
    const refreshed = await refresh(users, answer);
    expect(claimsIn(refreshed)).toMatchObject({ role: "admin", scope: "staff:orders" });
  });

  it("gives staff of everything the scope admin", async () => {
    const user = await fakeUser(users.models);
    await setRole({ id: hex(user), role: "ADMIN" });
    expect(claimsIn(await signInAs(users, user))).toMatchObject({ role: "admin", scope: "admin" });
  });

  it("tells nobody of a role that somebody has already", async () => {
    const user = await fakeUser(users.models);
    await expect(setRole({ id: hex(user), role: "CUSTOMER" })).resolves.toMatchObject({ userErrors: [] });
    expect(eventsOf(await storedUser(users, user))).toEqual([]);
  });

  it("is for administrators only", async () => {
    const user = await fakeUser(users.models);
    const staff: Viewer = { ...admin, scopes: ["staff:users", "staff:partners", "staff:audit"] };
    for (const viewer of [staff, { ...admin, scopes: [] }, viewerOf(user), fakeViewer("supplier")])
      expect(await codeOf(viewer, hex(user))).toBe("FORBIDDEN");
    expect(await codeOf(visitor, hex(user))).toBe("UNAUTHENTICATED");
    expect(await codeOf(fakeViewer("admin", "other"), hex(user))).toBe("NOT_FOUND");
    expect(await codeOf(admin, newId().toHexString())).toBe("NOT_FOUND");
    expect(await codeOf(admin, "nonsense")).toBe("BAD_USER_INPUT");
    expect((await storedUser(users, user)).role).toBe("customer");
  });

  it("never changes the own role", async () => {
    const user = await fakeUser(users.models, { role: "admin" });
    for (const input of [{ role: "CUSTOMER" }, { role: "ADMIN", staffScopes: ["ORDERS"] }, { role: "ADMIN" }]) {
      await expect(setRole({ id: hex(user), ...input }, viewerOf(user))).resolves.toMatchObject({
        user: null,
        userErrors: [{ __typename: "InvalidInputError", field: ["input", "id"] }],
      });
    }
    expect(eventsOf(await storedUser(users, user))).toEqual([]);
  });

  it.each([
    ["no area at all", { role: "ADMIN", staffScopes: [] }],
    ["areas of a customer", { role: "CUSTOMER", staffScopes: ["ORDERS"] }],
  ])("refuses %s", async (_, input) => {
    const user = await fakeUser(users.models);
    await expect(setRole({ id: hex(user), ...input })).resolves.toMatchObject({
      user: null,
      userErrors: [{ __typename: "InvalidInputError", field: ["input", "staffScopes"] }],
    });
    expect((await storedUser(users, user)).role).toBe("customer");
  });

  it.each([
    ["CUSTOMER", undefined],
    ["ADMIN", ["ORDERS"]],
  ])("leaves a shop its last administrator: %s", async (role, staffScopes) => {
    const tenantId = `last-${role.toLowerCase()}`;
    const only = await fakeUser(users.models, { role: "admin" }, tenantId);
    const viewer = fakeViewer("admin", tenantId);
    await expect(setRole({ id: hex(only), role, staffScopes }, viewer)).resolves.toMatchObject({
      user: null,
      userErrors: [{ __typename: "InvalidInputError", field: ["input", "id"] }],
    });
    expect(await storedUser(users, only)).toMatchObject({ role: "admin", outbox: [] });
  });

  it("leaves an administrator when all take the role from each other at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const tenantId = `duel-${round}`;
      const all: UserDocument[] = [];
      for (let n = 0; n < 3; n += 1) all.push(await fakeUser(users.models, { role: "admin" }, tenantId));
      const duels = all.map((each, n) =>
        setRole({ id: hex(all[(n + 1) % 3] ?? each), role: "CUSTOMER" }, viewerOf(each)),
      );
      await Promise.allSettled(duels);
      const left = await inTenant(async () => users.models.User.countDocuments({ role: "admin" }), tenantId);
      expect(left).toBeGreaterThanOrEqual(1);
    }
  });
});
