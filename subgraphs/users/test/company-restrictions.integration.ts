// What a company restricts for a person the person cannot take away again.
import { type Viewer } from "@tradegraph/kit/viewer";
import { beforeEach, describe, expect, it } from "vitest";
import { type CompanyDocument } from "../src/models/company.ts";
import { type MembershipDocument } from "../src/models/membership.ts";
import { type UserDocument } from "../src/models/user.ts";
import { run } from "./company-operations.ts";
import { fakeCompany, fakeMembership, fakeUser, hex, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

let top: CompanyDocument;
let child: CompanyDocument;
let boss: UserDocument;

const member = async (
  company: CompanyDocument,
  role: MembershipDocument["role"],
  more: Partial<MembershipDocument> = {},
) => {
  const user = await fakeUser(users.models);
  return { user, membership: await fakeMembership(users.models, { user, company, role, ...more }) };
};

beforeEach(async () => {
  top = await fakeCompany(users.models);
  child = await fakeCompany(users.models, { parentId: top._id, path: [top._id] });
  ({ user: boss } = await member(top, "company_admin"));
});

const update = (viewer: Viewer, input: object) => run(users, "companyMemberUpdate", viewer, input);
const remove = (viewer: Viewer, id: string) => run(users, "companyMemberRemove", viewer, id);
const stored = ({ _id }: MembershipDocument) => users.models.Membership.collection.findOne({ _id });

describe("a restricted member", () => {
  it("lets nobody lift the own limit, but lower it, and whoever manages the members above do as they like", async () => {
    const spendingLimit = { amount: 1_000, currency: "EUR" };
    const { user, membership } = await member(top, "company_admin", { spendingLimit });
    const { user: below, membership: ofBelow } = await member(child, "company_admin", { spendingLimit });
    const to = (amount: string, currencyCode = "EUR") => ({ spendingLimit: { amount, currencyCode } });
    for (const lift of [{ spendingLimit: null }, to("10.01"), to("1", "USD"), { spendingPeriod: "ORDER" }]) {
      for (const [viewer, one] of [[viewerOf(user), membership] as const, [viewerOf(below), ofBelow] as const])
        expect(await update(viewer, { id: hex(one), ...lift })).toMatchObject({
          ...{ thing: null, userErrors: [{ field: ["input", "spendingLimit"] }] },
        });
    }
    expect(await stored(membership)).toMatchObject({ spendingLimit, version: 1 });
    for (const same of [{ ...to("10.00"), spendingPeriod: "MONTH" }, to("9")])
      expect((await update(viewerOf(user), { id: hex(membership), ...same })).userErrors).toEqual([]);
    const ofBossBelow = await fakeMembership(users.models, {
      user: boss,
      company: child,
      role: "company_admin",
      spendingLimit,
    });
    for (const [viewer, one] of [[viewerOf(boss), ofBossBelow] as const, [viewerOf(boss), membership] as const])
      expect((await update(viewer, { id: hex(one), spendingLimit: null })).userErrors).toEqual([]);
  });

  it("lets nobody invite themselves to a membership without the limit that comes down from above", async () => {
    const spendingLimit = { amount: 1_000, currency: "EUR" };
    const { user } = await member(top, "company_admin", { spendingLimit });
    await users.models.User.collection.updateOne({ _id: user._id }, { $set: { emailVerifiedAt: new Date() } });
    const input = { companyId: hex(child), email: user.email.toUpperCase(), role: "COMPANY_ADMIN" };
    expect(await run(users, "companyMemberInvite", viewerOf(user), input)).toMatchObject({
      ...{ thing: null, userErrors: [{ field: ["input", "email"] }] },
    });
    await expect(users.models.Invitation.collection.countDocuments({ companyId: child._id })).resolves.toBe(0);
  });

  it("lets nobody shed a restriction: what would come down instead must manage the members", async () => {
    const { user, membership } = await member(child, "buyer", { spendingLimit: { amount: 100, currency: "EUR" } });
    const above = await fakeMembership(users.models, { user, company: top, role: "approver" });
    expect((await remove(viewerOf(user), hex(membership))).userErrors).toMatchObject([{ field: ["id"] }]);
    await expect(stored(membership)).resolves.not.toBeNull();
    expect((await remove(viewerOf(user), hex(above))).userErrors).toEqual([]);
    expect((await remove(viewerOf(user), hex(membership))).userErrors).toEqual([]);
    const ofBossBelow = await fakeMembership(users.models, { user: boss, company: child, role: "buyer" });
    expect((await remove(viewerOf(boss), hex(ofBossBelow))).userErrors).toEqual([]);
  });
});
