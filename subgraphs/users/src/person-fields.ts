import { type PersonFields } from "@tradegraph/kit/person-fields";

const profile = { exported: "profile", erased: "removed" } as const;
const invitation = { exported: "invitations", erased: "replaced" } as const;
const auditActor = { exported: "auditEntriesBy", erased: "removed" } as const;
const ofTheFirm = { because: "belongs to the firm and stays; of a firm of one person staff change it" } as const;

/** Every field about a person in this database; see person-data.ts. */
export const personFields: PersonFields = {
  "users.email": { exported: "profile", erased: "replaced" },
  "users.emailLower": { exported: "profile", erased: "replaced" },
  "users.firstName": { exported: "profile", erased: "replaced" },
  "users.lastName": { exported: "profile", erased: "replaced" },
  "users.emailVerifiedAt": profile,
  "users.company": profile,
  "users.phone": profile,
  "users.address.street": profile,
  "users.address.city": profile,
  "users.address.state": profile,
  "users.address.zip": profile,
  "users.address.country": profile,
  "users.lastLogin": profile,
  "users.sellerProfile.shopName": profile,
  "users.sellerProfile.description": profile,
  "users.sellerProfile.logo": profile,
  "users.sellerProfile.since": profile,
  "sessions.address": { exported: "sessions", erased: "removed" },
  "invitations.email": invitation,
  "invitations.emailLower": invitation,
  "oneTimeTokens.emailHash": { erased: "removed", because: "a hash of the address that is exported" },
  "signInAttempts.key": { because: "a hash: that of an account goes with it, that of a network after a day at most" },
  "signInAttempts.owner": { erased: "removed", because: "a hash; forgotten after a day at most" },
  "mails.content": { erased: "removed", because: "lasts until the message is sent, a day at most" },
  "auditLog.actor.userId": { exported: "auditEntriesBy", erased: "replaced" },
  "auditLog.actor.sessionId": auditActor,
  "auditLog.actor.address": auditActor,
  "auditLog.actor.requestId": auditActor,
  "auditLog.subject.id": { exported: "auditEntriesAbout", erased: "replaced" },
  "companies.taxId": ofTheFirm,
  "companies.addresses[].street": ofTheFirm,
  "companies.addresses[].city": ofTheFirm,
  "companies.addresses[].state": ofTheFirm,
  "companies.addresses[].zip": ofTheFirm,
  "companies.addresses[].country": ofTheFirm,
  "partners.contactEmail": { because: "the contact of a firm; `pnpm partner update --contact` changes it" },
};
