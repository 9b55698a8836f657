// What Pulumi.yaml of this program declares, with what is allowed.
import { z } from "zod";
import { everyProgram } from "../../lib/settings.ts";

export const settings = {
  ...everyProgram,
  repository: z
    .string()
    .regex(
      /^(?:[\w.-]+\/[\w.-]+|[\w.-]+@\d+\/[\w.-]+@\d+)$/,
      "owner/name, without a pattern; owner@id/name@id for newer repositories (docs/DELIVERY.md)",
    ),
  createGithubProvider: z.boolean(),
  delivery: z.enum(["github", "codepipeline"]),
  keepOldStateDays: z.int().min(30).max(3650),
};
