// Credentials that were good once: replayed, stolen, taken back, or used from where they may not be.
import { readOperation } from "@tradegraph/testkit/graph-client";
import mongoose from "mongoose";
import {
  type Attack,
  ownChange,
  payloadOf,
  refresh,
  type Scene,
  send,
  signIn,
  type Tokens,
  unauthenticated,
} from "./attack.ts";
import { emailOf, leaver } from "../demo.ts";
import { withToken } from "./forged-tokens.ts";

const invalidToken = { status: 200, code: "InvalidTokenError" };

/** Longer than a token that was used may be used once more. */
const graceMs = 20_000;

const users = ({ graph }: Scene) => graph.mongo.db(graph.databaseOf("users"));
const sessionOf = ({ accessToken }: Tokens) => ({
  _id: new mongoose.Types.ObjectId(String(payloadOf(accessToken).sid)),
});

/** Signs in, exchanges the refresh token once, and lets the grace pass. @returns the tokens before and after */
async function exchanged(scene: Scene): Promise<[before: Tokens, after: Tokens]> {
  const before = await signIn(scene, "supplier");
  const after = await refresh(scene, before);
  const at = new Date(Date.now() - graceMs);
  await users(scene)
    .collection("sessions")
    .updateOne(sessionOf(before), { $set: { "previous.at": at } });
  return [before, after];
}

async function sendAsVisitor({ graph, shop }: Scene, operation: string, variables: object) {
  const body = JSON.stringify({ query: await readOperation(operation), variables });
  return send(graph.url, { "x-tenant-id": shop.plan.tenantId }, body);
}

const sendRefresh = (scene: Scene, { refreshToken }: Tokens) =>
  sendAsVisitor(scene, "TokenRefresh", { input: { refreshToken } });

const reuse = { source: "users", action: "token.reused" } as const;
const dead = { source: "users", action: "token.refused" } as const;
const ended = { source: "gateway", action: "request.refused", code: "SESSION_ENDED" } as const;

/** What is left of a family of tokens of which one was used twice. */
const afterReuse = (act: (scene: Scene, after: Tokens) => ReturnType<typeof send>) => async (scene: Scene) => {
  const [before, after] = await exchanged(scene);
  await sendRefresh(scene, before);
  return () => act(scene, after);
};

const refreshes: Attack[] = [
  {
    name: "a refresh token that is used again after the grace",
    async prepare(scene) {
      const [before] = await exchanged(scene);
      return () => sendRefresh(scene, before);
    },
    refused: invalidToken,
    told: reuse,
    changes: ["sessions"],
  },
  {
    name: "the refresh token of a thief whose victim has used the same",
    prepare: afterReuse(sendRefresh),
    refused: invalidToken,
    told: dead,
  },
  {
    name: "the access token of a thief whose victim has used the same refresh token",
    prepare: afterReuse((scene, { accessToken }) => withToken(scene, accessToken)),
    refused: unauthenticated,
    told: ended,
  },
  {
    name: "a refresh token that nobody was given",
    async prepare(scene) {
      const { refreshToken, accessToken } = await signIn(scene, "supplier");
      const guessed = refreshToken.replace(/_[\w-]{43}$/, `_${"A".repeat(43)}`);
      return () => sendRefresh(scene, { accessToken, refreshToken: guessed });
    },
    refused: invalidToken,
    told: dead,
  },
];

/** An access token after something was done to its session or its person. */
const outlived = (name: string, end: (scene: Scene, tokens: Tokens) => Promise<unknown>, label = "buyer"): Attack => ({
  name,
  async prepare(scene) {
    const tokens = await signIn(scene, label);
    // Known to be good, so that somebody has to take that back.
    await withToken(scene, tokens.accessToken, { "x-tenant-id": scene.shop.plan.tenantId });
    await end(scene, tokens);
    return () => withToken(scene, tokens.accessToken);
  },
  refused: unauthenticated,
  told: ended,
});

const mutate = (scene: Scene, { accessToken }: Tokens, query: string) =>
  send(scene.graph.url, { authorization: `Bearer ${accessToken}` }, JSON.stringify({ query }));

const sessions: Attack[] = [
  outlived("the token of somebody who has signed out", (scene, tokens) =>
    mutate(scene, tokens, "mutation { logout { ended } }"),
  ),
  outlived(
    "the token of a closed account",
    (scene, tokens) => mutate(scene, tokens, "mutation { userDeactivate { userErrors { __typename } } }"),
    leaver,
  ),
  {
    name: "the token of a session that is gone",
    async prepare(scene) {
      const tokens = await signIn(scene, "buyer");
      await users(scene).collection("sessions").deleteOne(sessionOf(tokens));
      return () => withToken(scene, tokens.accessToken);
    },
    refused: unauthenticated,
    told: ended,
  },
  {
    name: "the right password of a closed account",
    prepare: (scene) => Promise.resolve(() => logIn(scene, emailOf(scene.shop.plan, leaver))),
    refused: { status: 200, code: "InvalidCredentialsError" },
    told: { source: "users", action: "login.refused", code: "INVALID_CREDENTIALS" },
  },
  {
    name: "the right password after too many wrong ones",
    async prepare(scene) {
      const email = `nobody-${String(Date.now())}@alpenmarkt.example`;
      for (let n = 0; n < 5; n += 1) await logIn(scene, email, "wrong, sorry");
      // The first pause is over before its turn comes.
      const locked = { lockedUntil: { $gt: new Date() } };
      const lockedUntil = new Date(Date.now() + 600_000);
      await users(scene).collection("signInAttempts").updateMany(locked, { $set: { lockedUntil } });
      return () => logIn(scene, email);
    },
    refused: { status: 200, code: "TooManyAttemptsError" },
    told: { source: "users", action: "login.locked", code: "TOO_MANY_ATTEMPTS" },
  },
];

const logIn = (scene: Scene, email: string, password = scene.graph.graph.secrets.demoPassword) =>
  sendAsVisitor(scene, "Login", { input: { email, password } });

interface Made {
  secret: string;
  apiKey: { id: string };
}

/** A new partner's key, which the gateway has not seen yet. */
async function newKey(scene: Scene, name: string, allowedAddresses: string[] = []): Promise<Made> {
  const admin = await scene.shop.as("admin");
  const contactEmail = "it@partner.example";
  const { partnerCreate } = await admin.operation<{ partnerCreate: { partner: { id: string } } }>(
    "PartnerCreate",
    { input: { name, contactEmail } },
    "backoffice",
  );
  const input = { partnerId: partnerCreate.partner.id, name, scopes: ["CATALOGUE_READ"], allowedAddresses };
  const { apiKeyCreate } = await admin.operation<{ apiKeyCreate: Made }>("ApiKeyCreate", { input }, "backoffice");
  return apiKeyCreate;
}

const withKey = (scene: Scene, key: string) => send(scene.graph.url, { "x-api-key": key }, ownChange);
const key = (code: string) => ({ source: "gateway", action: "apiKey.refused", code }) as const;

const keys: Attack[] = [
  {
    name: "an API key that was taken back",
    async prepare(scene) {
      const { secret, apiKey } = await newKey(scene, "Taken back");
      const admin = await scene.shop.as("admin");
      await admin.operation("ApiKeyRevoke", { id: apiKey.id }, "backoffice");
      return () => withKey(scene, secret);
    },
    refused: unauthenticated,
    told: key("API_KEY_UNKNOWN"),
  },
  {
    name: "an API key from a forbidden address",
    async prepare(scene) {
      const { secret } = await newKey(scene, "From elsewhere", ["192.0.2.0/24"]);
      return () => withKey(scene, secret);
    },
    refused: unauthenticated,
    told: key("API_KEY_ADDRESS"),
    // That somebody has tried it is noted before the address is looked at.
    changes: ["partners"],
  },
];

export const stolenCredentials: Attack[] = [...refreshes, ...sessions, ...keys];
