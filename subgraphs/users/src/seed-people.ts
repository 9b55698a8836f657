// Who is who in the demo world: the facts of this subgraph that its seed and the list of demo logins share. Pure.
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type StoredCompanyRole } from "./enums.ts";

/** A membership of the demo world. */
export interface SeedMembership {
  /** Number of the company. */
  company: number;
  role: StoredCompanyRole;
}

/** Number of the first customer among the users. */
const firstCustomer = ({ counts }: SeedPlan) => counts.admins + counts.suppliers;

/** How many of the company's customers have a lower number. */
const rankOf = (plan: SeedPlan, customer: number) =>
  Math.floor((customer - firstCustomer(plan)) / plan.counts.companies);

/** Number of the customer of this rank in a company. */
export function customerOf(plan: SeedPlan, company: number, rank: number): number {
  const { companies } = plan.counts;
  const first = firstCustomer(plan);
  return first + ((((company - first) % companies) + companies) % companies) + rank * companies;
}

/** The company's first customer runs it, the second approves, the others buy. */
const roleOfRank = (rank: number): StoredCompanyRole => (["company_admin", "approver"] as const)[rank] ?? "buyer";

/** Groups of ten: one at the top, three below it, and three below each of two of those. */
export function parentCompany(n: number): number | undefined {
  const place = n % 10;
  return place === 0 ? undefined : n - place + Math.floor((place - 1) / 3);
}

/**
 * What a user may act for, the own company first. Who runs a company with others below it runs the first of those too,
 * and some buyers buy for a second company.
 */
export function membershipsOf(plan: SeedPlan, user: number): SeedMembership[] {
  const company = plan.companyOf(user);
  if (company === undefined) return [];
  const { companies } = plan.counts;
  const rank = rankOf(plan, user);
  const role = roleOfRank(rank);
  const own = { company, role };
  const below = (company % 10) * 3 + 1;
  const child = company - (company % 10) + below;
  if (rank === 0 && below < 10 && child < companies) return [own, { company: child, role }];
  if (role === "buyer" && rank > 2 && user % 5 === 0) return [own, { company: (company + 1) % companies, role }];
  return [own];
}

/** Some of those who came late have left. */
export const isClosedAccount = (plan: SeedPlan, user: number): boolean =>
  plan.roleOf(user) === "customer" && rankOf(plan, user) > 2 && user % 7 === 0;
