import { scalarResolvers } from "@tradegraph/kit/scalars";
import { type GraphQLSchema, isScalarType } from "graphql";

/**
 * Lets the schema of the gateway read the scalars of the graph as subgraphs do, so that wrong input is refused here with
 * its place. Composition leaves of a scalar its name only, and what a subgraph refuses to parse looks like a fault of ours.
 * Answers pass as they are.
 */
export function readKnownScalars(schema: GraphQLSchema): void {
  for (const known of Object.values(scalarResolvers)) {
    const type = schema.getType(known.name);
    if (!isScalarType(type)) continue;
    type.parseValue = known.parseValue;
    type.parseLiteral = known.parseLiteral;
  }
}
