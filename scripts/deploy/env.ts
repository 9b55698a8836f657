// What scripts/deploy.sh reads from its environment. Credentials are the AWS SDK's own business.
import process from "node:process";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "@tradegraph/kit/env";
import { z } from "zod";
import { withKeptPulumi } from "./kept-pulumi.ts";

/** An unset variable of a workflow comes as an empty text. */
const nonEmpty = z
  .string()
  .transform((text) => text || undefined)
  .optional();

const schema = {
  PATH: z.string().default(""),
  PULUMI_BACKEND_URL: z.string().optional().describe("Output `backend` of bootstrap; else where `pulumi login` was."),
  DEPLOY_POLL_MS: z.coerce.number().int().min(1).default(5_000).describe("Pause between two looks at AWS."),
  DEPLOY_WAIT_MINUTES: z.coerce.number().min(0.001).default(90).describe("Patience with tasks and services."),
  PARTNER_CHECK_URL: z
    .union([z.literal("").transform(() => undefined), z.url()])
    .optional()
    .describe("Graph whose partners are checked; else the stack's own address."),
  PARTNER_CHECK_TENANT: nonEmpty.describe("Marketplace of those partners, where the address does not say it."),
  PARTNER_CHECK_EMAIL: nonEmpty.describe("Staff with the area partners, who looks what a schema breaks for them."),
  PARTNER_CHECK_PASSWORD: nonEmpty.describe("Password of that account."),
  PARTNER_CHECK_TOKEN: nonEmpty.describe("Access token instead of both, for a release by hand."),
  PARTNER_CHECKS: nonEmpty.describe('Several marketplaces: JSON [{ "tenant", "url", "email", "password" }].'),
  PARTNER_CHECKS_FROM: nonEmpty.describe("Name of a secret in AWS Secrets Manager that holds such a list."),
  REQUIRE_SIGNATURE: z
    .enum(["true", "false"])
    .default("false")
    .describe("Whether the registry must have signed the image."),
  GITHUB_OUTPUT: z.string().optional().describe("Where GitHub Actions wants results."),
  RELEASE_WEBHOOK_URL: z.url().optional().describe("Gets one JSON post { text } at the end; Slack and others take it."),
};

/** From here on, children of this process find the Pulumi CLI that `pnpm infra:engine` got. @returns the search path */
export function findKeptPulumi(): string {
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return (process.env["PATH"] = withKeptPulumi(process.env["PATH"] ?? "", cache));
}

/** @throws EnvError naming every wrong one */
export const readEnv = (source: Record<string, string | undefined> = process.env) => parseEnv(schema, source);

export type DeployEnv = ReturnType<typeof readEnv>;
