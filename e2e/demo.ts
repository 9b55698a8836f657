// People and things of the seeded demo shop, as the stories use them.
import { createSeedPlan, type SeedPlan } from "@tradegraph/kit/seed-plan";
import { createGraphClient, type GraphClient, signIn } from "@tradegraph/testkit/graph-client";
import { type TestGraph } from "@tradegraph/testkit/start-graph";
import { demoLogins } from "@tradegraph/users/demo-accounts";
import { midnight } from "../scripts/seed-databases.ts";

export interface DemoShop {
  plan: SeedPlan;
  visitor: GraphClient;
  /** Signs in with the demo account of that label: "admin", "supplier", "buyer", "approver", "company admin". */
  as: (label: string) => Promise<GraphClient & { token: string }>;
}

/** @param tenant one of the two demo shops */
export function demoShop({ url, graph }: Pick<TestGraph, "url" | "graph">, tenant = "alpenmarkt"): DemoShop {
  const plan = createSeedPlan({ tenantId: tenant, today: midnight() });
  return {
    plan,
    visitor: createGraphClient(url, { tenant }),
    as(label) {
      const login = demoLogins(plan).find((candidate) => candidate.label === label);
      if (!login) throw new Error(`There is no demo account ${label}.`);
      return signIn(url, { email: login.email, password: graph.secrets.demoPassword, tenant });
    },
  };
}
