// What belongs to accounts: sessions, links that were sent, invitations, keys of partners, entries of the audit log.
import { createApiKey } from "@tradegraph/kit/api-key";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { issueToken } from "@tradegraph/users/commands/one-time-token";
import { type AuditEntryDocument } from "@tradegraph/users/models/audit-entry";
import { isDuplicate } from "@tradegraph/users/commands/membership-add";
import { type InvitationDocument, mostInvitations } from "@tradegraph/users/models/invitation";
import { type PartnerDocument } from "@tradegraph/users/models/partner";
import { type SessionDocument } from "@tradegraph/users/models/session";
import { hashOf, makeToken, type OneTimePurpose } from "@tradegraph/users/one-time-token";
import { newRefreshToken } from "@tradegraph/users/refresh-token";
import { newId } from "../../subgraphs/users/test/fakes.ts";
import { partnerFields } from "../../subgraphs/users/test/fake-partner.ts";
import { homeTenant, idOf, type Owner } from "./people.ts";
import { hexOf, later, type Place, tenantOf, type Thing } from "./thing.ts";

export const newEmail = () => `guest-${hexOf(newId())}@example.com`;

export async function makeInvitation(place: Place, { company, tenantId }: Owner, email: string): Promise<Thing> {
  const { Invitation } = place.graph.models.users;
  const companyId = company?._id ?? place.companies.otherCompany._id;
  const token = makeToken();
  const document: Partial<InvitationDocument> = {
    ...{ companyId, email, emailLower: email.toLowerCase(), role: "buyer", spendingPeriod: "month" },
    ...{ tokenHash: hashOf(token), expiresAt: later(), invitedBy: newId(), isOpen: true },
  };
  // `companyMemberInvite` takes places in any order, so this one takes the first that is left.
  for (let slot = 0; slot < mostInvitations; slot += 1) {
    try {
      const invitation = await runForTenant(tenantId, () => Invitation.create({ ...document, slot }));
      return { id: idOf(invitation), tenantId, name: token, companyId: hexOf(companyId), email };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  throw new Error("The company has no place left for an invitation.");
}

/** A session of the owner; the name is its refresh token. */
export async function makeSession(
  { graph }: Pick<Place, "graph">,
  { user, company, tenantId }: Owner,
  _id = newId(),
): Promise<Thing> {
  const token = newRefreshToken(_id.toHexString());
  const document: Partial<SessionDocument> = {
    ...{ _id, userId: user._id, tokenHash: hashOf(token), lastUsedAt: new Date(), address: "192.0.2.1" },
    ...{ expiresAt: later(), removeAt: later(), issuedAt: Math.floor(Date.now() / 1_000) },
    ...(company && { companyId: company._id }),
  };
  await runForTenant(tenantId, () => graph.models.users.Session.create(document));
  return { id: hexOf(_id), tenantId, name: token };
}

export async function makePartner(place: Place): Promise<{ partner: PartnerDocument; keyHash: string }> {
  const tenantId = tenantOf(place);
  const { prefix, keyHash } = createApiKey();
  const apiKey = {
    ...{ _id: newId(), name: "Key", prefix, keyHash, scopes: ["catalogue:read" as const], createdBy: newId() },
    ...{ allowedAddresses: ["192.0.2.1"], createdAt: new Date(), expiresAt: later(), lastUsedAt: new Date() },
  };
  const companyId = place.companies[tenantId === homeTenant ? "company" : "otherTenant"]._id;
  const { Partner } = place.graph.models.users;
  const partner = await runForTenant(tenantId, () => Partner.create(partnerFields({ companyId, apiKeys: [apiKey] })));
  return { partner: partner.toObject(), keyHash };
}

/** A list with one operation, which was used long ago where the list is active. */
export async function makeOperationList(place: Place, status: "pending" | "active"): Promise<Thing> {
  const { partner } = await makePartner(place);
  const { OperationList, OperationUse } = place.graph.models.users;
  const operation = {
    ...{ operationId: `shop-${newId().toHexString()}`, name: "Shop", type: "query" as const },
    ...{ body: "query Shop { me { id } }", clientName: "Till" },
  };
  const list = {
    ...{ partnerId: partner._id, name: `v-${newId().toHexString()}`, status, operations: [operation] },
    ...{ slot: 0, createdBy: newId(), bytes: operation.body.length },
    ...(status === "active" && { isActive: true, activeSlot: 0, activatedBy: newId(), activatedAt: new Date() }),
  };
  return runForTenant(partner.tenantId, async () => {
    const made = await OperationList.create(list);
    const day = new Date(0);
    await OperationUse.create({
      ...{ listId: made._id, operationId: operation.operationId },
      ...{ uses: 1, lastUsedAt: day, days: [{ day, uses: 1 }] },
    });
    const { tenantId, _id: ownerId } = partner;
    return { id: idOf(made), tenantId, name: operation.operationId, ownerId: idOf({ _id: ownerId }) };
  });
}

export async function makeAuditEntry(place: Place): Promise<Thing> {
  const tenantId = tenantOf(place);
  const document: Partial<AuditEntryDocument> = {
    ...{
      eventId: idOf({ _id: newId() }),
      at: new Date(),
      category: "write",
      action: "order.placed",
      outcome: "success",
    },
    ...{ actor: { role: "customer", userId: idOf({ _id: newId() }) }, source: "orders", entityTypes: [], changes: [] },
    ...{ subject: { type: "Order", id: idOf({ _id: newId() }) }, expiresAt: later() },
  };
  const entry = await runForTenant(tenantId, () => place.graph.models.users.AuditEntry.create(document));
  return { id: idOf(entry), tenantId, ...(document.subject && { name: document.subject.id }) };
}

/** A link with a token of this purpose, as it was sent to the owner. */
export async function makeLink({ graph }: Place, { user, tenantId }: Owner, purpose: OneTimePurpose): Promise<Thing> {
  const token = await runForTenant(tenantId, () => issueToken(graph.models.users, user, purpose));
  return { id: idOf(user), tenantId, name: token };
}
