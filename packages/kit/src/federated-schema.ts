import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLSchema, parse } from "graphql";
import { applyPermissions, type PermissionMap } from "./permissions.ts";
import { scalarResolvers } from "./scalars.ts";
import { moneyResolvers } from "./money.ts";
import { trackResolvers } from "./tracked-resolvers.ts";

const sdlFolder = resolve(import.meta.dirname, "../../../schema/subgraphs");

/**
 * Reads `schema/subgraphs/<subgraph>.graphql` and makes it executable under its permissions.
 *
 * @throws Error when a field has no permission rule, or a resolver no field
 */
export function createFederatedSchema(options: {
  subgraph: string;
  resolvers: object;
  permissions: PermissionMap;
}): GraphQLSchema {
  const typeDefs = parse(readFileSync(resolve(sdlFolder, `${options.subgraph}.graphql`), "utf8"));
  const resolvers = { ...scalarResolvers, Money: moneyResolvers, ...options.resolvers };
  const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });
  return trackResolvers(applyPermissions(schema, options.permissions));
}
