// Nobody who has the database alone reads a phone number, a street or a tax id (ruling 28).
import { createSeedPlan } from "@tradegraph/kit/seed-plan";
import { fieldOfPath, sealedPathsOf } from "@tradegraph/kit/sealed-field";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { textsInDatabase } from "@tradegraph/testkit/raw-bson";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { mailContentPlace } from "../src/mail/content.ts";
import { schemas } from "../src/models.ts";
import { sealedPlaces } from "../src/models/sealed-places.ts";
import { hashDemoPassword } from "../src/password.ts";
import { seed } from "../src/seed.ts";
import { fakeCompany, fakeMembership, fakePassword, fakeUser, fakeViewer, hex, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

const db = () => {
  const { db: database } = users.resources.mongo.connection;
  if (!database) throw new Error("The test database is not connected.");
  return database;
};

const canary = {
  phone: "+49 40 7654321",
  street: "Canary Wharf 17",
  companyStreet: "Canary Row 18",
  movedStreet: "Canary Lane 19",
  taxId: "CANARY 123 456",
  laterTaxId: "CANARY-789",
};
const addressIn = (street: string) => ({ street, city: "Testopolis", zip: "20457", country: "DE" });

interface Answer {
  userErrors: { field: string[]; message: string }[];
  company?: { id: string; taxId: string | null };
}
type Payload = Record<string, Answer>;
const errors = "userErrors { message field }";
const companyCreate = `mutation ($input: CompanyCreateInput!) { companyCreate(input: $input) { company { id taxId addresses { street } } ${errors} } }`;
const companyUpdate = `mutation ($input: CompanyUpdateInput!) { companyUpdate(input: $input) { company { id taxId addresses { street } } ${errors} } }`;
const userUpdate = `mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { user { phone address { street city } } ${errors} } }`;

describe("the database", () => {
  it("has nothing in clear after the seed and every command that writes such a field", async () => {
    const person = await fakeUser(users.models, { firstName: "Controla" });
    const viewer = viewerOf(person);
    const run = (query: string, input: object) =>
      users.subgraph.expectData<Payload>({ query, variables: { input }, viewer });

    await expect(run(userUpdate, { phone: canary.phone, address: addressIn(canary.street) })).resolves.toEqual({
      userUpdate: {
        user: { phone: canary.phone, address: { street: canary.street, city: "Testopolis" } },
        userErrors: [],
      },
    });
    const created = await run(companyCreate, {
      name: "Canary Ltd",
      taxId: canary.taxId,
      addresses: [addressIn(canary.companyStreet)],
    });
    expect(created.companyCreate).toMatchObject({
      company: { taxId: canary.taxId, addresses: [{ street: canary.companyStreet }] },
      userErrors: [],
    });
    const id = created.companyCreate?.company?.id;
    const update = {
      id,
      taxId: canary.laterTaxId,
      addresses: [canary.companyStreet, canary.movedStreet].map(addressIn),
    };
    await expect(run(companyUpdate, update)).resolves.toMatchObject({
      companyUpdate: { company: { taxId: canary.laterTaxId }, userErrors: [] },
    });

    const demoPasswordHash = await hashDemoPassword(fakePassword);
    const plan = createSeedPlan({ tenantId: "alpenmarkt", today: new Date("2026-06-01T00:00:00Z") });
    const connection = users.resources.mongo.connection;
    await seed({ connection, plan, demoPasswordHash, cipher: testCipher, report: () => undefined });

    const ofSeed = ["+49 555", "Harbour Road", "Mill Lane", "Station Street", "Market Square", "Foundry Way"];
    const taxIds = ["DE100000", "FR100000", "AT100000", "CANARY123456", "CANARY123", "CANARY789"];
    await expect(textsInDatabase(db(), [...Object.values(canary), ...ofSeed, ...taxIds])).resolves.toEqual([]);
    // The search itself finds what is in clear.
    const control = await textsInDatabase(db(), ["Controla", "Testopolis"]);
    expect(new Set(control)).toEqual(new Set(["users: controla", "users: testopolis", "companies: testopolis"]));
  });

  it("has a known place for every sealed field", () => {
    const places = [...Object.values(sealedPlaces), mailContentPlace].map(
      ({ collection, field }) => `${collection}.${field}`,
    );
    const fields = Object.entries(sealedPathsOf(schemas)).flatMap(([collection, paths]) =>
      paths.map((path) => `${collection}.${fieldOfPath(path)}`),
    );
    expect(fields.sort()).toEqual(places.sort());
  });

  it("refuses plain text in a sealed field", async () => {
    const person = await fakeUser(users.models);
    const set = (change: object) => db().collection("users").updateOne({ _id: person._id }, { $set: change });
    await expect(set({ phone: canary.phone })).rejects.toMatchObject({ code: 121 });
    await expect(set({ "address.street": canary.street })).rejects.toMatchObject({ code: 121 });
  });
});

describe("a value that cannot be opened", () => {
  it("takes nothing else of the answer away, and is not shown", async () => {
    const [person, other] = [await fakeUser(users.models, { phone: canary.phone }), await fakeUser(users.models)];
    const foreign = { ...sealedPlaces.phone, tenantId: "other-shop" };
    const stolen = [
      testCipher.seal(canary.phone, foreign),
      testCipher.seal(canary.phone, { ...sealedPlaces.taxId, tenantId: testTenant }),
      person.phone?.replace("f0001", "f0002"),
    ];
    const viewer = viewerOf(other);
    for (const phone of stolen) {
      await db().collection("users").updateOne({ _id: other._id }, { $set: { phone } });
      const answer = await users.subgraph.execute({ query: "{ me { firstName phone address { street } } }", viewer });
      expect(answer.data).toEqual({ me: { firstName: "Anna", phone: null, address: { street: "Mill Lane 1" } } });
      expect(answer.errors).toMatchObject([
        {
          path: ["me", "phone"],
          message: "Something went wrong on our side.",
          extensions: { code: "INTERNAL_SERVER_ERROR" },
        },
      ]);
      expect(JSON.stringify(answer)).not.toMatch(/enc:v1|7654321/);
    }
  });

  it("leaves the rest of a company", async () => {
    const company = await fakeCompany(users.models, { name: "Broken Ltd" });
    const street = testCipher.seal("x", { ...sealedPlaces.userStreet, tenantId: testTenant });
    await db()
      .collection("companies")
      .updateOne({ _id: company._id }, { $set: { "addresses.0.street": street } });
    const query = "query ($id: ID!) { company(id: $id) { name addresses { street } } }";
    const answer = await users.subgraph.execute({
      query,
      variables: { id: hex(company) },
      viewer: fakeViewer("admin"),
    });
    expect(answer.data).toEqual({ company: { name: "Broken Ltd", addresses: null } });
  });
});

describe("a tax id", () => {
  it("belongs to one company of a shop, however it is written, and is free again when given up", async () => {
    const person = await fakeUser(users.models);
    const company = await fakeCompany(users.models, { taxId: "AT U12 345" });
    await fakeMembership(users.models, { user: person, company, role: "company_admin" });
    const viewer = viewerOf(person);
    const run = (query: string, input: object) =>
      users.subgraph.expectData<Payload>({ query, variables: { input }, viewer });
    const taken = [{ field: ["input", "taxId"], message: "Another company has this tax id already." }];
    const second = { name: "Second Ltd", taxId: "atu12345" };
    await expect(run(companyCreate, second)).resolves.toEqual({ companyCreate: { company: null, userErrors: taken } });
    // Its own is not another's.
    await expect(run(companyUpdate, { id: hex(company), taxId: "ATU12345" })).resolves.toMatchObject({
      companyUpdate: { company: { taxId: "ATU12345" }, userErrors: [] },
    });
    await fakeCompany(users.models, { taxId: "ATU12345" }, "other-shop");

    await run(companyUpdate, { id: hex(company), taxId: null });
    const stored = await runForTenant(testTenant, async () => users.models.Company.findById(company._id).lean());
    expect(stored).toMatchObject({ hasTaxId: false });
    expect([stored?.taxId, stored?.taxIdIndex]).toEqual([undefined, undefined]);
    const created = await run(companyCreate, second);
    expect(created.companyCreate).toMatchObject({ company: { taxId: "atu12345" }, userErrors: [] });
    await expect(run(companyUpdate, { id: hex(company), taxId: "AT U12345" })).resolves.toMatchObject({
      companyUpdate: { company: null, userErrors: taken },
    });
  });
});
