import { setTimeout as sleep } from "node:timers/promises";
import { noted, type OperationRun, type Stage } from "./operation-run.ts";

const patienceMs = 30_000;
const betweenLooksMs = 250;

type Filter = Record<string, string>;

/**
 * Staff reading the audit log. Entries come there a moment after what they tell of, so each run waits for one.
 *
 * They look for what the runs of accounts, companies and partners leave.
 */
export function auditRuns({ shop }: Stage): OperationRun[] {
  const read = (filterIn: (stage: Stage) => Filter, having: string): OperationRun => ({
    operation: "backoffice/AuditLog",
    as: "admin",
    async variables(stage) {
      const filter = filterIn(stage);
      await entryWith(shop, filter, having);
      return { first: 100, filter };
    },
  });
  return [
    read(() => ({ category: "SECURITY", outcome: "REFUSED" }), "code"),
    read(() => ({ action: "company.updated" }), "changes"),
    read((stage) => ({ subjectId: noted(stage, "company") }), "subjectType"),
    read((stage) => ({ userId: noted(stage, "account id"), category: "WRITE" }), "subjectId"),
    read(() => ({ category: "ACCESS", outcome: "SUCCESS" }), "partnerId"),
    {
      operation: "backoffice/AuditLog",
      as: "admin",
      variables: { filter: { from: shop.plan.daysAgo(1), to: new Date() } },
    },
  ];
}

/** @throws Error when no entry of these has something in that field within 30 seconds */
async function entryWith(shop: Stage["shop"], filter: Filter, field: string): Promise<void> {
  const admin = await shop.as("admin");
  const query = `query Look($filter: AuditEntryFilter) { auditEntries(first: 100, filter: $filter) { nodes { ${field} } } }`;
  const deadline = Date.now() + patienceMs;
  const isThere = async () => {
    const { auditEntries } = await admin.expectData<{ auditEntries: { nodes: Record<string, unknown>[] } }>(query, {
      filter,
    });
    return auditEntries.nodes.some((entry) => [entry[field]].flat().some((value) => typeof value === "string"));
  };
  while (!(await isThere())) {
    if (Date.now() > deadline) throw new Error(`The audit log has no ${field} in ${JSON.stringify(filter)}.`);
    await sleep(betweenLooksMs);
  }
}
