import { type Connection } from "mongoose";
import { type CompanyDocument, companySchema } from "./models/company.ts";
import { type MembershipDocument, membershipSchema } from "./models/membership.ts";
import { type UserDocument, userSchema } from "./models/user.ts";

/** Schemas by collection: migrations and the walking tests read this list. */
export const schemas = {
  companies: companySchema,
  memberships: membershipSchema,
  users: userSchema,
};

/** Models bound to a connection; each program, and each test, has its own. */
export const createModels = (connection: Connection) => ({
  Company: connection.model<CompanyDocument>("Company", companySchema, "companies"),
  Membership: connection.model<MembershipDocument>("Membership", membershipSchema, "memberships"),
  User: connection.model<UserDocument>("User", userSchema, "users"),
});

export type Models = ReturnType<typeof createModels>;
