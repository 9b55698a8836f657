import { blindIndexField } from "@tradegraph/kit/blind-index";
import { type BaseDocument, defineSchema, embedded, moneySchema } from "@tradegraph/kit/model";
import { type Sealed, sealedField } from "@tradegraph/kit/sealed-field";
import { type StoredMoney } from "@tradegraph/kit/money";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";
import { type StoredCompanyRole, type StoredCompanyStatus, type StoredPaymentTerms } from "../enums.ts";
import { addressSchema, type StoredAddress } from "./address.ts";

/** Most companies above one. */
export const deepestPath = 10;

/** Most memberships of administrators that may be ending or changing at once. */
export const mostOpenChanges = 20;

/**
 * The end of a membership, or its change to a lower role, decided here before it happens there: of two administrators who
 * remove each other at once the second sees the decision of the first. See `commands/membership-changes.ts`.
 */
export interface MembershipChange {
  membershipId: Types.ObjectId;
  userId: Types.ObjectId;
  /** Role from now on; absent when the membership ends. */
  role?: StoredCompanyRole;
  /** Of the membership that gets a role: who comes late, when it is carried out already, changes nothing any more. */
  version?: number;
  /** The membership stays, but its person is closing the own account: see `commands/leave-companies.ts`. */
  closesAccount?: true;
}

export interface CompanyDocument extends BaseDocument, WithOutbox {
  name: string;
  /** Lower-cased name: DocumentDB has no collation. */
  nameSort: string;
  /** null at the top, never missing, so that the index finds it. */
  parentId: Types.ObjectId | null;
  /** From the top down to the parent. */
  path: Types.ObjectId[];
  taxId?: Sealed;
  /** What the tax id is found by; equal ids have equal texts. */
  taxIdIndex?: string;
  /** Flag for the partial index. */
  hasTaxId: boolean;
  status: StoredCompanyStatus;
  addresses: StoredAddress[];
  /** Absent: no credit. */
  creditLimit?: StoredMoney;
  paymentTerms: StoredPaymentTerms;
  /** Whoever founded it, until the membership that comes with it is there. */
  founderId?: Types.ObjectId;
  openChanges: MembershipChange[];
  /** Flag for the partial index, true while a founder or open changes wait to be carried out. */
  isUnsettled: boolean;
}

/** Most characters of a tax id. */
export const longestTaxId = 50;

export const companySchema = defineSchema<CompanyDocument>({
  name: { type: String, required: true, minlength: 1, maxlength: 200, dataClass: "confidential" },
  nameSort: { type: String, required: true, maxlength: 200, dataClass: "confidential" },
  parentId: { type: Schema.Types.ObjectId, default: null, dataClass: "internal" },
  path: { type: [Schema.Types.ObjectId], required: true, maxItems: deepestPath, dataClass: "internal" },
  taxId: sealedField(longestTaxId * 3),
  taxIdIndex: blindIndexField,
  hasTaxId: { type: Boolean, required: true, default: false, dataClass: "internal" },
  status: {
    type: String,
    required: true,
    enum: ["pending", "active", "suspended"],
    default: "pending",
    dataClass: "internal",
  },
  addresses: { type: [addressSchema], required: true, maxItems: 20 },
  creditLimit: { type: moneySchema, dataClass: "confidential" },
  paymentTerms: {
    type: String,
    required: true,
    enum: ["prepaid", "net_14", "net_30", "net_60"],
    default: "prepaid",
    dataClass: "confidential",
  },
  founderId: { type: Schema.Types.ObjectId, dataClass: "internal" },
  openChanges: {
    type: [
      embedded({
        membershipId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
        userId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
        role: { type: String, enum: ["buyer", "approver", "company_admin"], dataClass: "confidential" },
        version: { type: Number, dataClass: "internal" },
        closesAccount: { type: Boolean, dataClass: "internal" },
      }),
    ],
    required: true,
    maxItems: mostOpenChanges,
    default: [],
  },
  isUnsettled: { type: Boolean, required: true, default: false, dataClass: "internal" },
  ...outboxFields,
});

companySchema.index({ tenantId: 1, nameSort: 1, _id: 1 });
companySchema.index({ tenantId: 1, status: 1, nameSort: 1, _id: 1 });
// The name comes last, so that a list by date filters by it in the index.
companySchema.index({ tenantId: 1, createdAt: 1, _id: 1, nameSort: 1 });
companySchema.index({ tenantId: 1, status: 1, createdAt: 1, _id: 1, nameSort: 1 });
companySchema.index({ tenantId: 1, parentId: 1, nameSort: 1, _id: 1 });
// Nobody trades under the tax id of another.
companySchema.index({ tenantId: 1, taxIdIndex: 1 }, { unique: true, partialFilterExpression: { hasTaxId: true } });
// What belongs to a group: memberships hold in the companies below.
companySchema.index({ tenantId: 1, path: 1, _id: 1 });
// The worker that carries out what a crash left undone looks over all tenants.
companySchema.index({ isUnsettled: 1, updatedAt: 1 }, { partialFilterExpression: { isUnsettled: true } });
companySchema.index(...outboxIndex);
