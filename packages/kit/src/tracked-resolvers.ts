// Tells for which part of an answer a resolver works, when the caller wants to know what each part has read.
import { type GraphQLFieldResolver, type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from "graphql";
import { type AnswerPart, collectInto, trackedScope, type TrackedRequest } from "./read-scope.ts";

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type ReferenceResolver = (reference: unknown, context: unknown, info: unknown) => unknown;

/** The part that a field lies in: its root field, or the representation below `_entities`. */
function partOf(request: TrackedRequest, path: GraphQLResolveInfo["path"]): AnswerPart {
  let below: string | number | undefined;
  let at = path;
  for (; at.prev; at = at.prev) below = at.key;
  return at.key === request.entitiesName && typeof below === "number"
    ? request.entity(below)
    : request.field(String(at.key));
}

/** Puts the tracking around all resolvers of a schema, in place; fields without one of their own stay untouched. */
export function trackResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const [name, field] of Object.entries(type.getFields())) {
      if (!field.resolve) continue;
      field.resolve =
        type === schema.getQueryType() && name === "_entities" ? trackEntities(field.resolve) : tracked(field.resolve);
    }
    const { subgraph } = (type.extensions as { apollo?: { subgraph?: { resolveReference?: ReferenceResolver } } })
      .apollo ?? { subgraph: undefined };
    if (subgraph?.resolveReference) subgraph.resolveReference = trackedReference(subgraph.resolveReference);
  }
  return schema;
}

const tracked =
  (resolve: Resolver): Resolver =>
  (parent, args, context, info) => {
    const scope = trackedScope();
    return scope
      ? collectInto(scope, partOf(scope.request, info.path), () => resolve(parent, args, context, info))
      : resolve(parent, args, context, info);
  };

const trackEntities =
  (resolve: Resolver): Resolver =>
  (parent, args: { representations?: unknown[] }, context, info) => {
    const request = trackedScope()?.request;
    if (request) {
      // The gateway asks once in an operation; of two nobody could tell which place is meant.
      if (request.entitiesName !== undefined) request.isUnknown = true;
      request.entitiesName = String(info.path.key);
      for (const [index, reference] of (args.representations ?? []).entries()) request.indexes.set(reference, index);
    }
    return resolve(parent, args, context, info);
  };

const trackedReference =
  (resolve: ReferenceResolver): ReferenceResolver =>
  (reference, context, info) => {
    const scope = trackedScope();
    if (!scope) return resolve(reference, context, info);
    const index = scope.request.indexes.get(reference);
    if (index === undefined) {
      scope.request.isUnknown = true;
      return resolve(reference, context, info);
    }
    return collectInto(scope, scope.request.entity(index), () => resolve(reference, context, info));
  };

/**
 * Reads a property as GraphQL itself does. One that is a function, such as `totalCount` of a connection, may read when it
 * is called.
 */
export const trackedFieldResolver: Resolver = (source, args, context, info) => {
  if (typeof source !== "object" || source === null) return undefined;
  const property = (source as Record<string, unknown>)[info.fieldName];
  if (typeof property !== "function") return property;
  const call = () => (property as (...given: unknown[]) => unknown).call(source, args, context, info);
  const scope = trackedScope();
  return scope ? collectInto(scope, partOf(scope.request, info.path), call) : call();
};
