import { type BaseDocument, defineSchema, moneySchema } from "@tradegraph/kit/model";
import { type StoredMoney } from "@tradegraph/kit/money";
import { Schema, type Types } from "mongoose";
import { type StoredCompanyStatus, type StoredPaymentTerms } from "../enums.ts";
import { addressSchema, type StoredAddress } from "./address.ts";

export interface CompanyDocument extends BaseDocument {
  name: string;
  /** Lower-cased name: DocumentDB has no collation. */
  nameSort: string;
  /** null at the top, never missing, so that the index finds it. */
  parentId: Types.ObjectId | null;
  /** From the top down to the parent. */
  path: Types.ObjectId[];
  taxId?: string;
  status: StoredCompanyStatus;
  addresses: StoredAddress[];
  /** Absent: no credit. */
  creditLimit?: StoredMoney;
  paymentTerms: StoredPaymentTerms;
}

export const companySchema = defineSchema<CompanyDocument>({
  name: { type: String, required: true, minlength: 1, maxlength: 200 },
  nameSort: { type: String, required: true, maxlength: 200 },
  parentId: { type: Schema.Types.ObjectId, default: null },
  path: { type: [Schema.Types.ObjectId], required: true, maxItems: 10 },
  taxId: { type: String, maxlength: 50 },
  status: { type: String, required: true, enum: ["pending", "active", "suspended"], default: "pending" },
  addresses: { type: [addressSchema], required: true, maxItems: 20 },
  creditLimit: { type: moneySchema },
  paymentTerms: {
    type: String,
    required: true,
    enum: ["prepaid", "net_14", "net_30", "net_60"],
    default: "prepaid",
  },
});

companySchema.index({ tenantId: 1, nameSort: 1, _id: 1 });
companySchema.index({ tenantId: 1, status: 1, nameSort: 1, _id: 1 });
// The name comes last, so that a list by date filters by it in the index.
companySchema.index({ tenantId: 1, createdAt: 1, _id: 1, nameSort: 1 });
companySchema.index({ tenantId: 1, status: 1, createdAt: 1, _id: 1, nameSort: 1 });
companySchema.index({ tenantId: 1, parentId: 1, nameSort: 1, _id: 1 });
