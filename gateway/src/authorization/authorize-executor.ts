// Enforces @authenticated, @requiresScopes and @policy around the gateway's executor, with the semantics of
// docs/AUTHORIZATION.md.
import { type ApolloServerOptions } from "@apollo/server";
import { type DocumentNode, getVariableValues, GraphQLError, Kind, type OperationDefinitionNode, print } from "graphql";
import { LRUCache } from "lru-cache";
import { newCacheUse } from "../cache/fetch/cache-use.ts";
import { documentBytes } from "../parsed-document.ts";
import { type GraphContext, type RequestScope } from "../request-scope.ts";
import { type AccessRules, type Grants } from "./access-rules.ts";
import { filterDocument, type FilteredDocument } from "./filter-document.ts";
import { sha256 } from "./policy-file.ts";
import { isAskedFor, maxRefusals } from "./refusal.ts";
import { shapeAnswer } from "./shape-answer.ts";

type GatewayOption = NonNullable<ApolloServerOptions<GraphContext>["gateway"]>;
export type Executor = NonNullable<Awaited<ReturnType<GatewayOption["load"]>>["executor"]>;
type Context = Parameters<Executor>[0];
type Result = Awaited<ReturnType<Executor>>;

export const authorizationErrorPlaces = ["errors", "extensions", "disabled"] as const;

export interface AuthorizationOptions {
  /** Refuses the whole operation when any of its fields is refused. */
  reject: boolean;
  /** Where answers tell what was refused: `errors`, `extensions.authorizationErrors`, or nowhere. */
  errors: (typeof authorizationErrorPlaces)[number];
}

export const unauthorizedCode = "UNAUTHORIZED_FIELD_OR_TYPE";

interface Filtered extends FilteredDocument {
  /** Text of `document`, and its hash: the key of the plan, which callers with other rights but the same rest share. */
  source: string;
  hash: string;
  /** Of memory, about. */
  bytes: number;
}

/** Remembered verdicts: as many as an application has operations and kinds of callers, and 16 MiB of documents. */
const cacheSize = { max: 1_000, maxSize: 16 * 1024 * 1024 };
const allOfIt = Symbol("allOfIt");

/**
 * An executor that asks for less than the client did where the client may not read all, and answers as if the rest were
 * null.
 *
 * @param rules of the same supergraph
 */
export function authorizeExecutor(execute: Executor, rules: AccessRules, options: AuthorizationOptions): Executor {
  const cache = new LRUCache<string, Filtered | typeof allOfIt>({
    ...cacheSize,
    sizeCalculation: (entry, key) => key.length + (entry === allOfIt ? 0 : entry.bytes),
  });

  const filterFor = (
    context: Context,
    operation: OperationDefinitionNode,
    grants: Grants,
  ): Filtered | typeof allOfIt => {
    const { schema, document, queryHash, operationName } = context;
    if (rules.opensAll(grants)) return allOfIt;
    const key = `${queryHash} ${operationName ?? ""} ${grants}`;
    const known = cache.get(key);
    if (known) return known;
    const filtered = filterDocument({ schema, rules, grants, document, operation });
    const source = filtered?.document ? print(filtered.document) : "";
    const hash = sha256(source);
    // What is left of a document holds all its tokens, see parsed-document.ts.
    const bytes = documentBytes(document) + 2 * source.length;
    const entry = filtered ? { ...filtered, source, hash, bytes } : allOfIt;
    cache.set(key, entry);
    return entry;
  };

  /** Tells the response cache when somebody with other rights would get another answer. */
  const filter = (context: Context, operation: OperationDefinitionNode): Filtered | typeof allOfIt => {
    const { scope } = context.context as GraphContext;
    const grants = rules.grantsOf(scope.viewer);
    const filtered = filterFor(context, operation, grants);
    const use = (scope.cacheUse ??= newCacheUse());
    if (filtered !== allOfIt) use.isUncacheable = true;
    else if (filterFor(context, operation, grants.replaceAll("1", "0")) !== allOfIt) use.isPersonal = true;
    return filtered;
  };

  return async (context) => {
    const { operation, document, schema, request } = context;
    if (!operation) return execute(context);
    const filtered = filter(context, operation);
    if (filtered === allOfIt) return execute(context);

    const { scope } = context.context as GraphContext;
    // Whoever may read more gets another answer; no cache on the way may take this one for theirs.
    context.overallCachePolicy?.restrict({ maxAge: 0 });
    // They are right, see checked-variables.ts: also one that nobody uses any more.
    const { errors, coerced: variables } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      request.variables ?? {},
    );
    if (errors) return { errors };
    if (options.reject) {
      const inFull = filtered.refusals.length < maxRefusals;
      const surely = filtered.refusals.filter((refusal) => isAskedFor(refusal, variables));
      // A full list may have left out the one that is asked for.
      const asked = inFull || surely.length > 0 ? surely : filtered.refusals;
      if (asked.length > 0) {
        return tell(
          { data: null },
          scope,
          asked.map(({ path }) => [...path]),
          options,
        );
      }
    }
    const result = filtered.document ? await execute(narrowed(context, filtered)) : { data: {} };
    if (!result.data) return result;
    const { data, refused } = shapeAnswer({
      ...{ schema, operation, variables, data: result.data, typenameKey: filtered.typenameKey },
      fragments: fragmentsOf(document),
    });
    return tell({ ...result, data }, scope, refused, options);
  };
}

const fragmentsOf = ({ definitions }: DocumentNode) =>
  new Map(definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));

function narrowed(context: Context, { document, source, hash }: Filtered): Context {
  const [operation] = (document as DocumentNode).definitions as [OperationDefinitionNode];
  const request = { ...context.request, query: source };
  return { ...context, request, source, queryHash: hash, document: document as DocumentNode, operation };
}

/** Adds to a result what was refused, where the options say. */
function tell(
  result: Result,
  scope: RequestScope,
  paths: readonly (string | number)[][],
  options: AuthorizationOptions,
) {
  if (paths.length === 0) return result;
  const reason = scope.viewer.role === "anonymous" ? "UNAUTHENTICATED" : "FORBIDDEN";
  const extensions = { code: unauthorizedCode, reason };
  const refusals = paths.map((path) => new GraphQLError("Unauthorized field or type", { path, extensions }));
  if (options.errors === "errors") return { ...result, errors: [...(result.errors ?? []), ...refusals] };
  // Nothing formats these errors, which is where codes are otherwise noted for log and metrics.
  scope.errorCodes.push(unauthorizedCode);
  if (options.errors === "disabled") return result;
  return { ...result, extensions: { ...result.extensions, authorizationErrors: refusals.map((one) => one.toJSON()) } };
}
