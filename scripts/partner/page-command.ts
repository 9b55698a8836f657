import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { limitRulesOf } from "@tradegraph/gateway/limits/settings";
import { createDescribeAll } from "@tradegraph/gateway/partner-page/describe-all";
import { limitRows } from "@tradegraph/gateway/partner-page/limit-rows";
import { isListedOnly, shownOperations } from "@tradegraph/gateway/partner-page/partner-facts";
import { partnerPage } from "@tradegraph/gateway/partner-page/partner-page";
import { listChanges } from "@tradegraph/gateway/partner-page/list-changes";
import { type Command } from "commander";
import { type AsStaff } from "./as-staff.ts";
import { readPageEnv } from "./env.ts";
import { operationsOf, versionsOf } from "./listed-versions.ts";
import { committedSchema, readGraph } from "./schema-file.ts";

interface PageOptions {
  out: string;
  schema: string;
  publicUrl?: string;
  force?: boolean;
}

/** Adds `page`: what the gateway shows at `/partner`, without the quota, as a file for handing out. */
export function addPageCommand(program: Command, asStaff: AsStaff): void {
  program
    .command("page <partner>")
    .description("Write the partner's page into a folder, for handing out")
    .requiredOption("--out <folder>", "where the file goes; its name is the partner's")
    .option("--public-url <url>", "GraphQL endpoint as the partner reaches it; GRAPH_PUBLIC_URL or --url by default")
    .option("--schema <file>", "file with the public schema", committedSchema)
    .option("--force", "although there is such a file")
    .action(
      asStaff(async (client, print, partnerId: string, { out, schema, publicUrl, force = false }: PageOptions) => {
        const env = readPageEnv();
        const { name, versions } = await versionsOf(client, partnerId);
        const html = partnerPage({
          ...{ partner: name, quota: undefined, at: new Date() },
          url: publicUrl ?? env.GRAPH_PUBLIC_URL ?? client.url,
          operations: await shownOperations({
            ...{ operations: operationsOf(versions), versions, describeAll: createDescribeAll() },
            graph: await readGraph(schema, env.LIMIT_LIST_SIZE),
          }),
          limits: limitRows(limitRulesOf(env), env.BODY_LIMIT_BYTES),
          changes: listChanges(versions),
          isListedOnly: isListedOnly(env.PERSISTED_OPERATIONS_PARTNERS),
        });
        await mkdir(out, { recursive: true });
        const file = join(out, `${fileName(name) || partnerId}.html`);
        await writeFile(file, html, { flag: force ? "w" : "wx" }).catch((error: unknown) => {
          if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
          throw new Error(`The file ${file} is there already: replace it with --force.`);
        });
        print({ file, versions: versions.length }, [`Wrote ${file}.`]);
      }),
    );
}

/** Whatever a name holds, the file stays in its folder. */
const fileName = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 80)
    .replaceAll(/^-|-$/g, "");
