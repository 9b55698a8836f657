// What orders asks of users, by signed calls past the gateway.
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type StoredMoney } from "@tradegraph/kit/money";
import { serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { type SpendingPeriod } from "./periods.ts";

/** What a person may order for a company without approval, and as what. */
export interface SpendingRule {
  /** null without limit. */
  limit: StoredMoney | null;
  period: SpendingPeriod | "ORDER";
  role: "BUYER" | "APPROVER" | "COMPANY_ADMIN";
  /** Of the membership: the one asked for, or one above. The limit is one for all companies it comes down to. */
  companyId: string;
}

export interface UsersService {
  /** @returns null when the person does not order for the company, whatever a token says */
  spendingRule: (userId: string, companyId: string) => Promise<SpendingRule | null>;
}

const ruleQuery = /* GraphQL */ `
  query OrdersSpendingRule($userId: ID!, $companyId: ID!) {
    spendingRule(userId: $userId, companyId: $companyId) {
      period
      role
      companyId
      limit {
        amount: amountMinor
        currency: currencyCode
      }
    }
  }
`;

/** Bound to one request: the request id links the logs. */
export const createUsersService = (
  client: InternalClient,
  { tenantId }: Pick<Viewer, "tenantId">,
  requestId: string,
): UsersService => ({
  async spendingRule(userId, companyId) {
    const viewer = serviceViewer(tenantId, ["spending"]);
    const variables = { userId, companyId };
    const answer = await client.call<{ spendingRule: SpendingRule | null }>({
      ...{ query: ruleQuery, variables, viewer, requestId },
    });
    return answer.spendingRule;
  },
});
