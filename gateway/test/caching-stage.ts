// A graph with the response cache over two subgraphs in this process, and the same graph without it to compare with.
import { HeaderMap } from "@apollo/server";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { entityTag } from "@tradegraph/kit/cache-tags";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { anonymousViewer, decodeViewer, type Viewer } from "@tradegraph/kit/viewer";
import { graphql, parse } from "graphql";
import { compilePolicy } from "../src/authorization/compile-policy.ts";
import { readPolicyFile } from "../src/authorization/policy-file.ts";
import { createCacheMetrics } from "../src/cache/operate/cache-metrics.ts";
import { type CacheUse } from "../src/cache/fetch/cache-use.ts";
import { createCallerOf } from "../src/cache/policy/caller.ts";
import { compileCacheManifest } from "../src/cache/policy/compile-cache-policy.ts";
import { type GraphCache } from "../src/cache/fetch/graph-cache.ts";
import { createQuarantine } from "../src/cache/fetch/quarantine.ts";
import { createSingleFlight } from "../src/cache/store/single-flight.ts";
import { createCacheStore } from "../src/cache/store/store.ts";
import { createGatewayMetrics } from "../src/gateway-metrics.ts";
import { startGraph } from "../src/graph.ts";
import { newScope, runInScope } from "../src/request-scope.ts";
import { type SubgraphAnswer, type SubgraphClient } from "../src/subgraph-client.ts";
import { type Context, createResolvers, typeDefs } from "./caching-subgraphs.ts";
import { compose, keys } from "./fake-graph.ts";
import { fakeInvalidationLog } from "./fake-invalidation-log.ts";

export type SubgraphName = keyof typeof typeDefs;

export interface StageCall {
  subgraph: SubgraphName;
  viewer: Viewer;
  requestId: string;
  query: string;
  variables: Record<string, unknown>;
}

export interface StageAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
  use: CacheUse | undefined;
  cacheControl: string | undefined;
}

const signedIn = (letter: string, company = "c1"): Viewer => ({
  ...{ tenantId: "acme", role: "customer", userId: letter.repeat(24), sessionId: letter.repeat(24), scopes: [] },
  ...{ companyId: company.padStart(24, "0"), address: `10.0.0.${letter.codePointAt(0) ?? 0}` },
});

export const visitor = anonymousViewer("acme");
export const buyer = signedIn("a");
export const colleague = signedIn("b");
export const rival = signedIn("d", "c2");
/** With the ids of {@link buyer}, which mean somebody else in another marketplace. */
export const stranger: Viewer = { ...buyer, tenantId: "other" };
export const staff: Viewer = { ...signedIn("e"), role: "admin", companyId: undefined, scopes: ["admin"] };

type Json = Record<string, unknown>;
/** What a subgraph sends; changed by tests before it leaves. */
export interface StageResult {
  body: { data?: Json | null; errors?: Json[]; extensions?: Json };
  headers: Record<string, string>;
}

export type Behaviour = (call: StageCall, result: StageResult) => StageResult | Promise<StageResult>;

/** The subgraphs, as a client that asks them without a network. */
export function startStage() {
  const versions = new Map<string, number>();
  const resolvers = createResolvers(versions);
  const schemas = Object.fromEntries(
    Object.entries(typeDefs).map(([name, text]) => [
      name,
      buildSubgraphSchema({ typeDefs: parse(text), resolvers: resolvers[name as SubgraphName] as never }),
    ]),
  ) as Record<SubgraphName, ReturnType<typeof buildSubgraphSchema>>;
  const stage = {
    versions,
    calls: [] as StageCall[],
    /** Runs before a subgraph reads; throws NoAnswer to be silent. */
    before: undefined as ((call: StageCall) => Promise<void> | void) | undefined,
    behave: undefined as Behaviour | undefined,
  };
  const client: SubgraphClient = {
    async send({ origin, body = "", headers = {} }): Promise<SubgraphAnswer> {
      const subgraph = new URL(origin).hostname.split(".")[0] as SubgraphName;
      const viewer = decodeViewer(headers["tg-viewer"] ?? "");
      if (!viewer) throw new Error("unsigned");
      const { query, variables = {} } = JSON.parse(body) as Pick<StageCall, "query" | "variables">;
      const call = { subgraph, viewer, query, variables, requestId: headers["x-request-id"] ?? "" };
      stage.calls.push(call);
      await stage.before?.(call);
      const context: Context = { viewer, read: new Map() };
      const { data, errors } = await graphql({
        ...{ schema: schemas[subgraph], source: query, variableValues: variables, contextValue: context },
      });
      const plain: StageResult["body"] = JSON.parse(JSON.stringify({ data, errors })) as StageResult["body"];
      const entities = plain.data?._entities as unknown[] | undefined;
      const tagsAt = (part: string) => [...(context.read.get(part) ?? [])];
      const isMutation = query.startsWith("mutation");
      const told = { tags: Object.values(variables).map((id) => entityTag("Thing", String(id as string))) };
      plain.extensions = isMutation
        ? { cacheInvalidate: query.includes("declared") ? undefined : told }
        : entities
          ? { apolloEntityCacheTags: entities.map((_, index) => tagsAt(String(index))) }
          : { cacheTagsByField: Object.fromEntries(Object.keys(plain.data ?? {}).map((name) => [name, tagsAt(name)])) };
      const result = (await stage.behave?.(call, { body: plain, headers: {} })) ?? { body: plain, headers: {} };
      return { status: 200, headers: result.headers, text: JSON.stringify(result.body) };
    },
    close: () => Promise.resolve(),
  };
  return Object.assign(stage, { client });
}

export type Stage = ReturnType<typeof startStage>;

export const stockCalls = ({ calls }: Stage) => calls.filter(({ subgraph }) => subgraph === "stock");
export const labelCalls = ({ calls }: Stage) => calls.filter(({ subgraph }) => subgraph === "labels");
/** Of the representations that were asked for. */
export const idsOf = (call: StageCall | undefined) =>
  (call?.variables.representations as { id: string }[]).map(({ id }) => id);

export const itemQuery = "query Item($id: ID!) { item(id: $id) { id stock } }";
export const labelsQuery = "query Labels($ids: [ID!]!) { items(ids: $ids) { id label } }";

/** A clock that tests move; of the store. */
const handClock = () => {
  let offset = 0;
  const clock = { wall: () => Date.now() + offset, monotonic: () => performance.now() + offset };
  return { clock, forward: (seconds: number) => void (offset += seconds * 1_000) };
};

const silent = createLogger({ service: "gateway", level: "silent" });

/** A graph over the stage. @param isCached false asks the subgraphs each time */
export async function startStageGraph(stage: Stage, isCached = true, overrides: Partial<GraphCache> = {}) {
  const metrics = createMetrics("gateway");
  const log = fakeInvalidationLog();
  const { clock, forward } = handClock();
  const store = createCacheStore({ log, logger: silent, clock });
  const cache: GraphCache = {
    ...{
      store,
      log,
      logger: silent,
      namespace: "test",
      callerOf: createCallerOf("secret of the stage"),
      wait: "strict",
    },
    ...{ flights: createSingleFlight(log), quarantine: createQuarantine(), refreshing: new Set() },
    lead: { tryLead: () => Promise.resolve(true) },
    // Never early.
    ...{ clock, random: () => 1, metrics: createCacheMetrics(metrics), mayDebug: ({ role }) => role === "admin" },
    ...overrides,
  };
  const documents = Object.entries(typeDefs);
  const sdl = compose(documents.map(([name, text]) => ({ name, url: `http://${name}.test/graphql`, typeDefs: text })));
  const manifest = compileCacheManifest(new Map(documents.map(([name, text]) => [name, parse(text)])));
  const policy = readPolicyFile(JSON.stringify({ ...compilePolicy(sdl), cache: manifest }), sdl);
  const graph = await startGraph(
    { sdl, policy, fingerprint: "" },
    {
      ...{
        guardsOff: new Set(),
        introspection: false,
        development: false,
        client: stage.client,
        subgraphUrls: {},
        keys,
      },
      ...{ authorization: { reject: false, errors: "errors" }, logger: silent, metrics: createGatewayMetrics(metrics) },
      ...(isCached && { cache }),
    },
  );
  const ask = async (
    query: string,
    variables: Record<string, unknown> = {},
    viewer: Viewer = anonymousViewer("acme"),
    headers: Record<string, string> = {},
  ): Promise<StageAnswer> => {
    const scope = newScope(`request-of-${viewer.userId ?? "nobody"}`, viewer);
    const { body, headers: answered } = await runInScope(scope, () =>
      graph.server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          ...{
            method: "POST",
            headers: new HeaderMap([["content-type", "application/json"], ...Object.entries(headers)]),
          },
          ...{ search: "", body: { query, variables } },
        },
        context: () => Promise.resolve({ scope }),
      }),
    );
    if (body.kind !== "complete") throw new Error("An answer in chunks.");
    const answer = JSON.parse(body.string) as Omit<StageAnswer, "use" | "cacheControl">;
    return { ...answer, use: scope.cacheUse, cacheControl: answered.get("cache-control") };
  };
  /** Parts that were not found so far: whoever looked for them has asked, or joined somebody who does. */
  const misses = async (): Promise<number> => {
    const { values } = (await metrics.getSingleMetric("response_cache_parts_total")?.get()) ?? { values: [] };
    return values.filter(({ labels }) => labels.result === "miss").reduce((sum, { value }) => sum + value, 0);
  };
  return { ask, log, store, forward, cache, metrics, misses, stop: () => graph.server.stop() };
}

export type StageGraph = Awaited<ReturnType<typeof startStageGraph>>;
