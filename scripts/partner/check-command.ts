import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { readOperation } from "@tradegraph/kit/operation-text";
import { type Command } from "commander";
import { buildSchema, type GraphQLSchema, validate } from "graphql";
import { type AsStaff } from "./as-staff.ts";
import { type OperationListRow, type OperationRow } from "./operation-printing.ts";
import { listsOf } from "./operation-upload.ts";
import { type PartnerRow } from "./printing.ts";
import { type StaffClient } from "./staff-client.ts";

const committedSchema = resolve(import.meta.dirname, "../../schema/generated/api.graphql");

/** An operation that the schema would break. */
interface Fault {
  partner: string;
  list: string;
  status: OperationListRow["status"];
  operation: string;
  messages: string[];
}

/** Adds `check`, for pipelines: what a schema would break for whom. Exit code 1 when an active list is among it. */
export function addCheckCommand(program: Command, asStaff: AsStaff): void {
  program
    .command("check")
    .description("Check the active and pending lists of all partners against a schema")
    .option("--schema <file>", "file with the public schema", committedSchema)
    .action(
      asStaff(async (client, print, { schema: file }: { schema: string }) => {
        const schema = await readSchema(file);
        const faults: Fault[] = [];
        let lists = 0;
        for (const partner of await allPartners(client)) {
          const counting = (await listsOf(client, partner.id)).filter(({ status }) => status !== "RETIRED");
          lists += counting.length;
          for (const list of counting) faults.push(...(await faultsOf(client, schema, partner, list)));
        }
        const isBroken = faults.some(({ status }) => status === "ACTIVE");
        print({ lists, faults }, [...faults.map(faultLine), `${lists} lists checked, ${faults.length} faults.`]);
        if (isBroken) process.exitCode = 1;
      }),
    );
}

/** @throws Error when the file has no schema */
async function readSchema(file: string): Promise<GraphQLSchema> {
  try {
    return buildSchema(await readFile(file, "utf8"));
  } catch (error) {
    throw new Error(`The file ${file} has no schema: ${(error as Error).message}`, { cause: error });
  }
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
  schema: GraphQLSchema,
  partner: PartnerRow,
  { id, name: list, status }: OperationListRow,
): Promise<Fault[]> {
  const { operationList } = await client.query<{ operationList: { operations: OperationRow[] } | null }>(
    "OperationList",
    { id },
  );
  return (operationList?.operations ?? []).flatMap(({ name: operation, body }) => {
    const messages = validate(schema, readOperation(body).document).map(({ message }) => message);
    return messages.length > 0 ? [{ partner: partner.name, list, status, operation, messages }] : [];
  });
}

const faultLine = ({ partner, list, status, operation, messages }: Fault): string =>
  `${partner}, list ${list} (${status.toLowerCase()}), ${operation}: ${messages.join(" ")}`;
