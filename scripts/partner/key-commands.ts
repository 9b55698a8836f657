import { type Command, InvalidArgumentError } from "commander";
import { type AsStaff } from "./as-staff.ts";
import { type KeyRow, keyLine } from "./printing.ts";

interface KeyOptions {
  name: string;
  scopes: string;
  expires?: string;
  allow?: string[];
}

/** Adds `key create` and `key revoke`. */
export function addKeyCommands(program: Command, asStaff: AsStaff): void {
  const key = program.command("key").description("API keys of a partner");
  key
    .command("create <partner>")
    .description("Make a key; it is printed this once, alone on standard output")
    .requiredOption("--name <name>", "for people")
    .option("--scopes <list>", "comma list of CATALOGUE_READ, ORDERS_READ", "CATALOGUE_READ")
    .option("--expires <day>", "such as 2027-01-31; a year from now by default", dayText)
    .option("--allow <network...>", "addresses and networks it may be used from")
    .action(
      asStaff(async (client, print, partnerId: string, { name, scopes, expires, allow }: KeyOptions) => {
        const input = { partnerId, name, scopes: scopes.split(","), expiresAt: expires, allowedAddresses: allow };
        const { secret, apiKey } = await client.mutate<{ secret: string; apiKey: KeyRow }>("ApiKeyCreate", { input });
        print({ secret, apiKey }, [secret]);
        console.error(`Keep it safe, nobody can show it again. ${keyLine(apiKey)}`);
      }),
    );
  key
    .command("revoke <key>")
    .description("End a key at once")
    .action(
      asStaff(async (client, print, id: string) => {
        const { apiKey } = await client.mutate<{ apiKey: KeyRow }>("ApiKeyRevoke", { id });
        print(apiKey, [`The key ${apiKey.prefix} has ended.`]);
      }),
    );
}

function dayText(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError("Give a day such as 2027-01-31.");
  return `${text}T00:00:00Z`;
}
