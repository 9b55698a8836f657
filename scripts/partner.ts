// pnpm partner list | show ID | create | update ID | key create PARTNER | key revoke KEY: partners and their API keys.
// pnpm partner operations upload PARTNER FILE | list PARTNER | show | activate | retire LIST, check: what they may send.
// pnpm partner page PARTNER --out FOLDER: their page at the gateway, as a file.
// Signs in as staff with --email and --password-file, or with the access token in GRAPH_TOKEN. See docs/PARTNERS.md.
import process from "node:process";
import { Command, InvalidArgumentError } from "commander";
import { createAsStaff, type Print } from "./partner/as-staff.ts";
import { addCheckCommand, allPartners } from "./partner/check-command.ts";
import { addKeyCommands } from "./partner/key-commands.ts";
import { addPageCommand } from "./partner/page-command.ts";
import { addOperationCommands } from "./partner/operation-commands.ts";
import { type KeyRow, keyLine, partnerLine, type PartnerRow } from "./partner/printing.ts";

const program = new Command("partner").description("Partners and their API keys").showHelpAfterError();
program
  .option("--url <url>", "GraphQL endpoint of the gateway; GRAPH_URL or this machine's by default")
  .option("--tenant <slug>", "marketplace, where neither host name nor token say it")
  .option("--email <address>", "sign in with this address")
  .option("--password-file <path>", "file with the password")
  .option("--json", "print JSON");

const asStaff = createAsStaff(program);

const printPartner = (print: Print, { partner }: { partner: PartnerRow }) => {
  print(partner, [partnerLine(partner)]);
};

program.command("list").action(
  asStaff(async (client, print) => {
    const all = await allPartners(client);
    print(all, all.map(partnerLine));
  }),
);
program.command("show <partner>").action(
  asStaff(async (client, print, id: string) => {
    const { partner } = await client.query<{ partner: (PartnerRow & { apiKeys: KeyRow[] }) | null }>("Partner", { id });
    if (!partner) throw new Error(`There is no partner ${id}.`);
    print(partner, [partnerLine(partner), ...partner.apiKeys.map((key) => `  ${keyLine(key)}`)]);
  }),
);
program
  .command("create")
  .requiredOption("--name <name>")
  .requiredOption("--contact <address>", "e-mail address for notices")
  .option("--company <id>", "company whose prices and orders it may see")
  .action(
    asStaff(async (client, print, { name, contact, company }: { name: string; contact: string; company?: string }) => {
      const input = { name, contactEmail: contact, ...(company !== undefined && { companyId: company }) };
      printPartner(print, await client.mutate("PartnerCreate", { input }));
    }),
  );
program
  .command("update <partner>")
  .option("--name <name>")
  .option("--contact <address>", "e-mail address for notices")
  .option("--active <yes|no>", "`no` switches all its keys off", yesOrNo)
  .action(
    asStaff(async (client, print, id: string, options: { name?: string; contact?: string; active?: boolean }) => {
      const input = { id, name: options.name, contactEmail: options.contact, isActive: options.active };
      printPartner(print, await client.mutate("PartnerUpdate", { input }));
    }),
  );

addKeyCommands(program, asStaff);
addOperationCommands(program, asStaff);
addCheckCommand(program, asStaff);
addPageCommand(program, asStaff);

function yesOrNo(text: string): boolean {
  if (text !== "yes" && text !== "no") throw new InvalidArgumentError("Say yes or no.");
  return text === "yes";
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
