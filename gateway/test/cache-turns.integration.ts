// Those who share a question without the invalidation log have nothing else in common: what one does with his answer, or to
// his request, the others do not notice. Asked of the data sources themselves, so that nothing is copied on the way.
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { type GraphQLDataSource } from "@apollo/gateway";
import { parse } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCachingSources } from "../src/cache/fetch/graph-cache.ts";
import { compileCacheManifest } from "../src/cache/policy/compile-cache-policy.ts";
import { type ClientFetch, createOrigin } from "../src/data-source.ts";
import { createGatewayMetrics } from "../src/gateway-metrics.ts";
import { cancelScope, newScope, type RequestScope } from "../src/request-scope.ts";
import { NoAnswer, type SubgraphClient } from "../src/subgraph-client.ts";
import {
  buyer,
  type Stage,
  type StageGraph,
  startStage,
  startStageGraph,
  type SubgraphName,
  visitor,
} from "./caching-stage.ts";
import { seenBy, typeDefs } from "./caching-subgraphs.ts";
import { keys } from "./fake-graph.ts";

const logger = createLogger({ service: "test", level: "silent" });
const soon = { timeout: 10_000 };
const manifest = compileCacheManifest(new Map(Object.entries(typeDefs).map(([name, text]) => [name, parse(text)])));

interface Request {
  subgraph: SubgraphName;
  query: string;
  variables?: Record<string, unknown>;
}
const item: Request = { subgraph: "stock", query: `{item(id:"1"){seen stock}}` };
const fetches: Record<string, Request> = {
  "root fields": { subgraph: "stock", query: `{a:items(ids:["1","2"]){id stock} b:item(id:"1"){id stock}}` },
  "root fields with errors": { subgraph: "stock", query: `{signedIn{seen} b:item(id:"1"){id stock}}` },
  entities: {
    subgraph: "labels",
    query: "query($representations:[_Any!]!){_entities(representations:$representations){...on Item{id label}}}",
    variables: { representations: ["1", "e2", "1", "n1"].map((id) => ({ __typename: "Item", id })) },
  },
};

let stage: Stage;
let graph: StageGraph;
let sources: Record<SubgraphName, GraphQLDataSource>;
/** How many fetches can be ended by their callers. */
let endable: number;
/** Lets a question be answered, one after the other. */
let letGo: () => void;

beforeEach(async () => {
  stage = startStage();
  graph = await startStageGraph(stage);
  graph.log.hasLease = false;
  endable = 0;
  const client: SubgraphClient = {
    ...stage.client,
    send: async (request) => {
      request.cancellations?.add(() => (endable += 1));
      return stage.client.send(request);
    },
  };
  const { fetchDurations: durations } = createGatewayMetrics(createMetrics("gateway"));
  const sourceOf = createCachingSources(graph.cache, manifest);
  const open = (service: SubgraphName) =>
    sourceOf(
      service,
      createOrigin({ service, url: `http://${service}.test/graphql`, client, keys, logger, durations }),
    );
  sources = { stock: open("stock"), labels: open("labels") };
  const waiting: (() => void)[] = [];
  stage.before = () => new Promise<void>((resolve) => void waiting.push(resolve));
  letGo = () => {
    waiting.shift()?.();
  };
});
afterEach(() => graph.stop());

function ask(
  { subgraph, ...request }: Request,
  scope: RequestScope = newScope("own", visitor),
  operation = "query",
): Promise<unknown> {
  const fetch = { request, context: { scope }, incomingRequestContext: { operation: { operation } } };
  return sources[subgraph].process(fetch as unknown as ClientFetch);
}
const asked = (count: number) => expect.poll(() => stage.calls.length, soon).toBe(count);

/** Every object in a value. */
function objectsIn(value: unknown, found = new Set<unknown>()): Set<unknown> {
  if (typeof value !== "object" || value === null || found.has(value)) return found;
  found.add(value);
  for (const name of Object.getOwnPropertyNames(value)) objectsIn((value as Record<string, unknown>)[name], found);
  return found;
}

function expectNothingInCommon(values: readonly unknown[]) {
  const all = values.map((value) => [...objectsIn(value)]);
  expect(new Set(all.flat()).size).toBe(all.reduce((sum, { length }) => sum + length, 0));
}

describe("those who share a question without the log", () => {
  it.each(Object.entries(fetches))("have objects of their own: %s", async (_, request) => {
    const asking = Array.from({ length: 4 }, () => ask(request));
    await asked(1);
    letGo();
    await asked(2);
    letGo();
    const answers = await Promise.all(asking);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expectNothingInCommon(answers);
    expect(stage.calls).toHaveLength(2);
  });

  it("have errors of their own when the subgraph is away", async () => {
    stage.before = () => Promise.reject(new NoAnswer("unavailable", "test"));
    const asking = Array.from({ length: 4 }, () => ask(item).catch((error: unknown) => error));
    const errors = (await Promise.all(asking)) as Error[];
    expect(stage.calls).toHaveLength(2);
    expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
    expectNothingInCommon(errors.map(({ message: _message, ...error }) => error));
    expect(new Set(errors).size).toBe(4);
  });

  it("get their answers though others go away: who asks, who is the first to wait, and who only waits", async () => {
    const scopes = Array.from({ length: 4 }, () => newScope("own", visitor));
    const asking = scopes.map((scope) => ask(item, scope));
    await asked(1);
    for (const scope of scopes.slice(0, 3)) cancelScope(scope);
    letGo();
    await asked(2);
    letGo();
    const data = { item: { seen: seenBy(visitor), stock: 1 } };
    expect((await Promise.all(asking)).at(-1)).toEqual({ data });
    expect(endable).toBe(0);
  });

  it("do not include who has gone already, who keeps nothing, who wants fresh answers, and whoever asks behind a mutation", async () => {
    const first = ask(item);
    await asked(1);
    const scopes = [{ noStore: true }, { noCache: true }, {}].map((directives) => ({
      ...newScope("own", buyer),
      cacheDirectives: { noCache: false, noStore: false, ...directives },
    }));
    const asking = scopes.map((scope, index) => ask(item, scope, index === 2 ? "mutation" : "query"));
    await asked(4);
    const gone = { ...newScope("own", buyer), cancelled: true };
    await expect(ask(item, gone)).rejects.toThrow("does not answer");
    for (let time = 0; time < 4; time += 1) letGo();
    await first;
    const data = { item: { seen: seenBy(buyer), stock: 1 } };
    expect(await Promise.all(asking)).toEqual([{ data }, { data }, { data }]);
  });
});
