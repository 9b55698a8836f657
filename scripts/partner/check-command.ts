import process from "node:process";
import { limitRulesOf } from "@tradegraph/gateway/limits/settings";
import { readOperation } from "@tradegraph/kit/operation-text";
import { type Command } from "commander";
import { validate } from "graphql";
import { type AsStaff } from "./as-staff.ts";
import { readPageEnv } from "./env.ts";
import { limitFindings } from "./operation-limits.ts";
import { type OperationListRow, type OperationRow } from "./operation-printing.ts";
import { listsOf } from "./operation-upload.ts";
import { type PartnerRow } from "./printing.ts";
import { committedSchema, readGraph } from "./schema-file.ts";
import { type StaffClient } from "./staff-client.ts";

/** An operation that the schema would break, or the limits. */
interface Fault {
  partner: string;
  list: string;
  status: OperationListRow["status"];
  operation: string;
  messages: string[];
}

/** Adds `check`, for pipelines: what a schema, or limits, would break for whom. Exit code 1 when an active list is among it. */
export function addCheckCommand(program: Command, asStaff: AsStaff): void {
  program
    .command("check")
    .description("Check the active and pending lists of all partners against a schema and the limits")
    .option("--schema <file>", "file with the public schema", committedSchema)
    .action(
      asStaff(async (client, print, { schema: file }: { schema: string }) => {
        const rules = limitRulesOf(readPageEnv());
        const { schema, costs } = await readGraph(file, rules.listSize);
        const messagesOf = (body: string) => {
          try {
            const messages = validate(schema, readOperation(body).document).map(({ message }) => message);
            return messages.length > 0 ? messages : limitFindings(body, { rules, costs }).faults;
          } catch (error) {
            return [`The operation ${(error as Error).message}.`];
          }
        };
        const faults: Fault[] = [];
        let lists = 0;
        for (const partner of await allPartners(client)) {
          const counting = (await listsOf(client, partner.id)).filter(({ status }) => status !== "RETIRED");
          lists += counting.length;
          for (const list of counting) faults.push(...(await faultsOf(client, messagesOf, partner, list)));
        }
        const isBroken = faults.some(({ status }) => status === "ACTIVE");
        print({ lists, faults }, [...faults.map(faultLine), `${lists} lists checked, ${faults.length} faults.`]);
        if (isBroken) process.exitCode = 1;
      }),
    );
}

/** By name, page by page. */
export async function allPartners(client: StaffClient): Promise<PartnerRow[]> {
  interface PartnerPage {
    partners: { nodes: PartnerRow[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  }
  const all: PartnerRow[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { partners }: PartnerPage = await client.query("Partners", { first: 100, after });
    all.push(...partners.nodes);
    ({ hasNextPage: more, endCursor: after } = partners.pageInfo);
  }
  return all;
}

async function faultsOf(
  client: StaffClient,
  messagesOf: (body: string) => string[],
  partner: PartnerRow,
  { id, name: list, status }: OperationListRow,
): Promise<Fault[]> {
  const { operationList } = await client.query<{ operationList: { operations: OperationRow[] } | null }>(
    "OperationList",
    { id },
  );
  return (operationList?.operations ?? []).flatMap(({ name: operation, body }) => {
    const messages = messagesOf(body);
    return messages.length > 0 ? [{ partner: partner.name, list, status, operation, messages }] : [];
  });
}

const faultLine = ({ partner, list, status, operation, messages }: Fault): string =>
  `${partner}, list ${list} (${status.toLowerCase()}), ${operation}: ${messages.join(" ")}`;
