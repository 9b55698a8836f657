import { anonymousViewer, serviceViewer } from "@tradegraph/kit/viewer";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { noSessionTags } from "@tradegraph/kit/session-tag";
import { withEvents } from "@tradegraph/testkit/stored-events";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { settleCompanies } from "../src/commands/settle-companies.ts";
import { type CompanyDocument } from "../src/models/company.ts";
import { run } from "./company-operations.ts";
import { companyFields, fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newId, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const address = { street: "Kai 1", city: "Hamburg", zip: "20457", country: "DE" };

const create = (viewer: Parameters<typeof run>[2], input: object) => run(users, "companyCreate", viewer, input);
const stored = async (id: unknown) =>
  withEvents(
    (await users.models.Company.collection.findOne({
      _id: new Types.ObjectId(String(id)),
    })) as unknown as CompanyDocument | null,
  );
const membershipsOf = (userId: Types.ObjectId) => users.models.Membership.collection.find({ userId }).toArray();

describe("companyCreate", () => {
  it("founds a company that waits to be checked, with the founder as administrator", async () => {
    const founder = await fakeUser(users.models);
    const input = { name: " Nordlicht GmbH ", taxId: " DE 123 ", addresses: [{ ...address, state: " HH " }] };
    const { thing, userErrors, codes } = await create(viewerOf(founder), input);
    expect([userErrors, codes]).toEqual([[], []]);
    expect(thing).toMatchObject({
      name: "Nordlicht GmbH",
      status: "PENDING",
      taxId: "DE 123",
      paymentTerms: "PREPAID",
      creditLimit: null,
      parent: null,
      addresses: [{ street: "Kai 1", city: "Hamburg" }],
      members: { nodes: [{ role: "COMPANY_ADMIN", user: { id: hex(founder) } }] },
    });
    const document = await stored(thing?.id);
    expect(document).toMatchObject({
      nameSort: "nordlicht gmbh",
      path: [],
      isUnsettled: false,
      outbox: [{ type: "company.created", actor: { userId: hex(founder) } }],
    });
    expect(document).not.toHaveProperty("founderId");
    expect(JSON.stringify(document)).not.toMatch(/Kai 1|DE 123/);
    const [membership] = await membershipsOf(founder._id);
    expect(membership).toMatchObject({ role: "company_admin", outbox: [{ type: "companyMember.added" }] });
  });

  it("founds one below another for who manages that, by one write: the membership comes down", async () => {
    const founder = await fakeUser(users.models);
    const top = await fakeCompany(users.models);
    await fakeMembership(users.models, { user: founder, company: top, role: "company_admin" });
    const child = await create(viewerOf(founder), { name: "Child", parentId: hex(top) });
    expect(child.thing).toMatchObject({ parent: { id: hex(top) }, status: "PENDING" });
    const grandchild = await create(viewerOf(founder), { name: "Grandchild", parentId: child.thing?.id });
    expect((await stored(grandchild.thing?.id))?.path.map(String)).toEqual([hex(top), child.thing?.id]);
    await expect(membershipsOf(founder._id)).resolves.toHaveLength(1);
  });

  it("lets staff of users put one below another, but found none", async () => {
    const top = await fakeCompany(users.models);
    const staff = { ...fakeViewer("admin"), scopes: ["staff:users"] };
    expect((await create(staff, { name: "Child", parentId: hex(top) })).thing).toMatchObject({ name: "Child" });
    expect((await create(staff, { name: "Own" })).codes).toEqual(["FORBIDDEN"]);
  });

  it("needs company:manage in the company above, there or further up", async () => {
    const top = await fakeCompany(users.models);
    const below = await fakeCompany(users.models, { parentId: top._id, path: [top._id] });
    const person = async (company: CompanyDocument, role: "buyer" | "approver" | "company_admin") => {
      const user = await fakeUser(users.models);
      await fakeMembership(users.models, { user, company, role });
      return viewerOf(user);
    };
    const tries = [
      [await person(top, "company_admin"), below, []],
      [await person(top, "approver"), below, ["FORBIDDEN"]],
      [await person(below, "buyer"), below, ["FORBIDDEN"]],
      [await person(below, "company_admin"), top, ["NOT_FOUND"]],
      [await person(await fakeCompany(users.models), "company_admin"), top, ["NOT_FOUND"]],
      [{ ...fakeViewer("admin"), scopes: ["staff:orders"] }, top, ["NOT_FOUND"]],
      [fakeViewer("admin", "other"), top, ["NOT_FOUND"]],
    ] as const;
    for (const [viewer, parent, codes] of tries)
      expect((await create(viewer, { name: "New", parentId: hex(parent) })).codes).toEqual(codes);
    const overruled = await fakeUser(users.models);
    await fakeMembership(users.models, { user: overruled, company: top, role: "company_admin" });
    await fakeMembership(users.models, { user: overruled, company: below, role: "buyer" });
    expect((await create(viewerOf(overruled), { name: "New", parentId: hex(below) })).codes).toEqual(["FORBIDDEN"]);
  });

  it("is for accounts only", async () => {
    expect((await create(anonymousViewer(testTenant), { name: "New" })).codes).toEqual(["UNAUTHENTICATED"]);
    for (const viewer of [serviceViewer(testTenant, ["users"]), { ...fakeViewer("customer"), userId: undefined }])
      expect((await create(viewer, { name: "New" })).codes).toEqual(["FORBIDDEN"]);
  });

  it.each([
    [{ name: " " }, ["input", "name"]],
    [{ name: "x".repeat(201) }, ["input", "name"]],
    [{ name: "New", taxId: "x".repeat(51) }, ["input", "taxId"]],
    [{ name: "New", taxId: "--" }, ["input", "taxId"]],
    [{ name: "New", addresses: Array.from({ length: 21 }, () => address) }, ["input", "addresses"]],
    [{ name: "New", addresses: [{ ...address, country: "Germany" }] }, ["input", "addresses", "0", "country"]],
  ])("says what is wrong with %j", async (input, field) => {
    const founder = await fakeUser(users.models);
    const { thing, userErrors } = await create(viewerOf(founder), input);
    expect(thing).toBeNull();
    expect(userErrors).toMatchObject([{ __typename: "InvalidInputError", field }]);
    await expect(membershipsOf(founder._id)).resolves.toEqual([]);
  });

  it("refuses the tax id of another company, and leaves nothing behind", async () => {
    const [first, second] = [await fakeUser(users.models), await fakeUser(users.models)];
    await create(viewerOf(first), { name: "First", taxId: "AT U777" });
    for (const taxId of [
      "atu777",
      "AT-U777",
      "AT.U/77 7",
      "AT\u200bU777",
      "ATU777\u00ad7",
      "\u0410TU777",
      "ＡＴＵ777",
    ]) {
      const { userErrors } = await create(viewerOf(second), { name: "Second", taxId });
      expect(userErrors, JSON.stringify(taxId)).toMatchObject([{ field: ["input", "taxId"] }]);
    }
    await expect(membershipsOf(second._id)).resolves.toEqual([]);
  });

  it("refuses a company more than ten below the top, and parents that are no ids or not there", async () => {
    const path = Array.from({ length: 9 }, newId);
    const ninth = await fakeCompany(users.models, { path, parentId: path.at(-1) ?? null });
    const founder = await fakeUser(users.models);
    await fakeMembership(users.models, { user: founder, company: ninth, role: "company_admin" });
    const tenth = await create(viewerOf(founder), { name: "Tenth", parentId: hex(ninth) });
    const eleventh = await create(viewerOf(founder), { name: "Eleventh", parentId: tenth.thing?.id });
    expect(eleventh.userErrors).toMatchObject([{ __typename: "LimitReachedError", limit: 10 }]);
    expect((await create(viewerOf(founder), { name: "New", parentId: "nonsense" })).codes).toEqual(["BAD_USER_INPUT"]);
    expect((await create(viewerOf(founder), { name: "New", parentId: hex({ _id: newId() }) })).codes).toEqual([
      "NOT_FOUND",
    ]);
  });

  it("stops at 100 memberships of a person, also when many come at once", async () => {
    const founder = await fakeUser(users.models);
    for (let n = 0; n < 95; n += 1)
      await fakeMembership(users.models, { user: founder, company: { _id: newId() }, role: "buyer" });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => create(viewerOf(founder), { name: `Firm ${n}` })),
    );
    expect(answers.filter(({ thing }) => thing)).toHaveLength(5);
    for (const { thing, userErrors } of answers)
      if (!thing) expect(userErrors).toMatchObject([{ __typename: "LimitReachedError", limit: 100 }]);
    await expect(membershipsOf(founder._id)).resolves.toHaveLength(100);
    const left = { founderId: founder._id };
    await expect(users.models.Company.collection.countDocuments(left)).resolves.toBe(0);
  });
});

describe("a founder whose request died between the two writes", () => {
  it("gets the membership from the worker, once, and nobody before it is time", async () => {
    const founder = await fakeUser(users.models);
    const company = await runForTenant(testTenant, () =>
      users.models.Company.create({ ...companyFields(), founderId: founder._id, isUnsettled: true }),
    );
    const tools = { models: users.models, sessionTags: noSessionTags };
    await settleCompanies(tools);
    await expect(membershipsOf(founder._id)).resolves.toEqual([]);
    const later = new Date(Date.now() + 180_000);
    await Promise.all([settleCompanies(tools, later), settleCompanies(tools, later)]);
    await expect(membershipsOf(founder._id)).resolves.toMatchObject([
      { companyId: company._id, role: "company_admin" },
    ]);
    await expect(stored(company._id)).resolves.toMatchObject({ isUnsettled: false });
    await expect(settleCompanies(tools, later)).resolves.toBe(0);
  });
});
