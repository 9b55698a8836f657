// A gateway on a free port over the fake graph, and what tests need to talk to it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { type GatewayOptions } from "../src/gateway-options.ts";
import { createGateway, type Gateway } from "../src/server.ts";
import { compose, type FakeSubgraph, keys, startOpinions, startShelf } from "./fake-graph.ts";
import { writeGraph } from "./write-graph.ts";

export interface GraphqlAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
    extensions?: Record<string, unknown>;
  };
}

export interface TestGateway {
  gateway: Gateway;
  url: string;
  supergraphPath: string;
  shelf: FakeSubgraph;
  opinions: FakeSubgraph;
  /** Every log line so far. */
  log: string[];
  send: (request: RequestInit & { path?: string }) => Promise<GraphqlAnswer>;
  post: (body: object, headers?: Record<string, string>) => Promise<GraphqlAnswer>;
  stop: () => Promise<void>;
}

export interface TestGatewayOptions extends Partial<GatewayOptions> {
  /** What is composed instead of the schemas that the subgraphs have, such as the same with more directives. */
  typeDefs?: Partial<Record<"shelf" | "opinions", string>>;
}

export async function startTestGateway({ typeDefs, ...overrides }: TestGatewayOptions = {}): Promise<TestGateway> {
  const [shelf, opinions] = await Promise.all([startShelf(), startOpinions()]);
  const folder = await mkdtemp(join(tmpdir(), "gateway-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  const composed = [shelf, opinions].map((one) => ({
    ...one,
    typeDefs: typeDefs?.[one.name as keyof typeof typeDefs] ?? one.typeDefs,
  }));
  await writeGraph(supergraphPath, compose(composed));
  const log: string[] = [];
  const gateway = await createGateway({
    supergraphPath,
    keys,
    tokens: { issuer: "tests", audience: "tests" },
    tenants: { hosts: {}, trustHeader: true, fallback: "acme" },
    logger: createLogger({
      service: "gateway",
      level: "info",
      destination: { write: (line: string) => void log.push(line) },
    }),
    metrics: createMetrics("gateway"),
    ...overrides,
  });
  const origin = `http://127.0.0.1:${await gateway.listen(0, "127.0.0.1")}`;
  const send: TestGateway["send"] = async ({ path = "/graphql", ...init }) => {
    const response = await fetch(origin + path, init);
    const text = await response.text();
    let body = {};
    try {
      body = JSON.parse(text) as object;
    } catch {
      // Pages and metrics; tests of those read `text`.
    }
    return { status: response.status, headers: response.headers, text, body };
  };
  return {
    ...{ gateway, url: `${origin}/graphql`, supergraphPath, shelf, opinions, log, send },
    post: (body, headers) =>
      send({
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
    async stop() {
      await gateway.drain();
      await gateway.close();
      await Promise.all([shelf.stop(), opinions.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}
