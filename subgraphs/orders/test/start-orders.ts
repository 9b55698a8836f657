import { testCipher } from "@tradegraph/testkit/test-cipher";
import { createTestResources } from "@tradegraph/testkit/test-database";
import { type GraphQLAnswer, serveTestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { createModels as createProductModels } from "@tradegraph/products/models";
import { createProducts } from "@tradegraph/products/server";
import { afterAll, beforeAll } from "vitest";
import { createModels, type Models } from "../src/models.ts";
import { createOrders } from "../src/server.ts";
import { type FakeUsers, serveFakeUsers } from "./fake-users.ts";

type Resources = Awaited<ReturnType<typeof createTestResources>>;
type Served = Awaited<ReturnType<typeof serveTestSubgraph>>;

export interface StartedOrders {
  resources: Resources;
  subgraph: Served;
  models: Models;
  users: FakeUsers;
}

/** Nobody listens there: for tests that need no products. */
const nowhere = "http://127.0.0.1:9/graphql";

async function serveOrders(started: StartedOrders, productsUrl: string): Promise<void> {
  started.resources = await createTestResources("orders");
  started.users = await serveFakeUsers(started.resources);
  started.subgraph = await serveTestSubgraph(
    createOrders({ ...started.resources, cipher: testCipher, productsUrl, usersUrl: started.users.url }),
    started.resources,
  );
  started.models = createModels(started.resources.mongo.connection);
}

async function stopOrders({ subgraph, users, resources }: StartedOrders): Promise<void> {
  await subgraph.stop();
  await users.stop();
  await resources[Symbol.asyncDispose]();
}

/** Serves orders over a database of its own while the tests of a file run; the object is filled before the first. */
export function startOrders(): StartedOrders {
  const started = {} as StartedOrders;
  beforeAll(() => serveOrders(started, nowhere));
  afterAll(() => stopOrders(started));
  return started;
}

export interface StartedShop extends StartedOrders {
  products: { resources: Resources; subgraph: Served; models: ReturnType<typeof createProductModels> };
}

/** The same beside the real products subgraph. */
export function startShop(): StartedShop {
  const started = {} as StartedShop;
  beforeAll(async () => {
    const resources = await createTestResources("products");
    const subgraph = await serveTestSubgraph(createProducts(resources), resources);
    started.products = { resources, subgraph, models: createProductModels(resources.mongo.connection) };
    await serveOrders(started, subgraph.url);
  });
  afterAll(async () => {
    await stopOrders(started);
    await started.products.subgraph.stop();
    await started.products.resources[Symbol.asyncDispose]();
  });
  return started;
}

/** Codes of an answer's errors. */
export const codesOf = ({ errors }: GraphQLAnswer<unknown>): unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions.code);
