// What only staff of users see; staff of other areas, and partners, see what everybody sees.
import { type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { type CompanyDocument } from "../src/models/company.ts";
import { type MembershipDocument } from "../src/models/membership.ts";
import { type UserDocument } from "../src/models/user.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const admin = (...scopes: string[]): Viewer => ({ ...fakeViewer("admin"), scopes });
const staff = [admin("admin"), admin("staff:users"), admin("staff:orders", "staff:users")];
const others = [
  admin(),
  admin("staff:orders"),
  admin("staff:catalogue", "staff:content", "staff:partners", "staff:audit"),
];

let person: UserDocument;
let company: CompanyDocument;
let membership: MembershipDocument;
let partner: Viewer;

beforeAll(async () => {
  person = await fakeUser(users.models);
  company = await fakeCompany(users.models);
  membership = await fakeMembership(users.models, { user: person, company });
  const scopes = ["catalogue:read", "orders:read-all", "admin", "staff:users"];
  partner = { tenantId: testTenant, role: "partner", companyId: hex(company), scopes };
});

const query = `query ($user: ID!, $company: ID!, $representations: [_Any!]!) {
  user(id: $user) { email }
  users(first: 1) { nodes { id } }
  company(id: $company) { name }
  companies(first: 1) { nodes { id } }
  _entities(representations: $representations) {
    ... on User { firstName email phone } ... on Company { name } ... on CompanyMembership { role } }
}`;

const ask = (viewer: Viewer) =>
  users.subgraph.execute({
    query,
    variables: {
      user: hex(person),
      company: hex(company),
      representations: [
        { __typename: "User", id: hex(person) },
        { __typename: "Company", id: hex(company) },
        { __typename: "CompanyMembership", id: hex(membership) },
      ],
    },
    viewer,
  });

describe("staff of users", () => {
  it("read people, companies and memberships", async () => {
    for (const viewer of staff) {
      const { data, errors } = await ask(viewer);
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({
        user: { email: person.email },
        users: { nodes: [{}] },
        company: { name: company.name },
        companies: { nodes: [{}] },
        _entities: [{ email: person.email, phone: "+43 555 0100" }, { name: company.name }, { role: "BUYER" }],
      });
    }
  });
});

describe("staff of other areas", () => {
  it("read no more of people than everybody with an account, and no company", async () => {
    for (const viewer of others) {
      const { data, errors } = await ask(viewer);
      expect(data).toEqual({
        user: null,
        users: null,
        company: null,
        companies: { nodes: [] },
        _entities: [{ firstName: person.firstName, email: null, phone: null }, null, null],
      });
      expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["FORBIDDEN"]));
    }
  });
});

describe("a partner, whatever its scopes say", () => {
  it("reads people and companies as a visitor does", async () => {
    const { data, errors } = await ask(partner);
    expect(data).toEqual({
      user: null,
      users: null,
      company: null,
      companies: null,
      _entities: [{ firstName: null, email: null, phone: null }, null, null],
    });
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["FORBIDDEN"]));
  });
});
