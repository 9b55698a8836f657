// Types that generated code binds to the graph's connections.
import { type Connection } from "@tradegraph/kit/pagination";
import { type CompanyDocument } from "./models/company.ts";
import { type MembershipDocument } from "./models/membership.ts";
import { type UserRecord } from "./models/user.ts";

export type CompanyPage = Connection<CompanyDocument>;
export type MembershipPage = Connection<MembershipDocument>;
export type UserPage = Connection<UserRecord>;
