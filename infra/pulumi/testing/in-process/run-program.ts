// A whole program in this process, without an engine: the stub of AWS checks and answers what it registers. Tenths of a
// second instead of seconds, so that a test can try hundreds of settings; order, state and policies are the engine's part.
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { kindOf } from "../aws-schema/kinds.ts";
import { check } from "../aws-stub/check.ts";
import { type Configuration, configurationOf, withTags } from "../aws-stub/configuration.ts";
import { shortName } from "../aws-stub/facts-of.ts";
import { invoke } from "../aws-stub/invokes.ts";
import { withName } from "../aws-stub/names.ts";
import { hash, idOf, outputsOf } from "../aws-stub/outputs.ts";
import { isObject, type Properties } from "../aws-stub/struct.ts";
import { programFolder } from "../engine/stack-settings.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { type Config } from "./declared-settings.ts";

export interface PlannedResource {
  /** "aws:s3/bucket:Bucket" */
  type: string;
  /** "s3.Bucket" */
  kind: string;
  name: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Name of the provider it goes to; empty: the default one, which takes account and region from the machine. */
  provider: string;
}

export interface PlannedProgram {
  resources: PlannedResource[];
  outputs: Config;
  /** What AWS would refuse, by the stub: "s3.Bucket state: name: …". */
  refused: string[];
}

/** Outputs of other stacks, by the name a stack reference says: "organization/tradegraph-foundation/prod". */
export type OtherStacks = Record<string, Config>;

let runs = 0;

/**
 * Runs a program once with these settings.
 * @param config every setting, secrets included: nothing is taken from the stack files
 * @throws what the program throws
 */
export async function runProgram(
  program: string,
  stack: StackName,
  config: Config,
  others: OtherStacks = {},
): Promise<PlannedProgram> {
  const project = `tradegraph-${program}`;
  const resources: PlannedResource[] = [];
  const refused: string[] = [];
  const providers = new Map<string, Configuration>();
  const providerOf = (reference?: string) => reference?.split("::").at(-2) ?? "";
  const placeOf = (reference?: string) => providers.get(providerOf(reference)) ?? nowhere;

  const newResource = async ({ type, name, inputs, provider, custom }: pulumi.runtime.MockResourceArgs) => {
    const given = plain(inputs) as Properties;
    if (type === "pulumi:pulumi:StackReference") {
      const reference = String(given["name"] ?? name);
      return { id: reference, state: { name: reference, outputs: others[reference] ?? {}, secretOutputNames: [] } };
    }
    if (type === "pulumi:providers:aws") {
      providers.set(name, configurationOf(given));
      resources.push({ type, kind: "aws.Provider", name, id: name, inputs: given, outputs: {}, provider: "" });
      return { id: name, state: given };
    }
    if (!custom || !type.startsWith("aws:")) return { id: undefined, state: given };
    const place = placeOf(provider);
    const kind = await kindOf(type);
    // Unlike an URN it has no parents, so parts of two components may share it: their ids must not.
    const twins = resources.filter((one) => one.type === type && one.name === name).length;
    const urn = `urn:pulumi:${stack}::${project}::${type}::${name}${twins || ""}`;
    const named = withName(type, kind, given, {}, `${name}-${hash(urn, 7)}`);
    const checked = withTags(kind, named, place);
    const label = `${shortName(type)} ${name}`;
    refused.push(...check(type, kind, checked).map(({ property, reason }) => `${label}: ${property}: ${reason}`));
    const resource = { token: type, urn, kind, inputs: checked, place };
    const id = idOf(resource);
    const outputs = outputsOf(resource, id);
    resources.push({
      ...{ type, kind: shortName(type), name, id, inputs: checked, outputs },
      provider: providerOf(provider),
    });
    return { id, state: outputs };
  };
  await pulumi.runtime.setMocks(
    { newResource, call: ({ token, inputs, provider }) => invoke(token, inputs as Properties, placeOf(provider)) },
    ...([project, stack, false, "organization"] as const),
  );
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const values = Object.entries(config).filter(([, value]) => value !== undefined);
  pulumi.runtime.setAllConfig(Object.fromEntries(values.map(([key, value]) => [`${project}:${key}`, text(value)])));
  // Another address makes Node run the file again; what it imports stays as it is.
  const file = `${join(programFolder(program), "index.ts")}?in-process=${++runs}`;
  let exported: Config;
  const { stackTraceLimit } = Error;
  // Pulumi takes a trace for each of its thousands of promises, half the time of a run: where something is thrown is enough.
  Error.stackTraceLimit = 1;
  try {
    exported = { ...((await import(file)) as Config) };
  } finally {
    // First everything is registered: an output that fails would never be known, and what a program had begun before it
    // threw would go on in the next run.
    await pulumi.runtime.disconnect();
    Error.stackTraceLimit = stackTraceLimit;
  }
  const outputs = await known(exported);
  return { resources, outputs, refused };
}

/** Unlike `apply` it also tells of an output that failed. The types leave it out, for programs are not to use it. */
const known = (outputs: Config): Promise<Config> =>
  (pulumi.output(outputs) as unknown as { promise: () => Promise<Config> }).promise();

/** pulumi's mark of a secret (sdk/nodejs/runtime/rpc.ts, specialSigKey); no provider sees it either. */
const SECRET = "4dabf18193072939515e22adb298388d";

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  if (SECRET in value) return plain(value["value"]);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

/** What the default provider would be at: never seen, for a test refuses everything that goes to it. */
const nowhere: Configuration = { account: "000000000000", region: "us-east-1", defaultTags: {} };
