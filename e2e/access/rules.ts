// Whether every rule of permissions.ts has decided both ways. Where loaders give nothing to who may see nothing, a rule
// is a second door that no request reaches: it is tried with documents of the databases as parents.
import { allow, completeRules, type PermissionMap } from "@tradegraph/kit/permissions";
import { type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { homeTenant } from "./people.ts";
import { type InProcessGraph, type SubgraphName } from "./in-process-graph.ts";
import { roleNames } from "./roles.ts";
import { type World } from "./world.ts";

/** `true` and `false` as far as a rule has said them. */
export type Verdicts = Map<string, Set<boolean>>;

export const isBothWays = (verdicts: Verdicts, coordinate: string): boolean => verdicts.get(coordinate)?.size === 2;

/** Fields with a rule that is not `allow`. */
export const guardedFields = (schema: GraphQLSchema, permissions: PermissionMap): string[] =>
  Object.entries(completeRules(schema, permissions)).flatMap(([typeName, fields]) =>
    Object.keys(fields)
      .filter((name) => fields[name] !== allow)
      .map((name) => `${typeName}.${name}`),
  );

/** Collections whose documents are parents of fields of a type; other types have parents that no rule looks at. */
const collections: Readonly<Record<string, string>> = {
  Order: "orders",
  Payment: "payments",
  Quote: "quotes",
  Product: "products",
  Review: "reviews",
  User: "users",
};

async function parentsOf({ databases }: InProcessGraph, subgraph: SubgraphName, typeName: string): Promise<object[]> {
  const collection = collections[typeName];
  if (collection === undefined) return [{}];
  return databases[subgraph].collection(collection).find({ tenantId: homeTenant }).limit(500).toArray();
}

/** Puts everybody before the rule of one field, until it has let in somebody and refused somebody. */
export async function tryDirectly(
  world: World,
  place: { subgraph: SubgraphName; schema: GraphQLSchema; coordinate: string },
  verdicts: Verdicts,
): Promise<void> {
  const { subgraph, schema, coordinate } = place;
  const [typeName = "", name = ""] = coordinate.split(".");
  const field = (schema.getType(typeName) as GraphQLObjectType).getFields()[name];
  const parents = await parentsOf(world.graph, subgraph, typeName);
  const info = { fieldName: name, parentType: schema.getType(typeName) };
  for (const role of roleNames) {
    const { viewer } = await world.actor(role);
    for (const parent of parents) {
      if (isBothWays(verdicts, coordinate)) return;
      // The resolver behind the rule lacks its context and fails; the rule has spoken by then.
      await Promise.resolve()
        .then(() => field?.resolve?.(parent, {}, { viewer }, info as never))
        .catch(() => undefined);
    }
  }
}
