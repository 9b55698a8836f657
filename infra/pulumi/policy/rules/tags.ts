import { type ResourceValidationPolicy } from "@pulumi/policy";

const WANTED = ["Product", "Stack", "Program", "Owner", "ManagedBy"];

type Tags = Record<string, unknown>;

/** Everything that can carry tags says whose it is; the provider of lib/aws-provider.ts puts them on. */
export const tags: ResourceValidationPolicy = {
  name: "tags",
  description: "Resources carry Product, Stack, Program, Owner and ManagedBy.",
  enforcementLevel: "mandatory",
  validateResource({ type, props }, reportViolation) {
    // A kind that could carry tags and has none looks like a kind that cannot: so the provider itself is held to them.
    const isProvider = type === "pulumi:providers:aws";
    const given = isProvider ? defaultTags(props) : (props as { tags?: Tags }).tags;
    if (!given) return;
    const missing = WANTED.filter((tag) => !given[tag]);
    if (missing.length > 0) reportViolation(`tags are missing: ${missing.join(", ")}`);
  },
};

/** Fields of a provider that are objects reach a policy as JSON. */
function defaultTags(props: Record<string, unknown>): Tags {
  const given = props["defaultTags"];
  const { tags: own } = (typeof given === "string" ? JSON.parse(given) : (given ?? {})) as { tags?: Tags };
  return own ?? {};
}
