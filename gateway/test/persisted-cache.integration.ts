// Operations by id and kept answers: an id is nothing but another spelling of its text.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { listOperations } from "../src/operations/listed-operations.ts";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { type ManifestFolder, makeManifestFolder, operation, rulesWith } from "./manifest-folder.ts";
import { startWholeResponseStage, type WholeResponseStage } from "./whole-response-stage.ts";

const itemQuery = "query Item($id: ID!) { item(id: $id) { id stock label } }";
const item = operation(itemQuery);
const change = operation("mutation Change($id: ID!) { changeStock(id: $id) }");
const partnerA = "aaaaaaaaaaaaaaaaaaaaaaaa";
const partnerB = "bbbbbbbbbbbbbbbbbbbbbbbb";
const lists = new Map([
  [partnerA, listOperations({ owner: partnerA, operations: [operation(itemQuery, { id: "report" })] })],
  [
    partnerB,
    listOperations({
      owner: partnerB,
      operations: [operation("query Item($id: ID!) { items(of: $id) { id } }", { id: "report" })],
    }),
  ],
]);

let stage: WholeResponseStage;
let users: FakeUsers;
let folder: ManifestFolder;
beforeAll(async () => {
  [users, folder] = await Promise.all([startFakeUsers(), makeManifestFolder()]);
  await folder.write("storefront", [item, change]);
  stage = await startWholeResponseStage(
    String(inject("redisUri")),
    {},
    {
      usersUrl: users.url,
      apiKeys: { redisNamespace: randomUUID() },
      operations: {
        ...rulesWith([folder.path], { app: "log", partner: "ids-only" }),
        partnerLists: { listOf: ({ partnerId = "" }) => lists.get(partnerId) },
      },
    },
  );
});
afterAll(async () => {
  await stage.stop();
  await users.stop();
  await folder.remove();
});

/** Each test has an item of its own. */
let id = "0";
beforeEach(() => {
  id = String(Number(id) + 1);
  stage.shop.calls.length = 0;
});
const byId = (documentId: string, headers: Record<string, string> = {}) =>
  stage.ask("", { body: JSON.stringify({ documentId, variables: { id } }), headers });
const byText = () => stage.ask(itemQuery, { variables: { id } });
async function byPath(path: string) {
  const search = new URLSearchParams({ variables: JSON.stringify({ id }) });
  const response = await fetch(`${stage.urls[0] ?? ""}/${path}?${search}`, {
    headers: { "apollo-require-preflight": "1" },
  });
  return { text: await response.text(), headers: response.headers };
}

describe("an answer that was kept", () => {
  it("for a text is shown for its id, by POST and GET, and the other way round", async () => {
    const miss = await byText();
    expect(miss.cache).toContain("stored");
    const asked = stage.shop.calls.length;
    for (const answer of [await byId(item.id), await byId(`sha256:${item.id}`), await byId(item.id)]) {
      expect(answer.cache).toMatch(/; hit;/);
      expect(answer.text).toBe(miss.text);
      expect(answer.headers.etag).toBe(miss.headers.etag);
    }
    const got = await byPath(`${item.id}/Item`);
    expect(got.text).toBe(miss.text);
    expect(got.headers.get("cache-status")).toMatch(/; hit;/);
    expect(got.headers.get("cache-control")).toBe("max-age=60, public");
    expect(stage.shop.calls).toHaveLength(asked);

    id = `${id}-second`;
    const first = await byPath(item.id);
    const text = await byText();
    expect(text.cache).toMatch(/; hit;/);
    expect(text.text).toBe(first.text);
  });

  it("is forgotten when a mutation by id changes what it shows", async () => {
    await byId(item.id);
    expect((await byId(item.id)).cache).toMatch(/; hit;/);
    expect((await byId(change.id)).status).toBe(200);
    expect(JSON.parse((await byId(item.id)).text)).toMatchObject({ data: { item: { stock: 2 } } });
  });

  it("for the id of one partner is nothing to the same id of another", async () => {
    const keyOf = (partnerId: string) => ({ "x-api-key": users.addKey({ partnerId, keyId: partnerId }).secret });
    const [keyA, keyB] = [keyOf(partnerA), keyOf(partnerB)];
    for (const turn of [1, 2, 3]) {
      const [a, b] = await Promise.all([byId("report", keyA), byId("report", keyB)]);
      expect([turn, Object.keys((JSON.parse(a.text) as { data: object }).data)]).toEqual([turn, ["item"]]);
      expect([turn, Object.keys((JSON.parse(b.text) as { data: object }).data)]).toEqual([turn, ["items"]]);
    }
  });

  it("is not shown for a body that spells the address of who got it", async () => {
    const search = `?${new URLSearchParams({ query: itemQuery, variables: JSON.stringify({ id }) })}`;
    const headers = { "apollo-require-preflight": "1" };
    const get = () => fetch(`${stage.urls[0] ?? ""}${search}`, { headers }).then((response) => response.headers);
    await get();
    expect((await get()).get("cache-status")).toMatch(/; hit;/);
    await byPath(`${item.id}/Item`);
    const variables = new URLSearchParams({ variables: JSON.stringify({ id }) });
    for (const body of [search, `/${item.id}/Item?${variables}`]) {
      const answer = await stage.ask("", { body });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
    }
  });

  it("is not shown for an id that the caller does not have", async () => {
    await byText();
    const { secret } = users.addKey({ partnerId: partnerA, keyId: partnerA });
    const answer = await byId(item.id, { "x-api-key": secret });
    expect(answer.status).toBe(404);
    expect(answer.headers["cache-control"]).toBe("private, no-store");
  });
});
