// Everything that people do in the shop, all the time and at once, until somebody has seen enough.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readOperation } from "@tradegraph/testkit/graph-client";
import { type TestGraph } from "@tradegraph/testkit/start-graph";
import { expect, vi } from "vitest";
import { createTrail, type Trail } from "./audit-trail.ts";
import { type DemoShop, emailOf } from "./demo.ts";
import { address } from "./runs/shop-runs.ts";

interface Tokens {
  accessToken: string | null;
  refreshToken: string | null;
}

const me = "query Who { me { id } products(first: 1) { nodes { id } } }";
const rename = `mutation Rename($name: String) { userUpdate(input: { firstName: $name }) { user { firstName } } }`;
const texts = ["OrderPlace", "Login", "Logout", "TokenRefresh", "SessionRevoke"] as const;

export interface Traffic {
  trail: Trail;
  /** How often each kind of thing came about. */
  done: Record<string, number>;
  /** Every kind of thing comes about some more times. */
  goesOn: () => Promise<void>;
  /** Tokens that were taken back. */
  revoked: Tokens[];
  /** Those of them that let somebody in afterwards. */
  cameIn: string[];
  stop: () => Promise<void>;
}

/** @param kinds of things to do; all of them without it */
export async function startTraffic(graph: TestGraph, shop: DemoShop, kinds?: readonly string[]): Promise<Traffic> {
  const trail = createTrail(graph, shop.plan.tenantId);
  const { send } = trail;
  const query = Object.fromEntries(
    await Promise.all(texts.map(async (name) => [name, await readOperation(name)] as const)),
  ) as Record<(typeof texts)[number], string>;
  const done: Record<string, number> = {};
  const revoked: Tokens[] = [];
  const cameIn: string[] = [];
  const stopping = new AbortController();
  const buyer = await shop.as("buyer");
  const writer = await shop.as("supplier");

  const signIn = async (label: string): Promise<Tokens | undefined> => {
    const input = { email: emailOf(shop.plan, label), password: graph.graph.secrets.demoPassword };
    return (await send<{ login: Tokens }>(query.Login, { input }))?.login;
  };
  const onSale = Array.from({ length: 400 }, (_, n) => n).filter((n) => {
    const { isActive, postAs, moq } = shop.plan.product(n);
    return isActive && postAs === "seller" && moq === 1;
  });
  let tried = 0;
  const order = () => {
    const product = onSale[(tried += 1) % onSale.length] ?? 0;
    const lines = [{ productId: shop.plan.id("product", product).toHexString(), quantity: 1 }];
    return { key: randomUUID(), input: { lines, shippingAddress: address, paymentMethod: "INVOICE" } };
  };

  /** Each says whether it came about. */
  const all: Record<string, () => Promise<boolean>> = {
    read: async () => (await send<{ me: object | null }>(me, {}, buyer.token))?.me != null,
    order: async () => {
      const placed = await send<{ orderPlace: { order: object | null } }>(query.OrderPlace, order(), buyer.token);
      return placed?.orderPlace.order != null;
    },
    write: async () => (await send(rename, { name: `Ada ${done.write ?? 0}` }, writer.token)) !== undefined,
    logout: async () => {
      const tokens = await signIn("approver");
      if (!tokens?.accessToken || !(await send(query.Logout, {}, tokens.accessToken))) return false;
      revoked.push(tokens);
      return true;
    },
    refresh: async () => {
      const tokens = await signIn("approver");
      if (!tokens) return false;
      const input = { refreshToken: tokens.refreshToken };
      const next = await send<{ tokenRefresh: Tokens }>(query.TokenRefresh, { input });
      return next?.tokenRefresh.accessToken != null;
    },
    revocation: async () => {
      const [here, there] = [await signIn("company admin"), await signIn("company admin")];
      if (!here?.accessToken || !there?.accessToken) return false;
      const id = sessionOf(there.accessToken);
      const ended = await send<{ sessionRevoke: { ended: number } }>(query.SessionRevoke, { id }, here.accessToken);
      if (ended?.sessionRevoke.ended !== 1) return false;
      revoked.push(there);
      return true;
    },
  };
  const chosen = Object.entries(all).filter(([kind]) => kinds?.includes(kind) ?? true);
  const working = chosen.map(async ([kind, work]) => {
    while (!stopping.signal.aborted) {
      if (await work()) done[kind] = (done[kind] ?? 0) + 1;
      await sleep(20);
    }
  });
  const watching = (async () => {
    for (let n = 0; !stopping.signal.aborted; n += 1) {
      const tokens = revoked[n % Math.max(revoked.length, 1)];
      if (tokens?.accessToken && (await send<{ me: object | null }>(me, {}, tokens.accessToken))?.me)
        cameIn.push(tokens.accessToken);
      const input = { refreshToken: tokens?.refreshToken };
      // A refresh token that was taken back, now and then: it costs an entry each time.
      if (n % 10 === 0 && tokens) {
        const next = await send<{ tokenRefresh: Tokens }>(query.TokenRefresh, { input });
        if (next?.tokenRefresh.accessToken) cameIn.push(String(tokens.refreshToken));
      }
      await sleep(5);
    }
  })();

  return {
    ...{ trail, done, revoked, cameIn },
    async goesOn() {
      const before = { ...done };
      const still = () => chosen.map(([kind]) => kind).filter((kind) => (done[kind] ?? 0) - (before[kind] ?? 0) < 2);
      await vi.waitFor(() => expect(still()).toEqual([]), { timeout: 60_000, interval: 50 });
    },
    async stop() {
      stopping.abort();
      await Promise.all([...working, watching]);
    },
  };
}

const sessionOf = (accessToken: string) =>
  (JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString("utf8")) as { sid: string }).sid;
