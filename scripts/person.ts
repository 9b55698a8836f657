// pnpm person export --tenant T --user ID --out FILE | erase --tenant T --user ID --yes: one person's data in all four
// subgraphs. Needs INTERNAL_SIGNING_KEYS and PRODUCTS_URL, ORDERS_URL, USERS_URL, CONTENT_URL, or a running `start`.
// What is exported, erased and kept: docs/PRIVACY.md.
import process from "node:process";
import { isShopId } from "@tradegraph/kit/viewer";
import { Command, InvalidArgumentError } from "commander";
import { readEnv } from "./person/env.ts";
import { erasePerson, exportPerson, type Graph } from "./person/everywhere.ts";
import { writeExportFile } from "./person/export-file.ts";
import { readRunning } from "./running.ts";

interface Options {
  tenant: string;
  user: string;
  out: string;
  yes?: boolean;
}

async function findGraph(): Promise<Graph> {
  const graph = readEnv() ?? (await readRunning())?.internal;
  if (graph) return graph;
  throw new Error("Set INTERNAL_SIGNING_KEYS and the URL of each subgraph, or run `npx --yes pnpm@12 start` first.");
}

async function writeExport({ tenant, user, out }: Options): Promise<void> {
  const person = { tenantId: tenant, userId: user };
  const head = { ...person, exportedAt: new Date().toISOString() };
  await writeExportFile(out, head, exportPerson(await findGraph(), person));
  console.log(`Written to ${out}.`);
}

async function erase({ tenant, user, yes }: Options): Promise<void> {
  if (!yes) throw new Error("This cannot be taken back; say --yes to erase the person.");
  const { done, problems } = await erasePerson(await findGraph(), { tenantId: tenant, userId: user });
  for (const [service, { ordersUnderWay: _left, ordersBeingPlaced: _new, ...counts }] of Object.entries(done)) {
    const parts = Object.entries(counts).filter(([, count]) => count > 0);
    console.log(`${service.padEnd(9)} ${parts.map(([name, count]) => `${count} ${name}`).join(", ") || "nothing"}`);
  }
  const { ordersUnderWay = 0, ordersBeingPlaced = 0 } = done.orders ?? {};
  if (ordersUnderWay > 0)
    console.log(`Orders under way keep their address, ${ordersUnderWay}: erase again when they are over.`);
  if (ordersBeingPlaced > 0)
    console.log(`Orders being placed right now, ${ordersBeingPlaced}: erase again in an hour.`);
  const hint = done.users ? "The person is not erased everywhere" : "No other subgraph was asked";
  if (problems.length > 0) throw new Error([...problems, `${hint}: put it right and run this again.`].join("\n"));
}

function tenantText(text: string): string {
  if (!isShopId(text)) throw new InvalidArgumentError("Give a lower-case slug such as acme.");
  return text;
}

function idText(text: string): string {
  if (!/^[0-9a-f]{24}$/.test(text)) throw new InvalidArgumentError("Give an id of 24 hexadecimal digits.");
  return text;
}

const program = new Command("person").description("One person's data in all subgraphs").showHelpAfterError();
for (const [name, run] of [
  ["export", writeExport],
  ["erase", erase],
] as const) {
  const command = program
    .command(name)
    .requiredOption("--tenant <slug>", "marketplace", tenantText)
    .requiredOption("--user <id>", "the person's id", idText)
    .action(run);
  if (name === "export") command.requiredOption("--out <file>", "a file that is not there yet");
  else command.option("--yes", "yes, erase");
}
program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
