import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { fakePartner, partnerStaff, storedPartner } from "./fake-partner.ts";
import { fakeCompany, fakeViewer, hex, newId } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const staff = partnerStaff();

interface Payload {
  partner: { id: string; name: string; contactEmail: string; isActive: boolean; company: { id: string } | null } | null;
  userErrors: { __typename: string; field: string[] }[];
}

const fields = `partner { id name contactEmail isActive company { id } apiKeys { id } }
  userErrors { __typename field message }`;
const createQuery = `mutation ($input: PartnerCreateInput!) { partnerCreate(input: $input) { ${fields} } }`;
const updateQuery = `mutation ($input: PartnerUpdateInput!) { partnerUpdate(input: $input) { ${fields} } }`;
const listQuery = `query ($first: Int, $after: String) {
  partners(first: $first, after: $after) { totalCount nodes { id name } pageInfo { hasNextPage endCursor } } }`;

const create = async (input: object, viewer: Viewer = staff) =>
  (
    await users.subgraph.expectData<{ partnerCreate: Payload }>({
      query: createQuery,
      variables: { input: { contactEmail: "it@partner.example", ...input } },
      viewer,
    })
  ).partnerCreate;
const update = async (input: object) =>
  (
    await users.subgraph.expectData<{ partnerUpdate: Payload }>({
      query: updateQuery,
      variables: { input },
      viewer: staff,
    })
  ).partnerUpdate;

describe("partnerCreate", () => {
  it("adds an active partner and says so in the outbox, without personal data", async () => {
    const { partner, userErrors } = await create({ name: "  Bolt & Co  ", contactEmail: " it@bolt.example " });
    expect(userErrors).toEqual([]);
    expect(partner).toMatchObject({ name: "Bolt & Co", contactEmail: "it@bolt.example", isActive: true });
    const stored = await storedPartner(users.models, String(partner?.id));
    expect(stored).toMatchObject({ tenantId: testTenant, hasOutbox: true, apiKeys: [] });
    expect(stored.outbox).toMatchObject([{ type: "partner.created", actor: { role: "admin", userId: staff.userId } }]);
    expect(JSON.stringify(stored.outbox)).not.toContain("bolt");
  });

  it("ties it to a company that exists", async () => {
    const company = await fakeCompany(users.models);
    const known = await create({ name: "Tied", companyId: hex(company) }, { ...staff, scopes: ["admin"] });
    expect(known.partner?.company).toEqual({ id: hex(company) });
    const strange = await fakeCompany(users.models, {}, "other");
    const unknown = await create({ name: "Untied", companyId: hex(strange) });
    expect(unknown).toMatchObject({ partner: null, userErrors: [{ field: ["input", "companyId"] }] });
  });

  it("lets one of many of a name through, whatever its capitals", async () => {
    const results = await Promise.all(["Twin", "TWIN", "twin", " Twin"].map((name) => create({ name })));
    expect(results.filter(({ partner }) => partner !== null)).toHaveLength(1);
    const refused = results.filter(({ partner }) => partner === null);
    expect(refused).toHaveLength(3);
    for (const { userErrors } of refused)
      expect(userErrors).toMatchObject([{ __typename: "InvalidInputError", field: ["input", "name"] }]);
  });

  it("takes a name that another tenant has", async () => {
    await fakePartner(users.models, { name: "Everywhere" }, "other");
    expect((await create({ name: "Everywhere" })).userErrors).toEqual([]);
  });

  it("names everything that is wrong at once", async () => {
    const { partner, userErrors } = await create({ name: "  ", contactEmail: "a@b.example, c@d.example" });
    expect(partner).toBeNull();
    expect(userErrors.map(({ field }) => field.join("."))).toEqual(["input.name", "input.contactEmail"]);
  });

  it.each<[string, Viewer, string]>([
    ["a visitor", anonymousViewer(testTenant), "UNAUTHENTICATED"],
    ["a customer", fakeViewer("customer"), "FORBIDDEN"],
    ["staff of another area", { ...staff, scopes: ["staff:orders"] }, "FORBIDDEN"],
    ["a partner", { tenantId: testTenant, role: "partner", partnerId: hex({ _id: newId() }), scopes: [] }, "FORBIDDEN"],
  ])("refuses %s", async (_name, viewer, code) => {
    const variables = { input: { name: "Nobody's", contactEmail: "it@partner.example" } };
    const { errors } = await users.subgraph.execute({ query: createQuery, variables, viewer });
    expect(errors?.[0]?.extensions.code).toBe(code);
    const { partners } = await users.subgraph.expectData<{ partners: { nodes: { name: string }[] } }>({
      query: listQuery,
      variables: { first: 100 },
      viewer: staff,
    });
    expect(partners.nodes.map(({ name }) => name)).not.toContain("Nobody's");
  });
});

describe("partnerUpdate", () => {
  it("changes what is given and names the changed fields in the outbox", async () => {
    const { _id } = await fakePartner(users.models, { name: "Before", contactEmail: "old@partner.example" });
    const { partner } = await update({ id: hex({ _id }), name: "After", isActive: false });
    expect(partner).toMatchObject({ name: "After", contactEmail: "old@partner.example", isActive: false });
    const stored = await storedPartner(users.models, hex({ _id }));
    expect(stored).toMatchObject({ nameSort: "after", version: 2 });
    expect(stored.outbox).toMatchObject([
      { type: "partner.updated", data: { changes: ["name", "isActive"], isActive: false } },
    ]);
  });

  it("writes nothing when nothing is given", async () => {
    const { _id } = await fakePartner(users.models);
    expect((await update({ id: hex({ _id }), name: null })).userErrors).toEqual([]);
    expect(await storedPartner(users.models, hex({ _id }))).toMatchObject({ version: 1, outbox: [] });
  });

  it("refuses a name that is taken", async () => {
    await fakePartner(users.models, { name: "Taken" });
    const { _id } = await fakePartner(users.models);
    expect(await update({ id: hex({ _id }), name: "TAKEN" })).toMatchObject({
      partner: null,
      userErrors: [{ field: ["input", "name"] }],
    });
  });

  it("does not find another tenant's", async () => {
    const { _id } = await fakePartner(users.models, { name: "Theirs" }, "other");
    const variables = { input: { id: hex({ _id }), name: "Ours" } };
    const { errors } = await users.subgraph.execute({ query: updateQuery, variables, viewer: staff });
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    expect((await storedPartner(users.models, hex({ _id }), "other")).name).toBe("Theirs");
  });
});

describe("partners", () => {
  const viewer = partnerStaff("listing");
  const list = async (variables: object) =>
    (
      await users.subgraph.expectData<{
        partners: {
          totalCount: number;
          nodes: { name: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      }>({ query: listQuery, variables: { ...variables }, viewer })
    ).partners;

  it("lists them by name, page by page, in index order", async () => {
    for (const name of ["charlie", "Alpha", "bravo"]) await fakePartner(users.models, { name }, "listing");
    const first = await list({ first: 2 });
    expect(first.nodes.map(({ name }) => name)).toEqual(["Alpha", "bravo"]);
    expect(first.totalCount).toBe(3);
    const after = first.pageInfo.endCursor;
    const client = users.resources.mongo.connection.getClient();
    const { result, commands } = await captureQueries(client, () => list({ first: 2, after }));
    expect(result.nodes.map(({ name }) => name)).toEqual(["charlie"]);
    expect(await explainProblems(client, commands)).toEqual([]);
  });

  it("finds one by id, and none of another tenant", async () => {
    const query = "query ($id: ID!) { partner(id: $id) { name } }";
    const own = await fakePartner(users.models, { name: "Own" }, "listing");
    const other = await fakePartner(users.models, { name: "Other" }, "other");
    const find = (id: string) => users.subgraph.expectData({ query, variables: { id }, viewer });
    expect(await find(hex(own))).toEqual({ partner: { name: "Own" } });
    expect(await find(hex(other))).toEqual({ partner: null });
  });
});
