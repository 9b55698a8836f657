// The whole graph in one process, on databases of its own: the four subgraphs as their programs make them, and the
// gateway in front. Tokens are made here for whoever a test wants, so that thousands of requests need no passwords.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { createModels as createContentModels } from "@tradegraph/content/models";
import { createContent } from "@tradegraph/content/server";
import { createGateway } from "@tradegraph/gateway/server";
import { jwksPath } from "@tradegraph/kit/access-token";
import { type RequestContext } from "@tradegraph/kit/admission";
import { createMetrics } from "@tradegraph/kit/metrics";
import { type Subgraph, type SubgraphResources } from "@tradegraph/kit/subgraph";
import { type Viewer } from "@tradegraph/kit/viewer";
import { createModels as createOrderModels } from "@tradegraph/orders/models";
import { createOrders } from "@tradegraph/orders/server";
import { createModels as createProductModels } from "@tradegraph/products/models";
import { createProducts } from "@tradegraph/products/server";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { createTestResources, silentLogger, testKeys } from "@tradegraph/testkit/test-database";
import { type GraphQLAnswer, serveTestSubgraph, type TestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { createLinks } from "@tradegraph/users/mail/links";
import { type Mail } from "@tradegraph/users/mail/mail";
import { createModels as createUserModels } from "@tradegraph/users/models";
import { createUsers } from "@tradegraph/users/server";
import { createTokenIssuer, fixedRing, type SignedInViewer } from "@tradegraph/users/token-issuer";
import { type mongo } from "mongoose";

export const subgraphNames = ["products", "orders", "users", "content"] as const;
export type SubgraphName = (typeof subgraphNames)[number];

type Resources = Awaited<ReturnType<typeof createTestResources>>;

export interface InProcessGraph {
  /** GraphQL endpoint of the gateway. */
  url: string;
  subgraphs: Record<SubgraphName, TestSubgraph>;
  models: {
    products: ReturnType<typeof createProductModels>;
    orders: ReturnType<typeof createOrderModels>;
    users: ReturnType<typeof createUserModels>;
    content: ReturnType<typeof createContentModels>;
  };
  /** Database and client of each subgraph. */
  databases: Record<SubgraphName, mongo.Db>;
  clients: Record<SubgraphName, mongo.MongoClient>;
  /** An access token as users would make it. @throws Error for who has none, such as visitors */
  tokenOf: (viewer: Viewer) => Promise<string>;
  /** Sends an operation to the gateway with the viewer's token, or as a visitor of the viewer's tenant. */
  ask: (viewer: Viewer, query: string, variables?: object) => Promise<GraphQLAnswer>;
  /** Messages that were sent, oldest first. */
  mails: Mail[];
  stop: () => Promise<void>;
}

/** Workers that are connections, which requests need; all others would write at times of their own. */
const needed = /^client of /;

/** Serves without the workers: what changes in a database is what a request did. */
async function serveAlone<C extends RequestContext>(subgraph: Subgraph<C>, resources: SubgraphResources) {
  const workers = subgraph.workers ?? [];
  await Promise.all(workers.filter(({ name }) => !needed.test(name)).map((worker) => worker.stop()));
  const served = { ...subgraph, workers: workers.filter(({ name }) => needed.test(name)) };
  return serveTestSubgraph(served, resources);
}

async function createTokens() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const rules = { issuer: "access-tests", audience: "access-tests" };
  const keys = await fixedRing(privateKey);
  return { rules, issuer: createTokenIssuer({ ...rules, keys, lifetimeSeconds: 900, refreshLifetimeSeconds: 3_600 }) };
}

const databaseOf = ({ mongo: { connection } }: Resources): mongo.Db => {
  if (!connection.db) throw new Error("The test database is not connected.");
  return connection.db;
};

async function startSubgraphs(tokens: ReturnType<typeof createTokenIssuer>, mails: Mail[]) {
  const [products, orders, users, content] = await Promise.all([
    createTestResources("products"),
    createTestResources("orders"),
    createTestResources("users"),
    createTestResources("content"),
  ]);
  const mail = { send: (sent: Mail) => Promise.resolve(void mails.push(sent)), close: () => undefined };
  const links = createLinks("https://shop.example");
  const cipher = testCipher;
  const served = {
    products: await serveAlone(createProducts(products), products),
    users: await serveAlone(createUsers({ ...users, cipher, links, mail, tokens }), users),
    content: await serveAlone(createContent(content), content),
  };
  const { products: shelf, users: people } = served;
  const urls = { productsUrl: shelf.url, usersUrl: people.url };
  return {
    resources: { products, orders, users, content },
    subgraphs: { ...served, orders: await serveAlone(createOrders({ ...orders, cipher, ...urls }), orders) },
  };
}

/** Starts everything; nothing of it looks at sessions, because nobody signs in here. */
export async function startInProcessGraph(): Promise<InProcessGraph> {
  const tokens = await createTokens();
  const mails: Mail[] = [];
  const { resources, subgraphs } = await startSubgraphs(tokens.issuer, mails);
  const entries = <T>(pick: (name: SubgraphName) => T) =>
    Object.fromEntries(subgraphNames.map((name) => [name, pick(name)])) as Record<SubgraphName, T>;
  const gateway = await createGateway({
    supergraphPath: resolve(import.meta.dirname, "../../schema/generated/supergraph.graphql"),
    subgraphUrls: entries((name) => subgraphs[name].url),
    keys: testKeys,
    tokens: { ...tokens.rules, jwksUrl: subgraphs.users.url.replace("/graphql", jwksPath) },
    usersUrl: subgraphs.users.url,
    sessions: undefined,
    tenants: { hosts: {}, trustHeader: true },
    logger: silentLogger,
    metrics: createMetrics("gateway"),
  });
  const url = `http://127.0.0.1:${await gateway.listen(0, "127.0.0.1")}/graphql`;
  const made = new Map<string, Promise<string>>();
  const tokenOf = (viewer: Viewer): Promise<string> => {
    const { userId, role } = viewer;
    if (userId === undefined || !["customer", "supplier", "admin"].includes(role))
      throw new Error(`There are no access tokens for the role ${role}.`);
    const key = JSON.stringify(viewer);
    const named = { sessionId: "5e55105e55105e55105e5510", ...viewer } as SignedInViewer;
    const token =
      made.get(key) ?? tokens.issuer.issue(named, Math.floor(Date.now() / 1_000)).then((t) => t.accessToken);
    made.set(key, token);
    return token;
  };
  return {
    url,
    subgraphs,
    models: {
      products: createProductModels(resources.products.mongo.connection),
      orders: createOrderModels(resources.orders.mongo.connection),
      users: createUserModels(resources.users.mongo.connection),
      content: createContentModels(resources.content.mongo.connection),
    },
    databases: entries((name) => databaseOf(resources[name])),
    clients: entries((name) => resources[name].mongo.connection.getClient()),
    mails,
    tokenOf,
    async ask(viewer, query, variables = {}) {
      const credentials: Record<string, string> =
        viewer.userId === undefined
          ? { "x-tenant-id": viewer.tenantId }
          : { authorization: `Bearer ${await tokenOf(viewer)}` };
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", "x-request-id": randomUUID(), ...credentials },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as GraphQLAnswer;
    },
    async stop() {
      await gateway.drain();
      await gateway.close();
      // Orders calls the others, so it goes first.
      await subgraphs.orders.stop();
      await Promise.all(subgraphNames.filter((name) => name !== "orders").map((name) => subgraphs[name].stop()));
      await Promise.all(Object.values(resources).map((one) => one[Symbol.asyncDispose]()));
    },
  };
}
