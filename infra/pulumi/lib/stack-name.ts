// The environments there are. A stack of any program is called by one of these names.
import * as pulumi from "@pulumi/pulumi";

export const stackNames = ["dev", "staging", "prod"] as const;
export type StackName = (typeof stackNames)[number];

/**
 * The stack that runs.
 * @throws where it is none of ours: names of resources, floors of policies and sizes hang on it.
 */
export function currentStack(): StackName {
  const stack = pulumi.getStack();
  const known = stackNames.find((name) => name === stack);
  if (!known) throw new Error(`stack "${stack}" is none of ${stackNames.join(", ")}`);
  return known;
}
