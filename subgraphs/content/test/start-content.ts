import { createTestResources } from "@tradegraph/testkit/test-database";
import { serveTestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll } from "vitest";
import { createModels, type Models } from "../src/models.ts";
import { createContent } from "../src/server.ts";

export interface StartedContent {
  resources: Awaited<ReturnType<typeof createTestResources>>;
  subgraph: Awaited<ReturnType<typeof serveTestSubgraph>>;
  models: Models;
}

/** Serves content over a database of its own while the tests of a file run; the object is filled before the first. */
export function startContent(): StartedContent {
  const started = {} as StartedContent;
  beforeAll(async () => {
    started.resources = await createTestResources("content");
    started.subgraph = await serveTestSubgraph(createContent(started.resources), started.resources);
    started.models = createModels(started.resources.mongo.connection);
  });
  afterAll(async () => {
    await started.subgraph.stop();
    await started.resources[Symbol.asyncDispose]();
  });
  return started;
}
