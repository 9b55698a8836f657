// Validates inputs as the types of @pulumi/aws and their comments say: unknown field, missing field, wrong kind of value,
// a value that is not among the valid ones, two fields that exclude each other, policies that are no JSON.
import { type Field, type Fields, type Kind, type Shape } from "../aws-schema/kind.ts";
import { complaint, nameField, withoutPrefix } from "./names.ts";
import { isObject, type Properties, UNKNOWN } from "./struct.ts";

export interface Failure {
  property: string;
  reason: string;
}

/** Everything wrong with the inputs of a resource; empty where AWS's provider would go on. */
export function check(token: string, kind: Kind, inputs: Properties): Failure[] {
  const failures = checkFields(kind.inputs, withoutPrefix(token, kind, inputs), "", kind);
  const field = nameField(token, kind);
  const name = field ? inputs[field] : undefined;
  const bad = typeof name === "string" && name !== UNKNOWN ? complaint(token, name) : undefined;
  return bad && field ? [...failures, { property: field, reason: bad }] : failures;
}

function checkFields(fields: Fields, given: Properties, path: string, kind: Kind): Failure[] {
  const failures: Failure[] = [];
  const at = (name: string) => (path ? `${path}.${name}` : name);
  for (const [name, value] of Object.entries(given)) {
    if (name === "__defaults" || value === undefined) continue;
    const field = fields[name];
    if (!field) failures.push({ property: at(name), reason: `an argument named "${name}" is not expected here` });
    else failures.push(...checkField(field, value, at(name), kind), ...rivals(fields, given, name, at(name)));
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.required && given[name] === undefined) {
      failures.push({ property: at(name), reason: "the argument is required, but no definition was found" });
    }
  }
  return failures;
}

function rivals(fields: Fields, given: Properties, name: string, property: string): Failure[] {
  // What is not known yet may turn out to be nothing.
  const isSet = (field: string) => ![undefined, false, UNKNOWN].includes(given[field] as string | undefined);
  // Where both say so, one failure per pair is enough.
  const isTold = (rival: string) => fields[rival]?.conflicts?.includes(name) === true && rival < name;
  return (fields[name]?.conflicts ?? [])
    .filter((rival) => isSet(rival) && isSet(name) && !isTold(rival))
    .map((rival) => ({ property, reason: `conflicts with "${rival}"` }));
}

function checkField(field: Field, value: unknown, property: string, kind: Kind): Failure[] {
  const failures = checkValue(field.shape, value, property, kind);
  if (failures.length > 0 || typeof value !== "string" || value === UNKNOWN) return failures;
  if (field.values && !field.values.includes(value)) {
    return [{ property, reason: `expected one of ${field.values.join(", ")}, got "${value}"` }];
  }
  return /(?:^|\.)(?:policy|assumeRolePolicy)$/.test(property) ? policyFailures(value, property) : [];
}

function checkValue(shape: Shape, value: unknown, property: string, kind: Kind): Failure[] {
  if (shape === "any" || value === UNKNOWN) return [];
  const wrong = (wanted: string) => [{ property, reason: `expected ${wanted}, got ${describe(value)}` }];
  if (typeof shape === "string") return typeof value === shape ? [] : wrong(`a ${shape}`);
  if ("list" in shape) {
    if (!Array.isArray(value)) return wrong("a list");
    return value.flatMap((item, index) => checkValue(shape.list, item, `${property}[${index}]`, kind));
  }
  if (!isObject(value)) return wrong("an object");
  if ("map" in shape) {
    return Object.entries(value).flatMap(([key, item]) => checkValue(shape.map, item, `${property}["${key}"]`, kind));
  }
  return checkFields(kind.types[shape.object] ?? {}, value, property, kind);
}

const describe = (value: unknown) =>
  Array.isArray(value) ? "a list" : isObject(value) ? "an object" : `${typeof value} ${JSON.stringify(value)}`;

/** AWS's MalformedPolicyDocument, as far as its shape goes. Backup, logs and others take policies of the same form. */
function policyFailures(text: string, property: string): Failure[] {
  const malformed = (why: string) => [{ property, reason: `MalformedPolicyDocument: ${why}` }];
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return malformed("it is no JSON");
  }
  if (!isObject(policy)) return malformed("it is no JSON object");
  // Policies of other services (ECR's life cycle: rules) have no statements, and are not IAM's.
  if (policy["Statement"] === undefined) return policy["rules"] === undefined ? malformed("it has no Statement") : [];
  const statements = Array.isArray(policy["Statement"]) ? policy["Statement"] : [policy["Statement"]];
  for (const statement of statements as unknown[]) {
    if (!isObject(statement)) return malformed("a statement is no object");
    if (statement["Effect"] !== "Allow" && statement["Effect"] !== "Deny")
      return malformed("Effect is neither Allow nor Deny");
    if (statement["Action"] === undefined && statement["NotAction"] === undefined)
      return malformed("a statement has no Action");
  }
  return [];
}
