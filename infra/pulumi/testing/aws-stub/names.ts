// The name a resource has at AWS: given, kept from before, or proposed by the engine.
import { type Kind } from "../aws-schema/kind.ts";
import { factsOf } from "./facts-of.ts";
import { type Properties } from "./struct.ts";

/** What a name ends with that is made from a prefix. */
const MADE = "0001";

/** The field that names the resource, or undefined where the kind has none. */
export function nameField(token: string, kind: Kind): string | undefined {
  const { named } = factsOf(token);
  if (named === false) return undefined;
  const field = named ?? "name";
  return kind.inputs[field]?.shape === "string" ? field : undefined;
}

/** Inputs with a name where the program gave none. */
export function withName(
  token: string,
  kind: Kind,
  inputs: Properties,
  olds: Properties,
  proposed: string,
): Properties {
  const field = nameField(token, kind);
  if (!field || inputs[field] !== undefined || kind.inputs[field]?.required) return inputs;
  if (inputs[`${field}Prefix`] !== undefined)
    return { ...inputs, [field]: olds[field] ?? `${String(inputs[`${field}Prefix`])}${MADE}` };
  return { ...inputs, [field]: olds[field] ?? proposed };
}

/** Inputs to check: both cannot be given together, but a name that was made from its prefix stands for both. */
export function withoutPrefix(token: string, kind: Kind, inputs: Properties): Properties {
  const field = nameField(token, kind);
  const { [`${field}Prefix`]: prefix, ...rest } = inputs;
  return field && typeof prefix === "string" && inputs[field] === `${prefix}${MADE}` ? rest : inputs;
}

/** What AWS would say against the name, or undefined. */
export function complaint(token: string, name: string): string | undefined {
  const { longest, pattern } = factsOf(token);
  if (longest !== undefined && name.length > longest) {
    return `"${name}" is ${name.length} characters long; AWS takes at most ${longest}`;
  }
  return pattern && !pattern.test(name) ? `"${name}" is no name that AWS takes (${pattern.source})` : undefined;
}
