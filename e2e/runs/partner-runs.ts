import { randomUUID } from "node:crypto";
import { createGraphClient, type GraphClient } from "@tradegraph/testkit/graph-client";
import { noted, type OperationRun, type Stage } from "./operation-run.ts";

/** A caller of the gateway with an API key, as a partner's program is one. */
export function partnerClient(url: string, key: string): GraphClient {
  return createGraphClient(url, { apiKey: key });
}

/** Staff letting a partner in, the partner looking around, and staff ending its key. */
export function partnerRuns({ shop }: Stage): OperationRun[] {
  const company = shop.plan.id("company", 0).toHexString();
  const name = `Partner ${randomUUID().slice(0, 8)}`;
  const partner = { name, contactEmail: "it@partner.example", companyId: company };
  const keyOf = (stage: Stage) => ({
    partnerId: noted(stage, "partner"),
    name: "Shop floor",
    scopes: ["CATALOGUE_READ"],
  });
  const createKey = (more: object = {}): OperationRun => ({
    operation: "backoffice/ApiKeyCreate",
    as: "admin",
    variables: (stage) => ({ input: { ...keyOf(stage), ...more } }),
    after({ apiKeyCreate }, { notes }) {
      const { secret, apiKey } = apiKeyCreate as { secret: string | null; apiKey: { id: string } | null };
      if (secret === null || !apiKey) return;
      notes.set("api key", secret).set("api key id", apiKey.id);
    },
  });
  const look: OperationRun = {
    operation: "backoffice/Partner",
    as: "admin",
    variables: (stage) => ({ id: noted(stage, "partner") }),
  };
  return [
    {
      operation: "backoffice/PartnerCreate",
      as: "admin",
      variables: { input: partner },
      after({ partnerCreate }, { notes }) {
        notes.set("partner", (partnerCreate as { partner: { id: string } }).partner.id);
      },
    },
    { operation: "backoffice/PartnerCreate", as: "admin", variables: { input: partner } },
    {
      operation: "backoffice/PartnerUpdate",
      as: "admin",
      variables: (stage) => ({ input: { id: noted(stage, "partner"), contactEmail: "desk@partner.example" } }),
    },
    createKey(),
    createKey({ allowedAddresses: ["127.0.0.0/8", "::1"] }),
    // A third that counts is too many.
    createKey(),
    {
      operation: "storefront/ProductList",
      as: (stage) => Promise.resolve(partnerClient(stage.graph.url, noted(stage, "api key"))),
      variables: { first: 5 },
    },
    look,
    {
      operation: "backoffice/ApiKeyRevoke",
      as: "admin",
      variables: (stage) => ({ id: noted(stage, "api key id") }),
    },
    look,
    ...operationListRuns(),
    { operation: "backoffice/Partners", as: "admin" },
  ];
}

const listText = "query ListedProducts { products(first: 1) { nodes { id } } }";

/** Staff giving a partner the operations of a release, and taking them back. */
function operationListRuns(): OperationRun[] {
  const ofList = (operation: string, more: object = {}): OperationRun => ({
    operation: `backoffice/${operation}`,
    as: "admin",
    variables: (stage) => ({ id: noted(stage, "operation list"), ...more }),
  });
  const create: OperationRun = {
    operation: "backoffice/OperationListCreate",
    as: "admin",
    variables: (stage) => ({ input: { partnerId: noted(stage, "partner"), name: "2026-11" } }),
    after({ operationListCreate }, { notes }) {
      const { operationList } = operationListCreate as { operationList: { id: string } | null };
      if (operationList) notes.set("operation list", operationList.id);
    },
  };
  const add = (body: string): OperationRun => ({
    operation: "backoffice/OperationListAdd",
    as: "admin",
    variables: (stage) => ({
      input: {
        id: noted(stage, "operation list"),
        operations: [{ operationId: "products", body, clientName: "Till" }],
      },
    }),
  });
  return [
    create,
    // The name is taken.
    create,
    add(listText),
    add("query Wrong { nothing }"),
    ofList("OperationListActivate"),
    { ...ofList("OperationList"), variables: whenUsed },
    {
      operation: "backoffice/PartnerOperationLists",
      as: "admin",
      variables: (stage) => ({ id: noted(stage, "partner") }),
    },
    // It is in use.
    ofList("OperationListRetire"),
    ofList("OperationListRetire", { force: true }),
  ];
}

/** Counts a use of each operation, which gateways report every half minute only. */
async function whenUsed(stage: Stage) {
  const { graph } = stage;
  const now = new Date();
  const days = [{ day: now, uses: 1 }];
  const uses = graph.mongo.db(graph.databaseOf("users")).collection("operationUses");
  await uses.updateMany({}, { $set: { uses: 1, lastUsedAt: now, days } });
  return { id: noted(stage, "operation list") };
}
