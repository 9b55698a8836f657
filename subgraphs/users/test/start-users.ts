import { generateKeyPairSync } from "node:crypto";
import { createTestResources } from "@tradegraph/testkit/test-database";
import { serveTestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll } from "vitest";
import { createModels, type Models } from "../src/models.ts";
import { createUsers } from "../src/server.ts";
import { createTokenIssuer } from "../src/token-issuer.ts";

export interface StartedUsers {
  resources: Awaited<ReturnType<typeof createTestResources>>;
  subgraph: Awaited<ReturnType<typeof serveTestSubgraph>>;
  models: Models;
}

/** How long tokens of tests live. */
export const tokenLifetimeSeconds = 900;

/** Serves users over a database of its own while the tests of a file run; the object is filled before the first. */
export function startUsers(): StartedUsers {
  const started = {} as StartedUsers;
  beforeAll(async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const tokens = await createTokenIssuer({
      privateKey,
      issuer: "test-issuer",
      audience: "test-audience",
      lifetimeSeconds: tokenLifetimeSeconds,
    });
    started.resources = await createTestResources("users");
    started.subgraph = await serveTestSubgraph(createUsers(started.resources, tokens), started.resources);
    started.models = createModels(started.resources.mongo.connection);
  });
  afterAll(async () => {
    await started.subgraph.stop();
    await started.resources[Symbol.asyncDispose]();
  });
  return started;
}
