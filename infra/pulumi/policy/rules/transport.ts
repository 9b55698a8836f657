import * as efs from "@pulumi/aws/efs/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import { type StackValidationPolicy } from "@pulumi/policy";
import { refusesPlainText } from "../refusals.ts";
import { known } from "../unknown.ts";

/** What takes connections without TLS unless its policy refuses them; of buckets the rule on buckets says so. */
const OPEN_BY_ITSELF = [
  { thing: sns.Topic, policy: sns.TopicPolicy, by: "arn", action: "sns:Publish" },
  { thing: efs.FileSystem, policy: efs.FileSystemPolicy, by: "fileSystemId", action: "elasticfilesystem:*" },
] as const;

/** Messages and files come by TLS alone (SEC-3). */
export const transport: StackValidationPolicy = {
  name: "transport",
  description: "Topics and file systems refuse who comes without TLS.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateStack({ resources }, report) {
    for (const { thing, policy, by, action } of OPEN_BY_ITSELF) {
      for (const one of resources.filter((resource) => resource.isType(thing as never))) {
        const own = resources.filter(
          (resource) => resource.isType(policy as never) && (resource.propertyDependencies[by] ?? []).includes(one),
        );
        const texts = own.map(({ props }) => known(() => props["policy"] as string | undefined));
        // A policy that names the thing is not known before the thing is there.
        const isRefused = own.length > 0 && texts.every((text) => text === undefined || refusesPlainText(text, action));
        if (!isRefused) report("it takes connections without TLS", one.urn);
      }
    }
  },
};
