// Puts a manifest into an operation list, in parts: the gateway takes bodies of 100 KB.
import { readFile } from "node:fs/promises";
import { type ManifestOperation, readManifest } from "@tradegraph/kit/operation-manifest";
import { limitFindings, type PartnerLimits } from "./operation-limits.ts";
import { type OperationListRow } from "./operation-printing.ts";
import { type StaffClient } from "./staff-client.ts";

/** Operations, and bytes of their JSON, in one call; the rest of its body is the mutation itself. */
const mostInPart = 50;
const mostBytes = 90_000;

interface Part {
  operations: { operationId: string; body: string; clientName?: string | undefined }[];
  bytes: number;
}

/** In the order of the manifest, as few parts as there may be. */
export function partsOf(manifest: readonly ManifestOperation[]): Part["operations"][] {
  const parts: Part[] = [];
  for (const { id: operationId, body, clientName } of manifest) {
    const operation = { operationId, body, clientName };
    const bytes = Buffer.byteLength(JSON.stringify(operation)) + 1;
    const last = parts.at(-1);
    if (last && last.operations.length < mostInPart && last.bytes + bytes <= mostBytes) {
      last.operations.push(operation);
      last.bytes += bytes;
    } else parts.push({ operations: [operation], bytes });
  }
  return parts.map(({ operations }) => operations);
}

/**
 * Begins a list and fills it; a list of this name that is still pending is gone on with, so that a failed upload can be
 * repeated.
 *
 * @throws Error with everything that is wrong
 */
export async function uploadOperations(
  client: StaffClient,
  { partnerId, file, name, limits }: { partnerId: string; file: string; name: string; limits: PartnerLimits },
): Promise<OperationListRow> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new Error(`The file ${file} cannot be read.`);
  const manifest = readManifest(text);
  if (manifest.length === 0) throw new Error(`The file ${file} has no operations.`);
  tellFindings(manifest, limits);
  let list = await pendingList(client, partnerId, name);
  for (const operations of partsOf(manifest)) {
    const { operationList } = await client.mutate<{ operationList: OperationListRow }>("OperationListAdd", {
      input: { id: list.id, operations },
    });
    list = operationList;
    console.error(`${list.operationCount} operations are in the list.`);
  }
  return list;
}

/** @throws Error that names each operation which the gateway would always refuse */
function tellFindings(manifest: readonly ManifestOperation[], limits: PartnerLimits): void {
  const faults: string[] = [];
  for (const { name, body } of manifest) {
    const findings = limitFindings(body, limits);
    faults.push(...findings.faults.map((fault) => `${name}: ${fault}`));
    for (const warning of findings.warnings) console.error(`${name}: ${warning}`);
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
}

async function pendingList(client: StaffClient, partnerId: string, name: string): Promise<OperationListRow> {
  const pending = (await listsOf(client, partnerId)).find((list) => list.name === name && list.status === "PENDING");
  if (pending) return pending;
  const input = { partnerId, name };
  return (await client.mutate<{ operationList: OperationListRow }>("OperationListCreate", { input })).operationList;
}

/** Newest first. @throws Error when there is no such partner */
export async function listsOf(client: StaffClient, partnerId: string): Promise<OperationListRow[]> {
  const { partner } = await client.query<{ partner: { operationLists: OperationListRow[] } | null }>(
    "PartnerOperationLists",
    { id: partnerId },
  );
  if (!partner) throw new Error(`There is no partner ${partnerId}.`);
  return partner.operationLists;
}
