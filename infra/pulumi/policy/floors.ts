// Numbers of a rule that differ by environment. A pack's configuration file may replace them; these are the defaults.
import { type PolicyConfigSchema } from "@pulumi/policy";
import { stackNames, type StackName } from "../lib/stack-name.ts";

export type Floors = Record<StackName, number>;

export interface FloorSet<Name extends string> {
  /** For the rule's `configSchema`. */
  schema: PolicyConfigSchema;
  /** The number that counts for a resource, by the stack in its URN. */
  of: (name: Name, urn: string, config: Partial<Record<Name, Partial<Floors>>>) => number;
}

/** The environment of a resource: urn:pulumi:<stack>::<project>::<type>::<name>. */
export function stackOf(urn: string): StackName {
  const name = urn.split(":")[2];
  // A stack of another name is nobody's playground: the strictest rules.
  return stackNames.find((stack) => stack === name) ?? "prod";
}

/** The second region, kept warm until it is needed: nothing of it serves, so nothing of it is watched or scaled like prod. */
export const isWarmCopy = (urn: string): boolean => urn.split("::")[1] === "tradegraph-recovery";

/** @param floors what each number is for, and its value per environment */
export function floorSet<Name extends string>(floors: Record<Name, Floors & { about: string }>): FloorSet<Name> {
  const names = Object.keys(floors) as Name[];
  const property = ({ about, ...values }: Floors & { about: string }) => ({
    type: "object" as const,
    description: about,
    properties: Object.fromEntries(stackNames.map((stack) => [stack, { type: "number" as const }])),
    additionalProperties: false,
    default: values,
  });
  return {
    schema: { properties: Object.fromEntries(names.map((name) => [name, property(floors[name])])) },
    of: (name, urn, config) => config[name]?.[stackOf(urn)] ?? floors[name][stackOf(urn)],
  };
}
