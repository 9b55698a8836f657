// Accounts that a newcomer signs in with; `start` prints them.
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { customerOf } from "./seed-people.ts";

/** Address of a demo account, numbered within its role: `customer1@alpenmarkt.example`. */
export function demoEmail(plan: SeedPlan, user: number): string {
  const { admins, suppliers } = plan.counts;
  const role = plan.roleOf(user);
  const before = { admin: 0, supplier: admins, customer: admins + suppliers }[role];
  return `${role}${user - before + 1}@${plan.tenantId}.example`;
}

export interface DemoLogin {
  /** What the account is there to show. */
  label: string;
  email: string;
}

/** One account for each platform role and each company role; the three customers act for the same company. */
export function demoLogins(plan: SeedPlan): DemoLogin[] {
  const users = {
    admin: 0,
    supplier: plan.counts.admins,
    buyer: customerOf(plan, 0, 2),
    approver: customerOf(plan, 0, 1),
    "company admin": customerOf(plan, 0, 0),
  };
  return Object.entries(users).map(([label, user]) => ({ label, email: demoEmail(plan, user) }));
}
