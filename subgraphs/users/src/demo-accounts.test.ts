import { createSeedPlan } from "@tradegraph/kit/seed-plan";
import { describe, expect, it } from "vitest";
import { demoEmail, demoLogins } from "./demo-accounts.ts";
import { customerOf, isClosedAccount, membershipsOf } from "./seed-people.ts";

const today = new Date("2026-06-01T00:00:00Z");
const plans = [undefined, 20_000].map((scale) =>
  createSeedPlan({ tenantId: "alpenmarkt", today, ...(scale && { scale }) }),
);

describe.each(plans)("of $counts.users users", (plan) => {
  const everybody = Array.from({ length: plan.counts.users }, (_, n) => n);

  it("numbers accounts within their role, each address once", () => {
    const { admins, suppliers } = plan.counts;
    expect([0, admins, admins + suppliers].map((n) => demoEmail(plan, n))).toEqual([
      "admin1@alpenmarkt.example",
      "supplier1@alpenmarkt.example",
      "customer1@alpenmarkt.example",
    ]);
    expect(new Set(everybody.map((n) => demoEmail(plan, n))).size).toBe(everybody.length);
  });

  it("offers a login of each kind, of an open account, and the role it says", () => {
    const roleOf = (email: string) => {
      const user = everybody.find((n) => demoEmail(plan, n) === email) ?? NaN;
      expect(isClosedAccount(plan, user)).toBe(false);
      const [first] = membershipsOf(plan, user);
      return [plan.roleOf(user), first?.role, first?.company];
    };
    expect(Object.fromEntries(demoLogins(plan).map(({ label, email }) => [label, roleOf(email)]))).toEqual({
      admin: ["admin", undefined, undefined],
      supplier: ["supplier", undefined, undefined],
      buyer: ["customer", "buyer", 0],
      approver: ["customer", "approver", 0],
      "company admin": ["customer", "company_admin", 0],
    });
  });

  it("makes the customer with the lowest number the company's admin", () => {
    for (let company = 0; company < plan.counts.companies; company += 1) {
      const first = everybody.find((n) => plan.companyOf(n) === company);
      expect(customerOf(plan, company, 0)).toBe(first);
      expect(membershipsOf(plan, first ?? NaN)[0]).toEqual({ company, role: "company_admin" });
    }
  });

  it("gives some a second company, nobody the same twice", () => {
    const lists = everybody.map((n) => membershipsOf(plan, n).map(({ company }) => company));
    expect(lists.filter(({ length }) => length === 2).length).toBeGreaterThan(10);
    for (const list of lists) {
      expect(new Set(list).size).toBe(list.length);
      expect(list.every((company) => company >= 0 && company < plan.counts.companies)).toBe(true);
    }
  });
});
