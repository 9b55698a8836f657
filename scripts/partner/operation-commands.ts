import { limitRulesOf } from "@tradegraph/gateway/limits/settings";
import { type Command } from "commander";
import { type AsStaff, type Print } from "./as-staff.ts";
import { readPageEnv } from "./env.ts";
import { listLine, operationLine, type OperationListRow, type OperationRow } from "./operation-printing.ts";
import { listsOf, uploadOperations } from "./operation-upload.ts";
import { committedSchema, readGraph } from "./schema-file.ts";
import { type StaffClient } from "./staff-client.ts";

interface UploadOptions {
  name: string;
  schema: string;
  activate?: boolean;
}

const printList = (print: Print, list: OperationListRow) => {
  print(list, [listLine(list)]);
};

const activate = async (client: StaffClient, id: string) =>
  (await client.mutate<{ operationList: OperationListRow }>("OperationListActivate", { id })).operationList;

/** Adds `operations upload`, `list`, `show`, `activate` and `retire`. */
export function addOperationCommands(program: Command, asStaff: AsStaff): void {
  const operations = program.command("operations").description("Lists of operations that a partner may send by id");
  operations
    .command("upload <partner> <file>")
    .description("Make a list of a manifest as Apollo, Relay or Hive write it")
    .requiredOption("--name <version>", "such as 2026-11")
    .option(
      "--schema <file>",
      "file with the public schema, which tells with the file beside it what they cost",
      committedSchema,
    )
    .option("--activate", "let the partner send them at once")
    .action(
      asStaff(async (client, print, partnerId: string, file: string, options: UploadOptions) => {
        const rules = limitRulesOf(readPageEnv());
        const { costs } = await readGraph(options.schema, rules.listSize);
        const list = await uploadOperations(client, { partnerId, file, name: options.name, limits: { rules, costs } });
        printList(print, options.activate ? await activate(client, list.id) : list);
      }),
    );
  operations.command("list <partner>").action(
    asStaff(async (client, print, partnerId: string) => {
      const lists = await listsOf(client, partnerId);
      print(lists, lists.map(listLine));
    }),
  );
  operations.command("show <list>").action(
    asStaff(async (client, print, id: string) => {
      const { operationList } = await client.query<{
        operationList: (OperationListRow & { operations: OperationRow[] }) | null;
      }>("OperationList", { id });
      if (!operationList) throw new Error(`There is no operation list ${id}.`);
      const lines = operationList.operations.map((operation) => `  ${operationLine(operation)}`);
      print(operationList, [listLine(operationList), ...lines]);
    }),
  );
  operations
    .command("activate <list>")
    .description("Let the partner send the operations of a list")
    .action(
      asStaff(async (client, print, id: string) => {
        printList(print, await activate(client, id));
      }),
    );
  operations
    .command("retire <list>")
    .description("End a list")
    .option("--force", "although its operations are in use")
    .action(
      asStaff(async (client, print, id: string, { force = false }: { force?: boolean }) => {
        const { operationList } = await client.mutate<{ operationList: OperationListRow }>("OperationListRetire", {
          id,
          force,
        });
        printList(print, operationList);
      }),
    );
}
