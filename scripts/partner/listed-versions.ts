// The operation lists of a partner as the gateway gets them, read as staff.
import { operationHash } from "@tradegraph/kit/operation-text";
import { type PartnerOperation } from "@tradegraph/gateway/operations/partner-operation";
import { type OperationVersion } from "@tradegraph/gateway/partner-page/list-changes";
import { type OperationListRow, type OperationRow } from "./operation-printing.ts";
import { type StaffClient } from "./staff-client.ts";

export interface ListedVersion extends OperationVersion {
  isActive: boolean;
  operations: (OperationVersion["operations"][number] & Pick<OperationRow, "type" | "body">)[];
}

type List = OperationListRow & { createdAt: string };

/**
 * Versions that count, will or did, as users orders them for the gateway: pending ones first, then those activated last.
 *
 * @throws Error when there is no such partner
 */
export async function versionsOf(
  client: StaffClient,
  partnerId: string,
): Promise<{ name: string; versions: ListedVersion[] }> {
  const { partner } = await client.query<{ partner: { name: string; operationLists: List[] } | null }>(
    "PartnerOperationLists",
    { id: partnerId },
  );
  if (!partner) throw new Error(`There is no partner ${partnerId}.`);
  const lists = partner.operationLists
    .filter(({ status, activatedAt }) => status !== "RETIRED" || activatedAt)
    .sort(latestFirst);
  const versions: ListedVersion[] = [];
  for (const { id, name, status, activatedAt, retiredAt } of lists) {
    const { operationList } = await client.query<{ operationList: { operations: OperationRow[] } | null }>(
      "OperationList",
      { id },
    );
    versions.push({
      ...{ id, name, activatedAt: activatedAt ?? null, retiredAt: retiredAt ?? null, isActive: status === "ACTIVE" },
      operations: (operationList?.operations ?? []).map((one) => ({ ...one, textHash: operationHash(one.body) })),
    });
  }
  return { name: partner.name, versions };
}

const latestFirst = (a: List, b: List): number =>
  Number(!b.activatedAt) - Number(!a.activatedAt) ||
  Date.parse(b.activatedAt ?? b.createdAt) - Date.parse(a.activatedAt ?? a.createdAt);

/** What the partner may send now; of operations with one id the first counts. */
export const operationsOf = (versions: readonly ListedVersion[]): PartnerOperation[] =>
  versions
    .filter(({ isActive }) => isActive)
    .flatMap(({ id: listId, operations }) =>
      operations.map(({ operationId: id, name, type, body }) => ({
        ...{ id, name, body, listId, tenantId: "" },
        type: type === "MUTATION" ? ("mutation" as const) : ("query" as const),
      })),
    );
