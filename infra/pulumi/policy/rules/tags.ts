import { type ResourceValidationPolicy } from "@pulumi/policy";

const WANTED = ["Product", "Stack", "Program", "Owner", "ManagedBy"];

/** Everything that can carry tags says whose it is; the provider of lib/aws-provider.ts puts them on. */
export const tags: ResourceValidationPolicy = {
  name: "tags",
  description: "Resources carry Product, Stack, Program, Owner and ManagedBy.",
  enforcementLevel: "mandatory",
  validateResource({ props }, reportViolation) {
    const given = (props as { tags?: Record<string, unknown> }).tags;
    // Kinds without tags have no such field; kinds with it get at least the provider's.
    if (!given) return;
    const missing = WANTED.filter((tag) => !given[tag]);
    if (missing.length > 0) reportViolation(`tags are missing: ${missing.join(", ")}`);
  },
};
