import { randomUUID } from "node:crypto";
import { type RequestContext } from "@tradegraph/kit/admission";
import { serveSubgraph, type ServedSubgraph, type Subgraph, type SubgraphResources } from "@tradegraph/kit/subgraph";
import { signRequest } from "@tradegraph/kit/internal-assertion";
import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { testKeys } from "./test-database.ts";

/** Tenant of tests that need only one. */
export const testTenant = "acme";

export interface GraphQLAnswer<T = Record<string, unknown>> {
  data?: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

export interface Execution {
  query: string;
  variables?: Record<string, unknown>;
  viewer?: Viewer;
  /** Beside those of the signature. */
  headers?: Record<string, string>;
  /** Keeps the extensions of the answer; else it has data and errors alone, so that answers can be compared. */
  withExtensions?: boolean;
}

export interface TestSubgraph extends ServedSubgraph {
  /** Sends a signed request as the gateway would, for an anonymous visitor unless told. */
  execute: <T = Record<string, unknown>>(execution: Execution) => Promise<GraphQLAnswer<T>>;
  /** The same, and fails the test when the answer has errors. */
  expectData: <T = Record<string, unknown>>(execution: Execution) => Promise<T>;
}

/** Serves a subgraph on a free port of the loopback interface. */
export async function serveTestSubgraph<C extends RequestContext>(
  subgraph: Subgraph<C>,
  resources: SubgraphResources,
): Promise<TestSubgraph> {
  const served = await serveSubgraph(subgraph, resources, { host: "127.0.0.1", port: 0 });
  const execute = <T>(execution: Execution) => send<T>(resources.name, served.url, execution);
  return {
    ...served,
    execute,
    async expectData<T>(execution: Execution) {
      const answer = await execute<T>(execution);
      if (answer.errors || !answer.data) throw new Error(failureText(execution, answer));
      return answer.data;
    },
  };
}

async function send<T>(
  audience: string,
  url: string,
  { query, variables = {}, viewer = anonymousViewer(testTenant), headers = {}, withExtensions }: Execution,
): Promise<GraphQLAnswer<T>> {
  const body = JSON.stringify({ query, variables });
  const signed = signRequest(testKeys, viewer, {
    ...{ audience, method: "POST", path: "/graphql", body, requestId: randomUUID() },
  });
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: { ...headers, ...signed, "content-type": "application/json" },
  });
  const { extensions, ...answer } = (await response.json()) as GraphQLAnswer<T>;
  return withExtensions && extensions ? { ...answer, extensions } : answer;
}

/** Everything that a reader of a failed test wants to know. */
export const failureText = ({ query, variables }: Execution, answer: GraphQLAnswer<unknown>): string =>
  `The answer has errors.\n${JSON.stringify(answer.errors, null, 2)}\nQuery:\n${query}\nVariables: ${JSON.stringify(variables)}`;
