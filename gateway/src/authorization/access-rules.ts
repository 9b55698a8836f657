// The demands of one supergraph, numbered, so that what a viewer may see is a short text of ones and zeros.
import { type Viewer } from "@tradegraph/kit/viewer";
import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
} from "graphql";
import { type PolicyFile } from "./policy-file.ts";
import { meets, type Requirement, unknownPolicies } from "./requirement.ts";

/** For each demand of the supergraph, whether a viewer meets it. Viewers with equal rights have equal texts. */
export type Grants = string;

export interface AccessRules {
  grantsOf: (viewer: Viewer) => Grants;
  /** Whether nothing is refused to whoever has these grants. */
  opensAll: (grants: Grants) => boolean;
  /** A field on an object or interface: its own demands, its parent's, and those of the type it gives. */
  mayRead: (grants: Grants, parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>) => boolean;
  /** Fields of the type itself, without a fragment that says which type: every type it may turn out to be counts. */
  mayReadAny: (grants: Grants, type: GraphQLCompositeType) => boolean;
}

/** @throws Error when the supergraph names a policy that this gateway does not know */
export function createAccessRules({ authorization }: PolicyFile, schema: GraphQLSchema): AccessRules {
  const { types, fields } = authorization;
  const unknown = unknownPolicies([...Object.values(types), ...Object.values(fields)]);
  if (unknown.length > 0) throw new Error(`The supergraph names policies that nothing decides: ${unknown.join(", ")}.`);

  const numbers = new Map<string, number>();
  const requirements: Requirement[] = [];
  const numbersIn = (record: Record<string, Requirement>, names: string[]) =>
    names.flatMap((name) => {
      const requirement = Object.hasOwn(record, name) ? record[name] : undefined;
      if (!requirement) return [];
      const text = JSON.stringify(requirement);
      if (!numbers.has(text)) numbers.set(text, requirements.push(requirement) - 1);
      return [numbers.get(text) as number];
    });
  // All of them now, so that grants have one length from the first request on.
  numbersIn(types, Object.keys(types));
  numbersIn(fields, Object.keys(fields));

  const possible = (type: GraphQLCompositeType) =>
    isAbstractType(type) ? [type.name, ...schema.getPossibleTypes(type).map(({ name }) => name)] : [type.name];
  const ofTypes = new Map<string, number[]>();
  const ofFields = new Map<string, number[]>();
  const remember = (memory: Map<string, number[]>, key: string, find: () => number[]) => {
    const known = memory.get(key);
    if (known) return known;
    const found = [...new Set(find())];
    memory.set(key, found);
    return found;
  };
  const granted = (grants: Grants, demanded: number[]) => demanded.every((number) => grants[number] === "1");
  const demandsOfType = (type: GraphQLCompositeType) =>
    remember(ofTypes, type.name, () => numbersIn(types, possible(type)));

  return {
    grantsOf: (viewer) => requirements.map((requirement) => (meets(viewer, requirement) ? "1" : "0")).join(""),
    opensAll: (grants) => !grants.includes("0"),
    mayRead: (grants, parent, field) =>
      granted(
        grants,
        remember(ofFields, `${parent.name}.${field.name}`, () => {
          const given = getNamedType(field.type);
          const owners = isInterfaceType(parent) ? possible(parent) : [parent.name];
          return [
            ...demandsOfType(parent),
            ...numbersIn(
              fields,
              owners.map((owner) => `${owner}.${field.name}`),
            ),
            // An interface has the demands of its types; those are asked where a field is read on it.
            ...(isAbstractType(given) ? [] : numbersIn(types, [given.name])),
          ];
        }),
      ),
    mayReadAny: (grants, type) => granted(grants, demandsOfType(type)),
  };
}
