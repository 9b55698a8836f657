// Types that generated code binds to the graph's connections.
import { type Connection } from "@tradegraph/kit/pagination";
import { type EffectiveMembership } from "./effective-memberships.ts";
import { type AuditEntryDocument } from "./models/audit-entry.ts";
import { type CompanyDocument } from "./models/company.ts";
import { type PartnerDocument } from "./models/partner.ts";
import { type UserRecord } from "./models/user.ts";

export type AuditEntryPage = Connection<AuditEntryDocument>;
export type CompanyPage = Connection<CompanyDocument>;
export type MembershipPage = Connection<EffectiveMembership>;
export type PartnerPage = Connection<PartnerDocument>;
export type UserPage = Connection<UserRecord>;
