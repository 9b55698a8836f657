// What operations by id and texts without one are worth to whom, and where the ids come from.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createMetrics } from "@tradegraph/kit/metrics";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { makeManifestFolder, operation, rulesWith } from "./manifest-folder.ts";
import {
  get,
  latest,
  ofA,
  onlyOfA,
  type PersistedStage,
  refusalOf,
  relay,
  startPersistedStage,
} from "./persisted-stage.ts";
import { startTestGateway } from "./start-gateway.ts";

let stage: PersistedStage;
beforeAll(async () => {
  stage = await startPersistedStage();
});
beforeEach(() => {
  stage.clear();
});
afterAll(() => stage.stop());

describe("what a text is worth", () => {
  const query = "{ whoami }";

  it("everything where the mode is off", async () => {
    expect((await stage.open.post({ query })).status).toBe(200);
    expect((await stage.open.post({ query })).status).toBe(200);
    expect((await get(stage.open, `/graphql?query=${query}`)).status).toBe(200);
  });

  it("nothing where ids are demanded, even that of a listed operation", async () => {
    const answers = [
      await stage.strict.post({ query }),
      await stage.strict.post({ query: latest.body }),
      await stage.strict.post({}),
      await stage.strict.post([]),
      await get(stage.strict, `/graphql?query=${query}`),
      await stage.strict.post({ query }, stage.keyOfA),
    ];
    for (const answer of answers) expect(refusalOf(answer)).toEqual([400, "PERSISTED_QUERY_ID_REQUIRED"]);
  });

  it("as much as the list says where it is a safelist, whatever the spelling", async () => {
    const spelled = "#comment\nquery   Latest{latest}";
    for (const text of [latest.body, spelled, spelled]) {
      expect((await stage.listed.post({ query: text })).body).toEqual({ data: { latest: "fine" } });
    }
    expect((await get(stage.listed, `/graphql?query=${encodeURIComponent(spelled)}`)).status).toBe(200);
    const others = [query, "query Latest { latest more: latest }", "query Other { latest }", "{", "{ ".repeat(9_999)];
    for (const text of others) {
      expect(refusalOf(await stage.listed.post({ query: text }))).toEqual([403, "QUERY_NOT_IN_SAFELIST"]);
      expect(refusalOf(await stage.listed.post({ query: text }))).toEqual([403, "QUERY_NOT_IN_SAFELIST"]);
    }
  });

  it("questions about the schema are answered where they are allowed, and to nobody else", async () => {
    const schemaQuery = "{ __schema { queryType { name } } }";
    expect((await stage.listed.post({ query: schemaQuery })).status).toBe(200);
    expect(refusalOf(await stage.listed.post({ query: "{ __typename latest }" }))).toEqual([
      403,
      "QUERY_NOT_IN_SAFELIST",
    ]);
    expect(refusalOf(await stage.strict.post({ query: schemaQuery }))).toEqual([400, "PERSISTED_QUERY_ID_REQUIRED"]);
  });

  it("everything for developers who are only watched: one line tells, without values", async () => {
    const authorization = `Bearer ${await stage.issuer.token({ role: "admin", scope: "staff:development" })}`;
    const sent = 'query Look { book(id: "s3cret") { title } }';
    expect((await stage.listed.post({ query: sent }, { authorization })).status).toBe(200);
    const lines = stage.listed.log.filter((line) => line.includes("unknown operation"));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      ...{ level: "warn", clientClass: "developer", operation: "Look" },
      ...{ hash: operation(sent).id, body: expect.stringContaining('book(id: "")') as string },
    });
    stage.listed.log.length = 0;
    await stage.listed.post({ query: latest.body }, { authorization });
    expect(stage.listed.log.join("")).not.toContain("unknown operation");
  });
});

describe("clients with a list of their own", () => {
  it("get their text for an id that several have, and their answers to GET are not kept by caches", async () => {
    const as = (name: string) => ({ "apollographql-client-name": name });
    expect((await stage.open.post({ documentId: "shared" }, as("phone"))).body).toEqual({ data: { score: 5 } });
    expect((await stage.open.post({ documentId: "shared" }, as("web"))).body).toEqual({ data: { latest: "fine" } });
    expect((await stage.open.post({ documentId: "shared" }, as("other"))).body).toEqual({ data: { latest: "fine" } });
    const answer = await get(stage.open, "/graphql/shared", { ...as("phone") });
    expect(answer.body).toEqual({ data: { score: 5 } });
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
  });
});

describe("partners", () => {
  it("each get their own operation for the same id and the same request", async () => {
    for (const test of stage.all) {
      for (const [key, data] of [
        [stage.keyOfA, { latest: "fine" }],
        [stage.keyOfB, { score: 5 }],
        [stage.keyOfA, { latest: "fine" }],
        [stage.keyOfB, { score: 5 }],
      ] as const) {
        expect((await test.post({ documentId: "report" }, key)).body).toEqual({ data });
        expect((await get(test, "/graphql/report", { ...key })).body).toEqual({ data });
      }
    }
  });

  it("know neither operations of others nor those of apps, whatever client they say they are", async () => {
    const onlyA = onlyOfA.id;
    expect((await stage.strict.post({ documentId: onlyA }, stage.keyOfA)).status).toBe(200);
    for (const test of stage.all) {
      for (const [documentId, key] of [
        [onlyA, stage.keyOfB],
        [onlyA, {}],
        ["report", {}],
        [latest.id, stage.keyOfA],
        [onlyA, stage.keyWithout],
      ] as const) {
        const headers = { ...key, "apollographql-client-name": "storefront" };
        expect(refusalOf(await test.post({ documentId }, headers))).toEqual([404, "PERSISTED_QUERY_NOT_IN_LIST"]);
      }
    }
  });

  it("have a safelist of their own", async () => {
    expect((await stage.listed.post({ query: ofA.body }, stage.keyOfA)).status).toBe(200);
    expect(refusalOf(await stage.listed.post({ query: ofA.body }, stage.keyOfB))).toEqual([
      403,
      "QUERY_NOT_IN_SAFELIST",
    ]);
    expect(refusalOf(await stage.listed.post({ query: latest.body }, stage.keyOfA))).toEqual([
      403,
      "QUERY_NOT_IN_SAFELIST",
    ]);
  });

  it("are refused by an unknown key before any list is asked", async () => {
    const answer = await stage.strict.post({ documentId: "report" }, { "x-api-key": "tgk_00000000_x" });
    expect(answer.status).toBe(401);
  });
});

describe("what operators see", () => {
  it("the id in the operation's line, and counts by outcome", async () => {
    const metrics = createMetrics("gateway");
    const test = await startTestGateway({ metrics, operations: rulesWith([stage.folder.path], { app: "safelist" }) });
    await test.post({ documentId: latest.id });
    await test.post({ query: latest.body });
    await test.post({ documentId: "unknown" });
    await test.post({ query: "{ whoami }" });
    const lines = test.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const operations = lines.filter(({ msg }) => msg === "Operation");
    expect(operations.map(({ operation: name, persisted }) => [name, persisted])).toEqual([
      ["Latest", latest.id],
      ["Latest", latest.id],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    const text = await metrics.metrics();
    for (const [outcome, count] of Object.entries({ resolved: 1, not_in_list: 1, not_in_safelist: 1, unknown: 0 })) {
      expect(text).toContain(
        `graphql_persisted_operations_total{outcome="${outcome}",client="app",service="gateway"} ${count}`,
      );
    }
    await test.stop();
  });
});

describe("manifests on disk", () => {
  it("are read again when they change; the last good ones go on while new ones cannot be used", async () => {
    const own = await makeManifestFolder();
    await own.write("storefront", [latest]);
    const test = await startTestGateway({ operations: rulesWith([own.path], { app: "ids-only" }) });
    const statusOf = async (documentId: string) => (await test.post({ documentId })).status;
    expect([await statusOf(latest.id), await statusOf(relay.id)]).toEqual([200, 404]);
    await own.write("storefront", [relay]);
    await vi.waitUntil(async () => (await statusOf(relay.id)) === 200, { timeout: 8_000, interval: 50 });
    // The request was known, and means nothing any more.
    expect(await statusOf(latest.id)).toBe(404);
    await own.write("storefront", '{"a": "{ broken"}');
    await vi.waitUntil(() => test.log.some((line) => line.includes("cannot be used")), { timeout: 8_000 });
    expect(await statusOf(relay.id)).toBe(200);
    await own.write("storefront", [latest, relay]);
    await vi.waitUntil(async () => (await statusOf(latest.id)) === 200, { timeout: 8_000, interval: 50 });
    await test.stop();
    await own.remove();
  });

  it("go on when their folder is emptied, with one warning, until there are some again", async () => {
    const own = await makeManifestFolder();
    await own.write("storefront", [latest]);
    const test = await startTestGateway({ operations: rulesWith([own.path], { app: "ids-only" }) });
    const statusOf = async (documentId: string) => (await test.post({ documentId })).status;
    await rm(join(own.path, "storefront.json"));
    await vi.waitUntil(() => test.log.some((line) => line.includes("cannot be read")), { timeout: 8_000 });
    expect(test.log.filter((line) => line.includes(`in the folder ${own.path}`))).toHaveLength(1);
    expect(await statusOf(latest.id)).toBe(200);
    await own.write("storefront", [relay]);
    await vi.waitUntil(async () => (await statusOf(relay.id)) === 200, { timeout: 8_000, interval: 50 });
    expect(await statusOf(latest.id)).toBe(404);
    await test.stop();
    await own.remove();
  });

  it("that are missing or wrong end the start, with their names", async () => {
    const own = await makeManifestFolder();
    await expect(startTestGateway({ operations: rulesWith([`${own.path}/none.json`]) })).rejects.toThrow("none.json");
    await expect(startTestGateway({ operations: rulesWith([own.path]) })).rejects.toThrow(`in the folder ${own.path}`);
    await own.write("web", '{"a": "subscription S { x }", "b": "{"}');
    await expect(startTestGateway({ operations: rulesWith([own.path]) })).rejects.toThrow(/web\.json[^]*- a:[^]*- b:/);
    await own.remove();
  });

  it("of partners are not for apps", async () => {
    const own = await makeManifestFolder();
    await own.write("partner-acme", [latest]);
    await expect(startTestGateway({ operations: rulesWith([own.path]) })).rejects.toThrow(own.path);
    await own.write("storefront", [relay]);
    const test = await startTestGateway({ operations: rulesWith([own.path]) });
    expect((await test.post({ documentId: latest.id })).status).toBe(404);
    await test.stop();
    const manifests = [own.path, `${own.path}/partner-acme.json`];
    await expect(startTestGateway({ operations: rulesWith(manifests) })).rejects.toThrow(
      "partner-acme.json is the list of a partner",
    );
    await own.remove();
  });
});

it("a gateway without persisted operations has nothing below its endpoint", async () => {
  const test = await startTestGateway();
  expect((await get(test, `/graphql/${latest.id}`)).status).toBe(404);
  await test.stop();
});
