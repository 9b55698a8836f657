import { anonymousViewer, serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeEach, describe, expect, it } from "vitest";
import { type CompanyDocument } from "../src/models/company.ts";
import { type UserDocument } from "../src/models/user.ts";
import { isOutdated, openSession, run } from "./company-operations.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newId, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const staff = { ...fakeViewer("admin"), scopes: ["staff:users"] };

let company: CompanyDocument;
let boss: UserDocument;

beforeEach(async () => {
  company = await fakeCompany(users.models, { name: "Before" });
  boss = await fakeUser(users.models);
  await fakeMembership(users.models, { user: boss, company, role: "company_admin" });
});

const update = (viewer: Viewer, input: object) => run(users, "companyUpdate", viewer, { id: hex(company), ...input });
const stored = () => users.models.Company.collection.findOne({ _id: company._id });

describe("companyUpdate", () => {
  it("changes what is given, and tells the names of the fields and no value", async () => {
    const addresses = [{ street: "Secret Lane 1", city: "Bonn", zip: "53111", country: "DE" }];
    const { thing, userErrors } = await update(viewerOf(boss), { name: " After ", taxId: "DE 55", addresses });
    expect(userErrors).toEqual([]);
    expect(thing).toMatchObject({ name: "After", taxId: "DE 55", addresses: [{ city: "Bonn" }] });
    const document = await stored();
    expect(document).toMatchObject({
      ...{ nameSort: "after", version: 2, status: "active" },
      outbox: [{ type: "company.updated", data: { changes: ["name", "taxId", "addresses"] } }],
    });
    expect(JSON.stringify(document)).not.toMatch(/Secret Lane|DE 55/);
  });

  it("clears the tax id by null, so that another company may have it", async () => {
    await update(viewerOf(boss), { taxId: "DE 56" });
    expect((await update(viewerOf(boss), { taxId: null })).thing).toMatchObject({ taxId: null });
    const other = await fakeCompany(users.models);
    const taken = await run(users, "companyUpdate", staff, { id: hex(other), taxId: "DE 56" });
    expect(taken.userErrors).toEqual([]);
    expect((await update(viewerOf(boss), { taxId: "de56" })).userErrors).toMatchObject([{ field: ["input", "taxId"] }]);
  });

  it("changes nothing without changes", async () => {
    expect((await update(viewerOf(boss), {})).thing).toMatchObject({ name: "Before" });
    expect(await stored()).toMatchObject({ version: 1, outbox: [] });
  });

  it("lets staff of users set state, credit and terms, and outdates tokens of the people there and above", async () => {
    const top = await fakeCompany(users.models);
    await users.models.Company.collection.updateOne(
      { _id: company._id },
      { $set: { parentId: top._id, path: [top._id] } },
    );
    const above = await fakeUser(users.models);
    await fakeMembership(users.models, { user: above, company: top });
    for (const { _id } of [boss, above]) await openSession(users, _id, testTenant);
    const creditLimit = { amount: "1000", currencyCode: "EUR" };
    const { thing } = await update(staff, { status: "SUSPENDED", creditLimit, paymentTerms: "NET_14" });
    expect(thing).toMatchObject({
      ...{ status: "SUSPENDED", paymentTerms: "NET_14" },
      creditLimit: { amount: "1000.00", currencyCode: "EUR" },
    });
    for (const { _id } of [boss, above]) await expect(isOutdated(users, _id)).resolves.toBe(true);
    expect((await update(staff, { creditLimit: null })).thing).toMatchObject({ creditLimit: null });
  });

  it.each([
    { status: "ACTIVE" },
    { creditLimit: { amount: "1", currencyCode: "EUR" } },
    { creditLimit: null },
    { paymentTerms: "NET_60" },
  ])("refuses %j to the company's own administrator, with all the rest", async (input) => {
    expect((await update(viewerOf(boss), { name: "After", ...input })).codes).toEqual(["FORBIDDEN"]);
    expect(await stored()).toMatchObject({ name: "Before", version: 1 });
  });

  it("is for who manages the company there or above", async () => {
    const child = await fakeCompany(users.models, { parentId: company._id, path: [company._id] });
    const done = await run(users, "companyUpdate", viewerOf(boss), { id: hex(child), name: "Child" });
    expect(done.thing).toMatchObject({ name: "Child" });
    const below = await fakeUser(users.models);
    await fakeMembership(users.models, { user: below, company: child, role: "company_admin" });
    expect((await update(viewerOf(below), { name: "After" })).codes).toEqual(["NOT_FOUND"]);
  });

  it("is refused to everybody else", async () => {
    const person = async (role: "buyer" | "approver" | "company_admin", where = company) => {
      const user = await fakeUser(users.models);
      await fakeMembership(users.models, { user, company: where, role });
      return { ...viewerOf(user), companyId: hex(company), scopes: ["company:manage"] };
    };
    const refused: [Viewer, string][] = [
      [anonymousViewer(testTenant), "UNAUTHENTICATED"],
      [await person("buyer"), "FORBIDDEN"],
      [await person("approver"), "FORBIDDEN"],
      [await person("company_admin", await fakeCompany(users.models)), "NOT_FOUND"],
      [{ ...staff, scopes: ["staff:orders", "staff:catalogue"] }, "NOT_FOUND"],
      [fakeViewer("admin", "other"), "NOT_FOUND"],
      [serviceViewer(testTenant, ["users"]), "FORBIDDEN"],
    ];
    for (const [viewer, code] of refused) expect((await update(viewer, { name: "After" })).codes).toEqual([code]);
    expect(await stored()).toMatchObject({ name: "Before", version: 1 });
  });

  it.each([
    [{ name: "" }, ["input", "name"]],
    [{ creditLimit: { amount: "-5", currencyCode: "EUR" } }, ["input", "creditLimit"]],
  ])("says what is wrong with %j", async (input, field) => {
    expect((await update(staff, input)).userErrors).toMatchObject([{ field }]);
    expect(await stored()).toMatchObject({ version: 1 });
  });

  it("loses no change of two at once: one is told to look again", async () => {
    const answers = await Promise.all([update(staff, { name: "One" }), update(staff, { paymentTerms: "NET_60" })]);
    const failed = answers.filter(({ codes }) => codes.length > 0);
    for (const { codes } of failed) expect(codes).toEqual(["CONFLICT"]);
    expect(await stored()).toMatchObject({ version: 1 + answers.length - failed.length });
  });

  it("refuses what is no id, and companies that are not there", async () => {
    expect((await update(staff, { id: "nonsense", name: "After" })).codes).toEqual(["BAD_USER_INPUT"]);
    expect((await update(staff, { id: newId().toHexString(), name: "After" })).codes).toEqual(["NOT_FOUND"]);
  });
});
