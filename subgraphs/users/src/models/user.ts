import { type BaseDocument, defineSchema, embedded } from "@tradegraph/kit/model";
import { type Sealed, sealedField } from "@tradegraph/kit/sealed-field";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { staffAreas } from "@tradegraph/kit/viewer";
import { type IndexDefinition } from "mongoose";
import { type StoredStaffScope, type StoredUserRole } from "../enums.ts";
import { addressSchema, type StoredAddress } from "./address.ts";

/** What a seller shows of itself. */
export interface SellerProfile {
  shopName: string;
  description?: string;
  logo?: string;
  since: Date;
}

export interface UserDocument extends BaseDocument, WithOutbox {
  /** As the person wrote it. */
  email: string;
  /** The address accounts are told apart by: DocumentDB has no collation. */
  emailLower: string;
  /** Argon2id, PHC text. Not read unless a query asks for it. */
  passwordHash: string;
  firstName: string;
  lastName: string;
  role: StoredUserRole;
  /** Areas of a member of staff, never empty; absent for administrators, who may do everything, and for others. */
  staffScopes?: StoredStaffScope[];
  /** Until then an administrator who is about to be none counts as none; see `leave-administrators.ts`. */
  leavingUntil?: Date;
  /** When a message to the address was answered by its token. */
  emailVerifiedAt?: Date;
  /** Name of the firm, as DAT-1 has it; what the person may do there is in `memberships`. */
  company?: string;
  phone?: Sealed;
  address?: StoredAddress;
  lastLogin?: Date;
  /** Sessions that were begun under an earlier value, or none, are over; see `sessions-valid-from.ts`. */
  sessionsValidFrom?: Date;
  /** Access tokens issued earlier must be refreshed, because they say another role; seconds since 1970. */
  tokensNotBefore?: number;
  isActive: boolean;
  /** When the person was taken out of the account; see `commands/person-erase.ts`. */
  erasedAt?: Date;
  sellerProfile?: SellerProfile;
}

/** A user as loaders and queries hand it on: never the password, and of other people only what the viewer may see. */
export type UserRecord = Pick<UserDocument, "_id"> &
  Partial<Omit<UserDocument, "_id" | "passwordHash" | "sessionsValidFrom" | "tokensNotBefore" | keyof WithOutbox>>;

/** Most characters of a telephone number. */
export const longestPhone = 30;

export const userSchema = defineSchema<UserDocument>({
  email: { type: String, required: true, maxlength: 254, dataClass: "restricted", personal: true },
  emailLower: { type: String, required: true, maxlength: 254, dataClass: "restricted", personal: true },
  passwordHash: {
    type: String,
    required: true,
    maxlength: 200,
    match: /^\$argon2id\$/,
    select: false,
    dataClass: "restricted",
  },
  firstName: { type: String, required: true, minlength: 1, maxlength: 100, dataClass: "restricted", personal: true },
  lastName: { type: String, required: true, minlength: 1, maxlength: 100, dataClass: "restricted", personal: true },
  role: { type: String, required: true, enum: ["admin", "customer", "supplier"], dataClass: "internal" },
  staffScopes: {
    type: [{ type: String, enum: staffAreas.map((area) => `staff:${area}`) }],
    default: undefined,
    maxItems: staffAreas.length,
    dataClass: "internal",
  },
  leavingUntil: { type: Date, dataClass: "internal" },
  emailVerifiedAt: { type: Date, dataClass: "confidential", personal: true },
  company: { type: String, maxlength: 200, dataClass: "confidential", personal: true },
  phone: sealedField(longestPhone * 3),
  address: { type: addressSchema },
  lastLogin: { type: Date, dataClass: "confidential", personal: true },
  sessionsValidFrom: { type: Date, dataClass: "internal" },
  tokensNotBefore: { type: Number, min: 0, dataClass: "internal" },
  isActive: { type: Boolean, required: true, default: true, dataClass: "internal" },
  erasedAt: { type: Date, dataClass: "internal" },
  sellerProfile: {
    type: embedded({
      shopName: { type: String, required: true, maxlength: 100, dataClass: "public", personal: true },
      description: { type: String, maxlength: 2_000, dataClass: "public", personal: true },
      logo: { type: String, maxlength: 2_000, dataClass: "public", personal: true },
      since: { type: Date, required: true, dataClass: "public", personal: true },
    }),
  },
  ...outboxFields,
});

userSchema.index({ tenantId: 1, emailLower: 1 }, { unique: true });
userSchema.index(...outboxIndex);
// One index for each sort and each choice of filters: pages are read in index order, never sorted in memory.
for (const path of ["createdAt", "emailLower"]) {
  for (const filters of [[], ["role"], ["isActive"], ["role", "isActive"]]) userSchema.index(listIndex(filters, path));
}
// Asked for by the source documents (IDX-2); the usage report tells whether anything needs them.
userSchema.index({ email: 1 });
userSchema.index({ role: 1 });
userSchema.index({ company: 1 });

/** The index of a user list. @param filters of `role` and `isActive`, in this order, those the list filters by */
export function listIndex(filters: readonly string[], path: string): IndexDefinition & Record<string, 1> {
  return Object.fromEntries(["tenantId", ...filters, path, "_id"].map((key) => [key, 1]));
}
