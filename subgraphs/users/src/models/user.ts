import { type BaseDocument, defineSchema, embedded } from "@tradegraph/kit/model";
import { type IndexDefinition } from "mongoose";
import { type StoredUserRole } from "../enums.ts";
import { addressSchema, type StoredAddress } from "./address.ts";

/** What a seller shows of itself. */
export interface SellerProfile {
  shopName: string;
  description?: string;
  logo?: string;
  since: Date;
}

export interface UserDocument extends BaseDocument {
  /** As the person wrote it. */
  email: string;
  /** The address accounts are told apart by: DocumentDB has no collation. */
  emailLower: string;
  /** Argon2id, PHC text. Not read unless a query asks for it. */
  passwordHash: string;
  firstName: string;
  lastName: string;
  role: StoredUserRole;
  /** Name of the firm, as DAT-1 has it; what the person may do there is in `memberships`. */
  company?: string;
  phone?: string;
  address?: StoredAddress;
  lastLogin?: Date;
  isActive: boolean;
  sellerProfile?: SellerProfile;
}

/** A user as loaders and queries hand it on: never the password, and of other people only what the viewer may see. */
export type UserRecord = Pick<UserDocument, "_id"> & Partial<Omit<UserDocument, "_id" | "passwordHash">>;

export const userSchema = defineSchema<UserDocument>({
  email: { type: String, required: true, maxlength: 254 },
  emailLower: { type: String, required: true, maxlength: 254 },
  passwordHash: { type: String, required: true, maxlength: 200, match: /^\$argon2id\$/, select: false },
  firstName: { type: String, required: true, minlength: 1, maxlength: 100 },
  lastName: { type: String, required: true, minlength: 1, maxlength: 100 },
  role: { type: String, required: true, enum: ["admin", "customer", "supplier"] },
  company: { type: String, maxlength: 200 },
  phone: { type: String, maxlength: 30 },
  address: { type: addressSchema },
  lastLogin: { type: Date },
  isActive: { type: Boolean, required: true, default: true },
  sellerProfile: {
    type: embedded({
      shopName: { type: String, required: true, maxlength: 100 },
      description: { type: String, maxlength: 2_000 },
      logo: { type: String, maxlength: 2_000 },
      since: { type: Date, required: true },
    }),
  },
});

userSchema.index({ tenantId: 1, emailLower: 1 }, { unique: true });
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
