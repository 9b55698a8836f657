import { generateKeyPairSync } from "node:crypto";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { createTestResources } from "@tradegraph/testkit/test-database";
import { serveTestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll } from "vitest";
import { createLinks } from "../src/mail/links.ts";
import { type Mail } from "../src/mail/mail.ts";
import { type MailTransport } from "../src/mail/transport.ts";
import { createModels, type Models } from "../src/models.ts";
import { createUsers } from "../src/server.ts";
import { createTokenIssuer, fixedRing } from "../src/token-issuer.ts";

export interface StartedUsers {
  resources: Awaited<ReturnType<typeof createTestResources>>;
  subgraph: Awaited<ReturnType<typeof serveTestSubgraph>>;
  models: Models;
  /** Messages that were sent, oldest first. */
  mails: Mail[];
}

/** How long tokens of tests live. */
export const tokenLifetimeSeconds = 900;
export const refreshLifetimeSeconds = 3_600;

/** Serves users over a database of its own while the tests of a file run; the object is filled before the first. */
export function startUsers(
  options: { mail?: MailTransport; mailIntervalMs?: number; refusalPeriodMs?: number } = {},
): StartedUsers {
  const started = {} as StartedUsers;
  beforeAll(async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const tokens = createTokenIssuer({
      keys: await fixedRing(privateKey),
      issuer: "test-issuer",
      audience: "test-audience",
      lifetimeSeconds: tokenLifetimeSeconds,
      refreshLifetimeSeconds,
    });
    started.resources = await createTestResources("users");
    started.mails = [];
    const mail = { send: (sent: Mail) => Promise.resolve(void started.mails.push(sent)), close: () => undefined };
    const links = createLinks("https://shop.example");
    const subgraph = createUsers({
      ...started.resources,
      cipher: testCipher,
      links,
      mail: options.mail ?? mail,
      mailIntervalMs: options.mailIntervalMs ?? 50,
      ...(options.refusalPeriodMs !== undefined && { refusalPeriodMs: options.refusalPeriodMs }),
      tokens,
    });
    started.subgraph = await serveTestSubgraph(subgraph, started.resources);
    started.models = createModels(started.resources.mongo.connection);
  });
  afterAll(async () => {
    await started.subgraph.stop();
    await started.resources[Symbol.asyncDispose]();
  });
  return started;
}
