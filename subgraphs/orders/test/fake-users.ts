// Users as orders asks it: the real contract and its permissions, over HTTP with signed requests, and rules that a test
// sets.
import { type RequestContext } from "@tradegraph/kit/admission";
import { serviceUnavailable } from "@tradegraph/kit/errors";
import { createFederatedSchema } from "@tradegraph/kit/federated-schema";
import { createMetrics } from "@tradegraph/kit/metrics";
import { type SubgraphResources } from "@tradegraph/kit/subgraph";
import { serveTestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { permissions } from "@tradegraph/users/permissions";
import { type SpendingRule } from "../src/users-service.ts";

export interface FakeUsers {
  url: string;
  /** By user id, by a membership in the company itself as an approver unless it says otherwise; null for who does not order
   * for the company. Everybody else has no limit. */
  rules: Map<string, FakeRule | null>;
  /** Company ids, in the order they were asked for. */
  asked: string[];
  /** True for a service that does not answer. */
  isAway: boolean;
  stop: () => Promise<void>;
}

type FakeRule = Pick<SpendingRule, "limit" | "period"> & Partial<SpendingRule>;

const unlimited: FakeRule = { limit: null, period: "MONTH" };

export async function serveFakeUsers(resources: SubgraphResources): Promise<FakeUsers> {
  const fake: FakeUsers = { url: "", rules: new Map(), asked: [], isAway: false, stop: () => Promise.resolve() };
  const spendingRule = (_: unknown, { userId, companyId }: { userId: string; companyId: string }) => {
    if (fake.isAway) throw serviceUnavailable("The users service does not answer; try again.", "users");
    fake.asked.push(companyId);
    const rule = fake.rules.has(userId) ? fake.rules.get(userId) : unlimited;
    return rule && { role: "APPROVER", companyId, ...rule };
  };
  const schema = createFederatedSchema({ subgraph: "users", resolvers: { Query: { spendingRule } }, permissions });
  const createContext = (base: RequestContext) => base;
  const { url, stop } = await serveTestSubgraph(
    { schema, createContext },
    { ...resources, name: "users", metrics: createMetrics("users") },
  );
  return Object.assign(fake, { url, stop });
}
