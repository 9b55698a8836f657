// Two instances of the gateway that learn of changes by Redis, over one users that is asked by signed requests.
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import { verifyRequest } from "@tradegraph/kit/internal-assertion";
import { createInternalClient, type InternalClient } from "@tradegraph/kit/internal-client";
import { createLogger } from "@tradegraph/kit/logger";
import { changedOperationsText, partnerOperationsChannel } from "@tradegraph/kit/partner-operations";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { type Viewer } from "@tradegraph/kit/viewer";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { openPartnerLists, type OpenPartnerLists } from "../src/operations/open-partner-lists.ts";
import { keys } from "./fake-graph.ts";

const logger = createLogger({ service: "test", level: "silent" });
const redisNamespace = `partner-lists-${process.pid}`;
const partnerId = "bbbbbbbbbbbbbbbbbbbbbbbb";
const viewer: Viewer = { tenantId: "acme", role: "partner", partnerId, scopes: [] };

/** What users has: the name of the only operation, which is its version too; undefined for no list. */
let current: string | undefined;
let asked = 0;

async function answer(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const requestId = String(request.headers["x-request-id"]);
  const signed = { audience: "users", method: "POST", path: "/graphql", body, requestId };
  const verified = verifyRequest(keys, request.headers, signed);
  if (!("viewer" in verified) || verified.viewer.tenantId !== "acme" || !verified.viewer.scopes.includes("api-keys"))
    return { errors: [{ message: "Forbidden.", extensions: { code: "FORBIDDEN" } }] };
  asked += 1;
  const operation = { operationId: "shop", name: current, type: "QUERY", body: `query ${current} { a }` };
  const lists = current === undefined ? [] : [{ id: "cccccccccccccccccccccccc", name: "v", operations: [operation] }];
  return { data: { partnerOperations: { version: current ?? "none", lists } } };
}
const server = createServer((request, response) => {
  void answer(request).then((result) => response.end(JSON.stringify(result)));
});

interface Instance extends OpenPartnerLists {
  users: InternalClient;
  redis: RedisClient;
}
const instances: Instance[] = [];
let control: RedisClient;
const connect = (name: string) => connectRedis({ url: String(inject("redisUri")), logger, name });
const subscribers = async () =>
  Number((await control.pubsub("NUMSUB", partnerOperationsChannel(redisNamespace)))[1] ?? 0);
const nameIn = async ({ lists }: Instance) => (await lists.listOf(viewer))?.find("shop")?.name;
const signal = () =>
  control.publish(
    partnerOperationsChannel(redisNamespace),
    changedOperationsText({ tenantId: viewer.tenantId, partnerId }),
  );
const listen = (port: number) => new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));

const prepare = () => Promise.resolve();

beforeAll(async () => {
  await listen(0);
  const { port } = server.address() as AddressInfo;
  control = connect(`${redisNamespace}-control`);
  for (const name of ["one", "two"]) {
    const url = `http://127.0.0.1:${port}/graphql`;
    const users = createInternalClient({ service: "users", url, keys, timeoutMs: 3_000 });
    const redis = connect(`${redisNamespace}-${name}`);
    instances.push({ users, redis, ...openPartnerLists({ users, prepare, redis, redisNamespace, logger }) });
  }
  await vi.waitUntil(async () => (await subscribers().catch(() => 0)) === 2, { timeout: 10_000 });
});
afterAll(async () => {
  for (const { close, users, redis } of instances) {
    await close();
    await users.close();
    redis.disconnect();
  }
  control.disconnect();
  server.closeAllConnections();
  server.close();
});

describe("a change of a partner's operations", () => {
  it("reaches every instance by its signal, from a first list to none", async () => {
    const all = () => Promise.all(instances.map(nameIn));
    expect(await all()).toEqual([undefined, undefined]);
    for (const next of ["First", "Second", undefined]) {
      current = next;
      await signal();
      await expect.poll(all, { timeout: 3_000 }).toEqual([next, next]);
    }
  });

  it("is noticed after Redis was away, when its signal was lost", async () => {
    const [one] = instances as [Instance];
    current = "Before";
    await signal();
    await expect.poll(() => nameIn(one)).toBe("Before");
    current = "Lost";
    expect(await nameIn(one)).toBe("Before");
    const clients = String(await control.client("LIST", "TYPE", "PUBSUB")).split("\n");
    for (const line of clients.filter((client) => client.includes(`name=${redisNamespace}-one`)))
      await control.client("KILL", "ID", Number(/^id=(\d+)/.exec(line)?.[1]));
    await expect.poll(() => nameIn(one), { timeout: 10_000 }).toBe("Lost");
    await vi.waitUntil(async () => (await subscribers()) === 2, { timeout: 10_000 });
  });

  it("is nothing when the signal names no partner of a shop", async () => {
    await Promise.all(instances.map(nameIn));
    const before = asked;
    const channel = partnerOperationsChannel(redisNamespace);
    for (const text of ["", "*", "x".repeat(10_000), partnerId, `platform ${partnerId}`, "acme *"])
      await control.publish(channel, text);
    current = "Marked";
    await signal();
    await expect.poll(() => Promise.all(instances.map(nameIn))).toEqual(["Marked", "Marked"]);
    expect(asked).toBe(before + 2);
  });
});

describe("while users is away", () => {
  it("known operations go on, whatever is signalled, and are read again when it is back", async () => {
    const [one] = instances as [Instance];
    const { port } = server.address() as AddressInfo;
    const known = await nameIn(one);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    try {
      await signal();
      await expect.poll(() => nameIn(one)).toBe(known);
      const stranger = { ...viewer, partnerId: "eeeeeeeeeeeeeeeeeeeeeeee" };
      await expect(one.lists.listOf(stranger)).rejects.toMatchObject({ extensions: { code: "SERVICE_UNAVAILABLE" } });
    } finally {
      await listen(port);
    }
    current = "Back";
    await signal();
    await expect.poll(() => nameIn(one), { timeout: 5_000 }).toBe("Back");
  });
});
