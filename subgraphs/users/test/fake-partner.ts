import { hashApiKey } from "@tradegraph/kit/api-key";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Models } from "../src/models.ts";
import { type ApiKeyDocument } from "../src/models/api-key.ts";
import { type PartnerDocument } from "../src/models/partner.ts";
import { newId } from "./fakes.ts";

let serial = 0;

/** An active partner without keys, not stored. */
export function partnerFields(overrides: Partial<PartnerDocument> = {}): Partial<PartnerDocument> {
  serial += 1;
  const name = overrides.name ?? `Partner ${serial}`;
  return { nameSort: name.toLowerCase(), contactEmail: "it@partner.example", apiKeys: [], ...overrides, name };
}

export const fakePartner = (
  models: Models,
  overrides: Partial<PartnerDocument> = {},
  tenantId = testTenant,
): Promise<PartnerDocument> =>
  runForTenant(tenantId, async () => (await models.Partner.create(partnerFields(overrides))).toObject());

/** Staff who look after partners and nothing else. */
export const partnerStaff = (tenantId = testTenant): Viewer => ({
  tenantId,
  role: "admin",
  userId: newId().toHexString(),
  scopes: ["staff:partners"],
});

/** The gateway, asking on nobody's behalf. */
export const gatewayViewer = serviceViewer("any-tenant", ["api-keys"]);

/** A partner as the database has it, its outbox and the hashes of its keys included. */
export async function storedPartner(models: Models, id: string, tenantId = testTenant): Promise<PartnerDocument> {
  const partner = await runForTenant(tenantId, () =>
    models.Partner.findOne({ _id: id }).select("+apiKeys.keyHash").lean<PartnerDocument>().exec(),
  );
  if (!partner) throw new Error(`There is no partner ${id}.`);
  return partner;
}

/** A key as it is stored, ended a while ago unless told. */
export const storedKey = (overrides: Partial<ApiKeyDocument> = {}): ApiKeyDocument => ({
  _id: newId(),
  name: "Old",
  prefix: "tgk_00000000",
  keyHash: hashApiKey(newId().toHexString()),
  scopes: ["catalogue:read"],
  allowedAddresses: [],
  createdBy: newId(),
  createdAt: new Date("2026-01-01T00:00:00Z"),
  expiresAt: new Date("2026-02-01T00:00:00Z"),
  ...overrides,
});
export const inAnHour = () => new Date(Date.now() + 3_600_000);
