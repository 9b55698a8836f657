// The command line of scripts/deploy.sh. Whatever is wrong with it is said before anything is touched.
import { resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { notStarted } from "./failure.ts";

export const stacks = ["dev", "staging", "prod"] as const;
export type Stack = (typeof stacks)[number];

export interface DeployOptions {
  stack: Stack;
  /** Where the image comes from; "build" makes it from this tree, "platform" takes none. */
  from: "build" | "platform" | "rollback" | { digest: string } | { archive: string };
  /** Asks nothing. */
  yes: boolean;
  approvedBy: string | undefined;
  /** Findings of the image scan that somebody has looked at. */
  accepted: string[];
  smokeUrl: string | undefined;
  /** Whether partners' operations are checked against the new schema. */
  partnerCheck: boolean;
  /** Folder of the Pulumi program. */
  program: string;
}

interface Given {
  image?: string;
  archive?: string;
  rollback?: true;
  platform?: true;
  yes?: true;
  approvedBy?: string;
  accept: string[];
  smokeUrl?: string;
  withoutPartnerCheck?: true;
  program: string;
}

const digest = (text: string): string => {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError("Say the digest, sha256: and 64 hexadecimal digits; tags can move.");
};
const https = (text: string): string => {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("Say an address such as https://api.example.com/graphql.");
};
const finding = (text: string, before: string[]): string[] => [...before, text];

function command(): Command {
  return new Command("scripts/deploy.sh")
    .description("Brings one image to an environment: scan, migrations, services, smoke test.")
    .argument("<environment>", stacks.join(", "))
    .addOption(new Option("--image <digest>", "an image that is in the registry already").argParser(digest))
    .option("--archive <file>", "an OCI archive; it is pushed first")
    .option("--rollback", "the image before this one; migrations stay as they are")
    .option("--platform", "no image: brings up what the first one needs, the registry above all")
    .option("--yes", "do not ask")
    .option("--approved-by <name>", "who said yes to prod; with --yes it must be said")
    .option("--accept <finding>", "a finding of the image scan that somebody has looked at; repeatable", finding, [])
    .addOption(new Option("--smoke-url <url>", "where to test instead of the stack's own address").argParser(https))
    .option("--without-partner-check", "do not look whether the new schema breaks what partners send")
    .option("--program <folder>", "folder of the Pulumi program", "infra/pulumi/programs/application")
    .allowExcessArguments(false)
    .exitOverride();
}

/**
 * @returns undefined where help was asked for and given
 * @throws ReleaseError with all of what commander says
 */
export function readOptions(args: string[]): DeployOptions | undefined {
  const said: string[] = [];
  const parser = command().configureOutput({ writeErr: (text) => said.push(text) });
  try {
    parser.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw notStarted(
      said
        .join("")
        .trim()
        .replace(/^error: /, ""),
    );
  }
  return checked(parser.args[0] ?? "", parser.opts());
}

function checked(name: string, given: Given): DeployOptions {
  const stack = stacks.find((one) => one === name);
  if (!stack) throw notStarted(`There is no environment "${name}", only ${stacks.join(", ")}.`);
  const { image, archive, rollback, platform, yes = false, approvedBy } = given;
  const ways = Object.entries({ image, archive, rollback, platform }).flatMap(([way, value]) => (value ? [way] : []));
  if (ways.length > 1) throw notStarted(`Of ${ways.map((way) => `--${way}`).join(" and ")} only one can be.`);
  if (approvedBy?.trim() === "") throw notStarted("--approved-by needs a name.");
  if (stack === "prod" && yes && approvedBy === undefined) {
    throw notStarted("For prod --yes is not enough: say with --approved-by who approved it, or answer the question.");
  }
  return {
    ...{ stack, yes, approvedBy },
    from: source({ image, archive, rollback, platform }),
    accepted: given.accept,
    smokeUrl: given.smokeUrl,
    partnerCheck: given.withoutPartnerCheck !== true,
    program: resolve(given.program),
  };
}

type Ways = Record<"image" | "archive", string | undefined> & Record<"rollback" | "platform", true | undefined>;

function source({ image, archive, rollback, platform }: Ways): DeployOptions["from"] {
  if (image !== undefined) return { digest: image };
  if (archive !== undefined) return { archive: resolve(archive) };
  if (rollback) return "rollback";
  return platform ? "platform" : "build";
}
