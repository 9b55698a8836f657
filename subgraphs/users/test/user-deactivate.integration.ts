import { type Viewer } from "@tradegraph/kit/viewer";
import { describe, expect, it } from "vitest";
import { aliveSessions, call, eventsOf, inTenant, storedUser, visitor } from "./accounts.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newId, viewerOf } from "./fakes.ts";
import { signInAs } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

const admin = fakeViewer("admin");
const staffFor = (...areas: string[]): Viewer => ({ ...admin, scopes: areas.map((area) => `staff:${area}`) });

const deactivate = (viewer: Viewer, id?: string) =>
  call(users, {
    call: "userDeactivate(id: $id)",
    declared: "$id: ID",
    fields: "user { id isActive }",
    variables: { id },
    viewer,
  });
const reactivate = (viewer: Viewer, id: string) =>
  call(users, {
    call: "userReactivate(id: $id)",
    declared: "$id: ID!",
    fields: "user { id isActive }",
    variables: { id },
    viewer,
  });
const codeOf = async (mutation: string, viewer: Viewer, id: string) => {
  const query = `mutation ($id: ID!) { ${mutation}(id: $id) { user { id } } }`;
  const { errors } = await users.subgraph.execute({ query, variables: { id }, viewer });
  return errors?.[0]?.extensions.code;
};

describe("userDeactivate", () => {
  it("closes the viewer's own account, ends its sessions, and lets nobody in", async () => {
    const user = await fakeUser(users.models);
    await signInAs(users, user);
    const answer = await deactivate(viewerOf(user));
    expect(answer).toEqual({ user: { id: hex(user), isActive: false }, userErrors: [] });
    expect(await aliveSessions(users, user._id)).toBe(0);
    expect(eventsOf(await storedUser(users, user))).toEqual(["user.deactivated"]);
    expect((await signInAs(users, user)).userErrors[0]?.__typename).toBe("InvalidCredentialsError");
  });

  it("takes the own id too, and no other's from a customer or a supplier", async () => {
    const [user, other] = [await fakeUser(users.models), await fakeUser(users.models, { role: "supplier" })];
    expect(await codeOf("userDeactivate", viewerOf(user), hex(other))).toBe("FORBIDDEN");
    expect(await codeOf("userDeactivate", viewerOf(other), hex(user))).toBe("FORBIDDEN");
    expect(await codeOf("userDeactivate", visitor, hex(user))).toBe("UNAUTHENTICATED");
    expect((await storedUser(users, user)).isActive).toBe(true);
    await expect(deactivate(viewerOf(user), hex(user))).resolves.toMatchObject({ userErrors: [] });
  });

  it("lets staff with the area of people close any account, and no other staff", async () => {
    const user = await fakeUser(users.models);
    expect(await codeOf("userDeactivate", staffFor("orders", "catalogue", "audit"), hex(user))).toBe("FORBIDDEN");
    await signInAs(users, user);
    await expect(deactivate(staffFor("users"), hex(user))).resolves.toMatchObject({ user: { isActive: false } });
    expect(await aliveSessions(users, user._id)).toBe(0);
    await expect(deactivate(admin, hex(user))).resolves.toMatchObject({ user: { isActive: false }, userErrors: [] });
    expect(eventsOf(await storedUser(users, user))).toEqual(["user.deactivated"]);
  });

  it("lets only administrators close and open the accounts of staff", async () => {
    const administrator = await fakeUser(users.models, { role: "admin" });
    const clerk = await fakeUser(users.models, { role: "admin", staffScopes: ["staff:orders"] });
    const closed = await fakeUser(users.models, { role: "admin", isActive: false });
    for (const user of [administrator, clerk]) {
      expect(await codeOf("userDeactivate", staffFor("users"), hex(user))).toBe("FORBIDDEN");
      expect(await storedUser(users, user)).toMatchObject({ isActive: true, outbox: [] });
    }
    expect(await codeOf("userReactivate", staffFor("users"), hex(closed))).toBe("FORBIDDEN");
    expect(await storedUser(users, closed)).toMatchObject({ isActive: false, outbox: [] });
    await expect(deactivate(viewerOf(administrator), hex(clerk))).resolves.toMatchObject({ user: { isActive: false } });
    await expect(reactivate(viewerOf(administrator), hex(closed))).resolves.toMatchObject({ user: { isActive: true } });
    // One's own account is one's own.
    const clerkOfUsers = await fakeUser(users.models, { role: "admin", staffScopes: ["staff:users"] });
    const self: Viewer = { ...viewerOf(clerkOfUsers), scopes: ["staff:users"] };
    await expect(deactivate(self)).resolves.toMatchObject({ user: { isActive: false } });
  });

  it("finds nobody of another shop, and nobody by what is no id", async () => {
    const user = await fakeUser(users.models, {}, "other");
    expect(await codeOf("userDeactivate", admin, hex(user))).toBe("NOT_FOUND");
    expect(await codeOf("userDeactivate", admin, newId().toHexString())).toBe("NOT_FOUND");
    expect(await codeOf("userDeactivate", admin, "nonsense")).toBe("BAD_USER_INPUT");
    expect((await storedUser(users, user)).isActive).toBe(true);
  });

  it("leaves a shop its last administrator, whoever asks", async () => {
    const tenantId = "lonely";
    const only = await fakeUser(users.models, { role: "admin" }, tenantId);
    // Those who do not count: closed, with some areas only, of another shop.
    await fakeUser(users.models, { role: "admin", isActive: false }, tenantId);
    await fakeUser(users.models, { role: "admin", staffScopes: ["staff:users"] }, tenantId);
    await fakeUser(users.models, { role: "admin" }, "other");
    for (const viewer of [viewerOf(only), fakeViewer("admin", tenantId)]) {
      await expect(deactivate(viewer, hex(only))).resolves.toMatchObject({
        user: null,
        userErrors: [{ __typename: "InvalidInputError", field: ["id"] }],
      });
    }
    expect(await storedUser(users, only)).toMatchObject({ isActive: true, outbox: [] });
    await fakeUser(users.models, { role: "admin" }, tenantId);
    await expect(deactivate(viewerOf(only))).resolves.toMatchObject({ userErrors: [] });
  });

  it("leaves one administrator when all of them go at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const tenantId = `rush-${round}`;
      const all = [];
      for (let n = 0; n < 4; n += 1) all.push(await fakeUser(users.models, { role: "admin" }, tenantId));
      await Promise.all(all.map((each) => deactivate(viewerOf(each))));
      const left = await inTenant(
        async () => users.models.User.countDocuments({ role: "admin", isActive: true }),
        tenantId,
      );
      expect(left).toBeGreaterThanOrEqual(1);
    }
  });

  it("does not count for ever somebody as leaving whose leaving was cut off", async () => {
    const tenantId = "cut-off";
    const [one, other] = [
      await fakeUser(users.models, { role: "admin" }, tenantId),
      await fakeUser(users.models, { role: "admin", leavingUntil: new Date(Date.now() + 60_000) }, tenantId),
    ];
    expect((await deactivate(viewerOf(one))).userErrors).toHaveLength(1);
    const past = { leavingUntil: new Date(Date.now() - 1) };
    await inTenant(async () => users.models.User.updateOne({ _id: other._id }, past), tenantId);
    expect((await deactivate(viewerOf(one))).userErrors).toEqual([]);
  });
});

describe("userDeactivate of a company's last administrator", () => {
  it("is refused to them, and not to staff", async () => {
    const [boss, buyer, company] = [
      await fakeUser(users.models),
      await fakeUser(users.models),
      await fakeCompany(users.models),
    ];
    await fakeMembership(users.models, { user: boss, company, role: "company_admin" });
    await fakeMembership(users.models, { user: buyer, company });
    expect(await deactivate(viewerOf(boss))).toMatchObject({ user: null, userErrors: [{ field: ["id"] }] });
    expect((await storedUser(users, boss)).isActive).toBe(true);
    const left = await users.models.Company.collection.findOne({ _id: company._id });
    expect(left).toMatchObject({ openChanges: [], isUnsettled: false });
    await expect(deactivate(admin, hex(boss))).resolves.toMatchObject({ userErrors: [] });
  });

  it("lets go who is alone in it", async () => {
    const [founder, company] = [await fakeUser(users.models), await fakeCompany(users.models)];
    await fakeMembership(users.models, { user: founder, company, role: "company_admin" });
    const below = await fakeCompany(users.models, { parentId: company._id, path: [company._id] });
    expect((await deactivate(viewerOf(founder))).userErrors).toHaveLength(1);
    await users.models.Company.collection.deleteOne({ _id: below._id });
    await expect(deactivate(viewerOf(founder))).resolves.toMatchObject({ user: { isActive: false }, userErrors: [] });
    const left = await users.models.Company.collection.findOne({ _id: company._id });
    expect(left).toMatchObject({ openChanges: [], isUnsettled: false });
  });
});

describe("userReactivate", () => {
  it("opens a closed account again, for staff with the area of people", async () => {
    const user = await fakeUser(users.models, { isActive: false });
    await expect(reactivate(staffFor("users"), hex(user))).resolves.toEqual({
      user: { id: hex(user), isActive: true },
      userErrors: [],
    });
    await reactivate(admin, hex(user));
    expect(eventsOf(await storedUser(users, user))).toEqual(["user.reactivated"]);
    expect((await signInAs(users, user)).accessToken).not.toBeNull();
  });

  it("is refused to everybody else, for oneself too", async () => {
    const user = await fakeUser(users.models, { isActive: false });
    for (const viewer of [viewerOf(user), fakeViewer("customer"), fakeViewer("supplier"), staffFor("orders")])
      expect(await codeOf("userReactivate", viewer, hex(user))).toBe("FORBIDDEN");
    expect(await codeOf("userReactivate", visitor, hex(user))).toBe("UNAUTHENTICATED");
    expect(await codeOf("userReactivate", fakeViewer("admin", "other"), hex(user))).toBe("NOT_FOUND");
    expect((await storedUser(users, user)).isActive).toBe(false);
  });
});
