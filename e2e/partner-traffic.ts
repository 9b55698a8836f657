// A partner that asks by id with its key as often as it can: who is served within his limit, and what he was given.
import { setTimeout as sleep } from "node:timers/promises";
import { operationHash } from "@tradegraph/kit/operation-text";
import { type TestGraph } from "@tradegraph/testkit/start-graph";
import { expect, vi } from "vitest";
import { type DemoShop } from "./demo.ts";

/** Each time with another price that no product has: an answer from memory would cost one point only. */
const body = "query PartnerProducts($most: Long) { products(first: 2, filter: { priceMax: $most }) { nodes { id } } }";

/** For a gateway whose partner is limited and nobody else. */
export const quota = { points: 100, restore: 20 };
const boundless = String(1_000_000_000);
export const partnerSettings: Record<string, string> = {
  RATE_LIMIT_MODE: "enforce",
  RATE_LIMIT_PARTNER_POINTS: String(quota.points),
  RATE_LIMIT_PARTNER_RESTORE: String(quota.restore),
  RATE_LIMIT_MAX_REQUESTS: boundless,
  RATE_LIMIT_USER_MAX_REQUESTS: boundless,
  RATE_LIMIT_SIGN_IN_MAX: boundless,
  RATE_LIMIT_ACCOUNT_MAX: boundless,
  RATE_LIMIT_FAILURES_MAX: boundless,
  PERSISTED_OPERATIONS_PARTNERS: "ids-only",
};

export interface PartnerTraffic {
  /** How often each status came back. */
  statuses: Record<number, number>;
  /** He is served some more times, and refused for his limit. */
  goesOn: () => Promise<void>;
  /** Points that he used, and what he may have used by now at most. */
  points: () => { used: number; most: number };
  stop: () => Promise<void>;
}

async function letIn(shop: DemoShop): Promise<string> {
  const admin = await shop.as("admin");
  const change = <T>(name: string, variables: Record<string, unknown>) =>
    admin.operation<T>(name, variables, "backoffice");
  const partner = { name: "Through it all", contactEmail: "it@partner.example" };
  const { partnerCreate } = await change<{ partnerCreate: { partner: { id: string } } }>("PartnerCreate", {
    input: partner,
  });
  const partnerId = partnerCreate.partner.id;
  const { apiKeyCreate } = await change<{ apiKeyCreate: { secret: string } }>("ApiKeyCreate", {
    input: { partnerId, name: "Only", scopes: ["CATALOGUE_READ"] },
  });
  const { operationListCreate } = await change<{ operationListCreate: { operationList: { id: string } } }>(
    "OperationListCreate",
    { input: { partnerId, name: "1" } },
  );
  const { id } = operationListCreate.operationList;
  const operations = [{ operationId: operationHash(body), body }];
  await change("OperationListAdd", { input: { id, operations } });
  await change("OperationListActivate", { id });
  return apiKeyCreate.secret;
}

/** @param graph started with {@link partnerSettings} */
export async function startPartnerTraffic(graph: TestGraph, shop: DemoShop): Promise<PartnerTraffic> {
  const secret = await letIn(shop);
  let most = 1_000_000_000;
  const ask = async () => {
    const response = await fetch(graph.url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": secret },
      body: JSON.stringify({ documentId: operationHash(body), variables: { most: (most += 1) } }),
    });
    const answer = (await response.json()) as {
      data?: { products: { nodes: object[] } } | null;
      extensions?: { cost?: { actualQueryCost: number } };
    };
    return { status: response.status, found: answer.data?.products.nodes.length ?? 0, answer };
  };
  const began = performance.now();
  let used = 0;
  let wrong: unknown;
  const statuses: Record<number, number> = {};
  const askOnce = async () => {
    const { status, found, answer } = await ask();
    used += answer.extensions?.cost?.actualQueryCost ?? 0;
    return { status, found, answer };
  };
  // Gateways hear of a new list within seconds.
  await vi.waitFor(async () => expect(await askOnce()).toMatchObject({ status: 200, found: 2 }), { timeout: 15_000 });
  const stopping = new AbortController();
  const working = (async () => {
    while (!stopping.signal.aborted) {
      const { status, found, answer } = await askOnce().catch((error: unknown) => ({
        ...{ status: 0, found: 0, answer: String(error) },
      }));
      statuses[status] = (statuses[status] ?? 0) + 1;
      if ((status !== 200 || found !== 2) && status !== 429) wrong ??= { status, answer };
      await sleep(5);
    }
  })();
  return {
    statuses,
    async goesOn() {
      const { 200: served = 0, 429: refused = 0 } = statuses;
      const more = () => [wrong, (statuses[200] ?? 0) > served + 10, (statuses[429] ?? 0) > refused];
      await vi.waitFor(() => expect(more()).toEqual([undefined, true, true]), { timeout: 60_000, interval: 50 });
    },
    // A Redis that comes back may not have been told of one second, see docs/RATE-LIMITS.md.
    points: () => ({ used, most: quota.points + quota.restore * ((performance.now() - began) / 1_000 + 2) }),
    async stop() {
      stopping.abort();
      await working;
    },
  };
}
