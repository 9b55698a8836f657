import { runForTenant } from "@tradegraph/kit/tenancy";
import { type Viewer } from "@tradegraph/kit/viewer";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { Types } from "mongoose";
import { hashDemoPassword } from "../src/password.ts";
import { type Models } from "../src/models.ts";
import { type PlainAddress } from "../src/models/address.ts";
import { type CompanyDocument } from "../src/models/company.ts";
import { type MembershipDocument } from "../src/models/membership.ts";
import { sealedPlaces } from "../src/models/sealed-places.ts";
import { type UserDocument } from "../src/models/user.ts";
import { sealAddress } from "../src/sealed-address.ts";
import { taxIdFields } from "../src/tax-id.ts";

let serial = 0;

const millLane = { street: "Mill Lane 1", city: "Vienna", state: "Vienna", zip: "1010", country: "AT" };

/** Password of every fake user. */
export const fakePassword = "correct horse battery";
const passwordHash = hashDemoPassword(fakePassword);

/** A network address that nobody else comes from. */
export const newAddress = (): string => {
  serial += 1;
  return `198.18.${serial >> 8}.${serial & 255}`;
};

/** An id that nothing has. */
export const newId = () => new Types.ObjectId();

/** What tests give in clear; fakes seal it. */
type PlainUser = Partial<Omit<UserDocument, "phone" | "address"> & { phone: string; address: PlainAddress }>;
type PlainCompany = Partial<
  Omit<CompanyDocument, "taxId" | "taxIdIndex" | "hasTaxId" | "addresses"> & {
    taxId: string;
    addresses: PlainAddress[];
  }
>;

/** A customer with every field filled, changed as the test wants; without password, not stored. */
export function userFields(
  { phone, address, ...overrides }: PlainUser = {},
  tenantId = testTenant,
): Partial<UserDocument> {
  serial += 1;
  const email = overrides.email ?? `Anna.${serial}@Example.com`;
  return {
    emailLower: email.toLowerCase(),
    firstName: "Anna",
    lastName: `Huber ${serial}`,
    role: "customer",
    company: "Vienna Tooling",
    phone: testCipher.seal(phone ?? "+43 555 0100", { ...sealedPlaces.phone, tenantId }),
    address: sealAddress(testCipher, address ?? millLane, { ...sealedPlaces.userStreet, tenantId }),
    lastLogin: new Date("2026-01-01T08:00:00Z"),
    isActive: true,
    outbox: [],
    hasOutbox: false,
    ...overrides,
    email,
  };
}

export async function fakeUser(
  models: Models,
  overrides: PlainUser = {},
  tenantId = testTenant,
): Promise<UserDocument> {
  const document = { passwordHash: await passwordHash, ...userFields(overrides, tenantId) };
  return runForTenant(tenantId, async () => (await models.User.create(document)).toObject());
}

/** An active company at the top, not stored. */
export function companyFields(
  { taxId, addresses = [millLane], ...overrides }: PlainCompany = {},
  tenantId = testTenant,
): Partial<CompanyDocument> {
  serial += 1;
  const place = { ...sealedPlaces.companyStreet, tenantId };
  const name = overrides.name ?? `Company ${serial}`;
  return {
    nameSort: name.toLowerCase(),
    path: [],
    ...taxIdFields(testCipher, taxId ?? `AT${serial}`, tenantId),
    status: "active",
    addresses: addresses.map((address) => sealAddress(testCipher, address, place)),
    creditLimit: { amount: 5_000_000, currency: "EUR" },
    paymentTerms: "net_30",
    ...overrides,
    name,
  };
}

export const fakeCompany = (
  models: Models,
  overrides: PlainCompany = {},
  tenantId = testTenant,
): Promise<CompanyDocument> =>
  runForTenant(tenantId, async () => (await models.Company.create(companyFields(overrides, tenantId))).toObject());

type HasId = Pick<UserDocument, "_id">;

/** Makes a person a buyer of a company, or what the test says. */
export async function fakeMembership(
  models: Models,
  { user, company, ...overrides }: Partial<MembershipDocument> & { user: HasId; company: HasId },
  tenantId = testTenant,
): Promise<MembershipDocument> {
  const document = { userId: user._id, companyId: company._id, role: "buyer", spendingPeriod: "month", ...overrides };
  return runForTenant(tenantId, async () =>
    (await models.Membership.create(document as Partial<MembershipDocument>)).toObject(),
  );
}

/** The viewer that the gateway makes of a user's token. */
export const viewerOf = ({ _id, role, tenantId }: Pick<UserDocument, "_id" | "role" | "tenantId">): Viewer => ({
  tenantId,
  role,
  userId: _id.toHexString(),
  scopes: role === "admin" ? ["admin"] : [],
});

/** A viewer of a role, whose account nobody looks up. */
export const fakeViewer = (role: "admin" | "customer" | "supplier", tenantId = testTenant): Viewer => ({
  tenantId,
  role,
  userId: newId().toHexString(),
  scopes: role === "admin" ? ["admin"] : [],
});

export const hex = ({ _id }: HasId): string => _id.toHexString();
