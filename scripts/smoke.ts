// pnpm smoke <url>: whether a deployment answers as it should; exit code 0 passed, 1 failed, 2 could not start.
import process from "node:process";
import { Command, InvalidArgumentError } from "commander";
import { smoke } from "./smoke/checks.ts";
import { checkLine } from "./smoke/check-line.ts";

const number = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a whole number");
};

const program = new Command("smoke")
  .argument("<url>", "GraphQL endpoint, such as https://api.example.com/graphql")
  .option("--slowest <ms>", "slowest answer that passes", number, 2_000)
  .option("--tries <n>", "tries of each check", number, 5)
  .option("--pause <ms>", "between two tries", number, 3_000)
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async (url: string, { slowest, tries, pause }: Record<"slowest" | "tries" | "pause", number>) => {
    if (!URL.canParse(url)) program.error(`error: "${url}" is no address`);
    const checks = await smoke(url, { slowestMs: slowest, tries, pauseMs: pause });
    for (const check of checks) console.log(checkLine(check));
    const failed = checks.filter(({ ok }) => !ok).length;
    console.log(failed === 0 ? "smoke test passed" : `smoke test failed: ${failed} of ${checks.length} checks`);
    process.exitCode = failed === 0 ? 0 : 1;
  });

await program.parseAsync();
