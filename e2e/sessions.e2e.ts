import { randomBytes } from "node:crypto";
import process from "node:process";
import { resolveRedis } from "@tradegraph/devservices/resolve-redis";
import { startRedis, type StartedRedis } from "@tradegraph/devservices/start-redis";
import { createGraphClient, type GraphClient } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoShop, type DemoShop, emailOf, leaver } from "./demo.ts";

interface Tokens {
  accessToken: string;
  refreshToken: string;
  userErrors: { __typename: string }[];
}

// A user of its own, because a server that is started anew has a new password; a Redis of its own, because it is killed.
const password = randomBytes(16).toString("hex");
const configuration = [`user tester on >${password} ~* &* +@all`];
let server: { binary: string };
let redis: StartedRedis;
let graph: TestGraph;
let shop: DemoShop;

beforeAll(async () => {
  const found = await resolveRedis({});
  if (found?.uri !== undefined || !found) throw new Error("This story needs a Redis of its own.");
  server = found;
  redis = await startRedis({ server, ephemeral: true, configuration });
  const REDIS_URL = `redis://tester:${password}@127.0.0.1:${redis.port}`;
  graph = await startGraph({ seed: true, extra: { REDIS_URL } });
  shop = demoShop(graph);
});

afterAll(async () => {
  await graph.stop();
  await redis.stop();
});

async function signIn(label: string): Promise<Tokens> {
  const input = { email: emailOf(shop.plan, label), password: graph.graph.secrets.demoPassword };
  const { login } = await shop.visitor.operation<{ login: Tokens }>("Login", { input });
  return login;
}

const refresh = async (refreshToken: string) => {
  const data = await shop.visitor.operation<{ tokenRefresh: Tokens }>("TokenRefresh", { input: { refreshToken } });
  return data.tokenRefresh;
};

const clientOf = ({ accessToken: token }: Tokens): GraphClient =>
  createGraphClient(graph.url, { token, tenant: shop.plan.tenantId });

/** `in` for an access token that counts, else the code of the refusal. */
async function stateOf(tokens: Tokens): Promise<string> {
  const { data, errors } = await clientOf(tokens).execute<{ me: { id: string } | null }>("{ me { id } }");
  return data?.me ? "in" : String(errors?.[0]?.extensions.code);
}

const refused = "UNAUTHENTICATED";
const usersOf = () => graph.mongo.db(graph.databaseOf("users"));

describe("logout", () => {
  it("makes the access token useless at once, and leaves other sessions alone", async () => {
    const [here, there] = [await signIn("buyer"), await signIn("buyer")];
    for (let n = 0; n < 3; n += 1) expect([await stateOf(here), await stateOf(there)]).toEqual(["in", "in"]);
    await clientOf(here).operation("Logout");
    expect([await stateOf(here), await stateOf(there)]).toEqual([refused, "in"]);
    expect((await refresh(here.refreshToken)).userErrors).toMatchObject([{ __typename: "InvalidTokenError" }]);
  });

  it("ends every session of the person and of nobody else", async () => {
    const own = [await signIn("approver"), await signIn("approver"), await signIn("approver")];
    const other = await signIn("supplier");
    for (const tokens of [...own, other]) expect(await stateOf(tokens)).toBe("in");
    const [first] = own;
    if (!first) throw new Error("Nobody signed in.");
    const { logout } = await clientOf(first).operation<{ logout: { ended: number } }>("Logout", { everywhere: true });
    expect(logout.ended).toBeGreaterThanOrEqual(3);
    expect(await Promise.all(own.map(stateOf))).toEqual([refused, refused, refused]);
    expect(await stateOf(other)).toBe("in");
  });
});

describe("a refresh token that is used twice", () => {
  it("ends the family: neither thief nor owner goes on", async () => {
    const first = await signIn("buyer");
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.refreshToken);
    expect(await stateOf(third)).toBe("in");
    expect((await refresh(first.refreshToken)).userErrors).toMatchObject([{ __typename: "InvalidTokenError" }]);
    expect(await Promise.all([first, second, third].map(stateOf))).toEqual([refused, refused, refused]);
    expect((await refresh(third.refreshToken)).userErrors).toMatchObject([{ __typename: "InvalidTokenError" }]);
  });
});

describe("a person whose account is closed", () => {
  it("is refused with every token, and cannot come back", async () => {
    const tokens = await signIn(leaver);
    expect(await stateOf(tokens)).toBe("in");
    await clientOf(tokens).expectData("mutation { userDeactivate { userErrors { message } } }");
    expect(await stateOf(tokens)).toBe(refused);
    expect((await refresh(tokens.refreshToken)).userErrors).toMatchObject([{ __typename: "InvalidTokenError" }]);
    expect((await signIn(leaver)).userErrors).toMatchObject([{ __typename: "InvalidCredentialsError" }]);
  });

  it("is refused even when only the account says so, as soon as the token is refreshed", async () => {
    const tokens = await signIn("supplier");
    const users = usersOf().collection("users");
    const emailLower = emailOf(shop.plan, "supplier").toLowerCase();
    const filter = { tenantId: shop.plan.tenantId, emailLower };
    await users.updateOne(filter, { $set: { isActive: false } });
    expect((await refresh(tokens.refreshToken)).userErrors).toMatchObject([{ __typename: "InvalidTokenError" }]);
    expect(await stateOf(tokens)).toBe(refused);
    await users.updateOne(filter, { $set: { isActive: true } });
  });
});

describe("Redis that is killed in the middle of traffic and comes back empty", () => {
  it("makes no revoked token work again, and refuses nobody else", async () => {
    const [gone, stays] = [await signIn("buyer"), await signIn("buyer")];
    for (let n = 0; n < 3; n += 1) expect([await stateOf(gone), await stateOf(stays)]).toEqual(["in", "in"]);
    await clientOf(gone).operation("Logout");
    const seen = { gone: new Set<string>(), stays: new Set<string>() };
    let done = false;
    const traffic = (async () => {
      while (!done) {
        seen.gone.add(await stateOf(gone));
        seen.stays.add(await stateOf(stays));
      }
    })();
    process.kill(redis.process.pid, "SIGKILL");
    await redis.process.exited;
    // Ended while there is no Redis to be told.
    const during = await signIn("buyer");
    expect(await stateOf(during)).toBe("in");
    await clientOf(during).operation("Logout");
    expect(await stateOf(during)).toBe(refused);
    const { port } = redis;
    await redis.stop();
    redis = await startRedis({ server, ephemeral: true, port, configuration });
    await expect.poll(isBack, { timeout: 20_000, interval: 200 }).toBe(true);
    for (let n = 0; n < 10; n += 1) {
      expect([await stateOf(gone), await stateOf(during), await stateOf(stays)]).toEqual([refused, refused, "in"]);
    }
    done = true;
    await traffic;
    expect(seen).toEqual({ gone: new Set([refused]), stays: new Set(["in"]) });
  });

  /** `/ready?all=1` of both programs asks Redis too. */
  async function isBack(): Promise<boolean> {
    const answers = await Promise.all(
      [graph.graph.ports.gateway, graph.graph.ports.users].map((port) => fetch(`http://127.0.0.1:${port}/ready?all=1`)),
    );
    return answers.every(({ ok }) => ok);
  }
});
