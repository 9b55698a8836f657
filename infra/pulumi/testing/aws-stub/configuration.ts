// What the program configured on the provider: region, account and the tags of everything.
import { type Kind } from "../aws-schema/kind.ts";
import { type Place } from "./outputs.ts";
import { isObject, type Properties, UNKNOWN } from "./struct.ts";

export interface Configuration extends Place {
  defaultTags: Properties;
}

const ACCOUNT = "123456789012";

/** Lists and objects of a provider's configuration come as JSON text. */
function value(inputs: Properties, field: string): unknown {
  const given = inputs[field];
  if (typeof given !== "string" || field === "region") return given === UNKNOWN ? undefined : given;
  return JSON.parse(given);
}

/**
 * @throws where no region was given: the real provider would take it from the machine, which is a trap.
 */
export function configurationOf(inputs: Properties): Configuration {
  const region = value(inputs, "region");
  if (typeof region !== "string")
    throw new Error("the provider has no region: give it one, it is not to depend on the machine");
  const accounts = value(inputs, "allowedAccountIds");
  const tags = value(inputs, "defaultTags");
  return {
    region,
    account: Array.isArray(accounts) && typeof accounts[0] === "string" ? accounts[0] : ACCOUNT,
    defaultTags: isObject(tags) && isObject(tags["tags"]) ? tags["tags"] : {},
  };
}

/** Inputs with the provider's tags below the resource's own, as the real provider merges them before it checks. */
export function withTags(kind: Kind, inputs: Properties, { defaultTags }: Configuration): Properties {
  if (!kind.inputs["tags"] || !("tagsAll" in kind.outputs) || inputs["tags"] === UNKNOWN) return inputs;
  const tags = { ...defaultTags, ...(isObject(inputs["tags"]) ? inputs["tags"] : {}) };
  return Object.keys(tags).length > 0 ? { ...inputs, tags } : inputs;
}
