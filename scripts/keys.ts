// pnpm keys <kind> <action>: keys of a deployment, one file for each kind under keys/.
import process from "node:process";
import { Command } from "commander";
import { dataKeysCommand } from "./keys/data.ts";
import { jwtKeysCommand } from "./keys/jwt.ts";
import { signingKeysCommand } from "./keys/signing.ts";

const program = new Command("keys").description("Keys of a deployment").showHelpAfterError();
program.addCommand(dataKeysCommand());
program.addCommand(jwtKeysCommand());
program.addCommand(signingKeysCommand());
program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
