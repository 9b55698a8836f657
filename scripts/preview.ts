// node scripts/preview.ts <stack> [--summary FILE]: what this tree would change at AWS, with the image that runs now. It
// changes nothing: workflows start it with a role that can only look.
import { appendFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { Command, Option } from "commander";
import { assertTools } from "./deploy/checks.ts";
import { findKeptPulumi } from "./deploy/env.ts";
import { listenForStop } from "./deploy/interruption.ts";
import { stacks, type Stack } from "./deploy/options.ts";
import { openPulumi } from "./deploy/pulumi.ts";
import { readStackFile, withSettings } from "./deploy/stack-file.ts";

const programs = resolve(import.meta.dirname, "../infra/pulumi/programs");
const policyPack = resolve(import.meta.dirname, "../infra/pulumi/policy");

async function preview(stack: Stack, only: string[], summary: string | undefined): Promise<void> {
  const signal = listenForStop(console.error);
  for (const name of only) {
    const program = resolve(programs, name);
    const shown: string[] = [];
    const write = (text: string) => {
      shown.push(text);
      process.stdout.write(text);
    };
    const pulumi = openPulumi({ program, stack, policyPack, signal }, write);
    try {
      if (name === "application") {
        const { image, previousImage } = await pulumi.outputs();
        const settings = { imageDigest: image, migrateDigest: "", previousDigest: previousImage };
        const file = await readStackFile(program, stack);
        await withSettings(file, settings, (settingsFile) => pulumi.preview({ settingsFile }));
      } else {
        await pulumi.preview({ settingsFile: resolve(program, `Pulumi.${stack}.yaml`) });
      }
    } finally {
      if (summary !== undefined) await appendFile(summary, section(`${name} in ${stack}`, shown.join("")));
    }
  }
}

/** GitHub takes a megabyte of summary; the end of a preview has its counts. */
const section = (title: string, text: string) =>
  `<details><summary>${title}</summary>\n\n\`\`\`\n${text.slice(-200_000).replaceAll("```", "'''")}\n\`\`\`\n\n</details>\n`;

interface Given {
  summary?: string;
  programs: string;
}

const command = new Command("preview")
  .argument("<stack>", stacks.join(", "))
  .addOption(new Option("--summary <file>", "also append it there, as Markdown"))
  .option("--programs <names>", "which, by commas", "foundation,application")
  .showHelpAfterError()
  .action(async (name: string, given: Given) => {
    const stack = stacks.find((one) => one === name);
    if (!stack) return command.error(`error: there is no stack "${name}"`);
    // As for a release of what the registry has: it takes the Pulumi CLI and nothing else.
    await assertTools({ digest: "" }, findKeptPulumi());
    await preview(stack, given.programs.split(","), given.summary);
  });

command.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
