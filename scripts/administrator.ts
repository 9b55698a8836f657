// pnpm administrator --tenant T --email E: makes an account the first administrator of a shop that has none. The person
// registers in the shop and verifies the address before. Needs MONGODB_URI; at AWS it runs in the task of users
// (docs/OPERATIONS.md, "The first administrator").
import { randomUUID } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { connectMongo } from "@tradegraph/kit/mongo";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { isShopId } from "@tradegraph/kit/viewer";
import { administratorFirst } from "@tradegraph/users/commands/administrator-first";
import { createModels } from "@tradegraph/users/models";
import { Command, InvalidArgumentError } from "commander";
import { readEnv } from "./administrator/env.ts";

interface Options {
  tenant: string;
  email: string;
}

async function run({ tenant, email }: Options): Promise<void> {
  const env = readEnv();
  const mongo = await connectMongo({
    uri: env.MONGODB_URI,
    database: env.MONGODB_DATABASE,
    flavor: env.MONGODB_FLAVOR,
    ...{ poolMin: 0, poolMax: 2, applicationName: "tradegraph-administrator" },
    logger: createLogger({ service: "administrator", level: "warn" }),
  });
  try {
    const models = createModels(mongo.connection);
    const changed = await runForTenant(tenant, () => administratorFirst(models, email, randomUUID()));
    console.log(
      changed
        ? `The account is an administrator of ${tenant} now; sign in again.`
        : `The account is an administrator of ${tenant} already.`,
    );
  } finally {
    await mongo.close();
  }
}

function tenantText(text: string): string {
  if (!isShopId(text)) throw new InvalidArgumentError("Give a lower-case slug such as acme.");
  return text;
}

new Command("administrator")
  .description("The first administrator of a shop")
  .requiredOption("--tenant <slug>", "marketplace", tenantText)
  .requiredOption("--email <address>", "that the person has registered with, and verified")
  .action(run)
  .showHelpAfterError()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
