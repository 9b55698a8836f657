// Runs a rule in a unit test as the policy server does: unknown values throw, defaults of the rule's configuration count.
import {
  type PolicyResource,
  type PolicyResourceOptions,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { type StackName } from "../lib/stack-name.ts";
import { unknownCheckingProxy, UnknownValueError } from "./unknown.ts";

/** What Pulumi puts in place of a text that is not known before the resource it comes from is made. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface Example {
  /** "docdb.Cluster" */
  kind: string;
  name: string;
  props?: Record<string, unknown>;
  opts?: Partial<PolicyResourceOptions>;
  /** Names of the resources a field refers to. */
  refers?: Record<string, string[]>;
}

export interface Setting {
  stack?: StackName;
  /** The program, as its folder is called. */
  program?: string;
  config?: Record<string, unknown>;
}

const token = (kind: string) => {
  const [service = "", name = ""] = kind.split(".");
  return `aws:${service}/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`;
};
const plain: PolicyResourceOptions = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

/** What resources go to: its inputs travel as text. */
const aws = {
  ...{ type: "pulumi:providers:aws", urn: "urn:pulumi:test::test::pulumi:providers:aws::aws", name: "aws" },
  props: { region: "us-east-1", allowedAccountIds: '["111111111111"]' },
};

/** What a rule says about resources: "name: message". "unknown: …" is what a preview would show as a hint. */
export async function examine(
  rule: ResourceValidationPolicy | StackValidationPolicy,
  examples: Example[],
  { stack = "prod", program = "test", config = {} }: Setting = {},
): Promise<string[]> {
  const found: string[] = [];
  const resources = examples.map((example) => planned(example, `${stack}::tradegraph-${program}`));
  for (const [index, { refers = {} }] of examples.entries()) {
    for (const [field, names] of Object.entries(refers)) {
      const all = resources.filter(({ name }) => names.includes(name));
      Object.assign(resources[index]?.propertyDependencies ?? {}, { [field]: all });
    }
  }
  const shared = { stackTags: new Map<string, string>(), getConfig: () => config as never, notApplicable };
  const guarded = async (work: () => Promise<void> | void) => {
    try {
      await work();
    } catch (error) {
      if (error instanceof UnknownValueError) found.push(`unknown: ${error.message}`);
      else if (!(error instanceof NotApplicable)) throw error;
    }
  };
  if ("validateStack" in rule) {
    const nameOf = (urn?: string) => urn?.split("::").at(-1) ?? "stack";
    await guarded(() =>
      rule.validateStack({ ...shared, resources }, (message, urn) => found.push(`${nameOf(urn)}: ${message}`)),
    );
    return found;
  }
  for (const resource of resources) {
    for (const validate of [rule.validateResource ?? []].flat()) {
      await guarded(() =>
        validate({ ...shared, ...resource } as Parameters<typeof validate>[0], (message) =>
          found.push(`${resource.name}: ${message}`),
        ),
      );
    }
  }
  return found;
}

class NotApplicable extends Error {}

function notApplicable(): never {
  throw new NotApplicable();
}

function planned({ kind, name, props = {}, opts = {} }: Example, place: string): PolicyResource {
  const type = kind.includes(":") ? kind : token(kind);
  const isType = (wanted: unknown) => (wanted as { __pulumiType?: string }).__pulumiType === type;
  const proxied = unknownCheckingProxy(props);
  return {
    type,
    name,
    urn: `urn:pulumi:${place}::${type}::${name}`,
    props: proxied,
    opts: { ...plain, ...opts },
    provider: aws,
    dependencies: [],
    propertyDependencies: {},
    isType,
    asType: (wanted: unknown) => (isType(wanted) ? proxied : undefined) as never,
  };
}
