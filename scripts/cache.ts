// pnpm response-cache purge … | flush --yes | stats: the gateway's response cache (docs/CACHING.md).
// Talks to the port for operators at OPERATOR_URL with the key OPERATOR_KEY, or to a running `start`.
import process from "node:process";
import { type CacheStatistics } from "@tradegraph/gateway/cache/operate/statistics";
import { Command, Option } from "commander";
import { openOperatorClient } from "./cache/operator-client.ts";
import { purgeItems, type PurgeOptions } from "./cache/purge-item.ts";
import { statsLines } from "./cache/stats-table.ts";

interface Purged {
  count: number;
  unknownSubgraphs?: string[];
}

const program = new Command("cache").description("The response cache of the gateway").showHelpAfterError();

program
  .command("purge")
  .description("Forget answers that show something that has changed, in all gateways")
  .option("--subgraph <name...>", "everything that it has answered, or what --type or --tag say of it")
  .option("--type <name>", "what shows something of this GraphQL type")
  .option("--tag <text>", "what carries this @cacheTag")
  .option("--entity <Type:id>", "what shows this one; with --tenant also what may show it for all that is known")
  .option("--tenant <slug>", "everything of this marketplace")
  .option("--soft", "may be shown as outdated while it is fetched again")
  .addOption(new Option("--wait <mode>", "strict: until no gateway shows it any more").choices(["none", "strict"]))
  .action(async (options: PurgeOptions) => {
    const items = purgeItems(options);
    const client = await openOperatorClient();
    const { count, unknownSubgraphs } = await client.post<Purged>("/invalidation?v=ours", items);
    console.log(`Purged: ${count} ${count === 1 ? "tag" : "tags"}.`);
    if (unknownSubgraphs) console.error(`The schema has no subgraph ${unknownSubgraphs.join(", ")}.`);
  });

program
  .command("flush")
  .description("Forget everything, in all gateways")
  .option("--yes", "subgraphs are asked for everything again; say that this is meant")
  .action(async ({ yes }: { yes?: boolean }) => {
    if (!yes) throw new Error("`flush` forgets all answers of all gateways; say --yes to do it.");
    await (await openOperatorClient()).post("/cache/flush", { confirm: "everything" });
    console.log("The response cache is empty.");
  });

program
  .command("stats")
  .description("Hit rates of one gateway since it started")
  .option("--json", "print JSON")
  .action(async ({ json }: { json?: boolean }) => {
    const statistics = await (await openOperatorClient()).get<CacheStatistics>("/cache.json");
    for (const line of json ? [JSON.stringify(statistics)] : statsLines(statistics)) console.log(line);
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
