// People and things of the seeded demo shop, as the stories use them.
import { createSeedPlan, type SeedPlan } from "@tradegraph/kit/seed-plan";
import { createGraphClient, type GraphClient, signIn } from "@tradegraph/testkit/graph-client";
import { type TestGraph } from "@tradegraph/testkit/start-graph";
import { demoEmail, demoLogins } from "@tradegraph/users/demo-accounts";
import { customerOf } from "@tradegraph/users/seed-people";
import { midnight } from "../scripts/seed-databases.ts";

export interface DemoShop {
  plan: SeedPlan;
  visitor: GraphClient;
  /** Signs in with the demo account of that label: "admin", "supplier", "buyer", "approver", "company admin". */
  as: (label: string) => Promise<GraphClient & { token: string }>;
}

/** A buyer of another company than the demo accounts: who closes this account leaves nobody alone. */
export const leaver = "leaver";

/** @param label of a demo account, or {@link leaver} */
export function emailOf(plan: SeedPlan, label: string): string {
  if (label === leaver) return demoEmail(plan, customerOf(plan, 1, 2));
  const found = demoLogins(plan).find((login) => login.label === label);
  if (!found) throw new Error(`There is no demo account ${label}.`);
  return found.email;
}

/** @param tenant one of the two demo shops */
export function demoShop({ url, graph }: Pick<TestGraph, "url" | "graph">, tenant = "alpenmarkt"): DemoShop {
  const plan = createSeedPlan({ tenantId: tenant, today: midnight() });
  return {
    plan,
    visitor: createGraphClient(url, { tenant }),
    as: async (label) => signIn(url, { email: emailOf(plan, label), password: graph.secrets.demoPassword, tenant }),
  };
}
