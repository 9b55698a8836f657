// Ways of partners to operations that are not theirs, and of others to those of partners.
import { operationHash } from "@tradegraph/kit/operation-text";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type AttackListsStage,
  book,
  byHash,
  idAndText,
  json,
  ofA,
  ofB,
  partnerA,
  startAttackListsStage,
  unknownId,
} from "./attack-lists-stage.ts";
import { type Attack, get } from "./attack-stage.ts";

let stage: AttackListsStage;
beforeAll(async () => {
  stage = await startAttackListsStage();
}, 60_000);
afterAll(() => stage.stop());

/** The key is known when it is sent. */
const withKey =
  (key: "keyOfA" | "keyOfB", body: object): Attack =>
  (round) =>
    json(body, { "x-api-key": stage[key] })(round);

describe("a partner gets nothing", () => {
  it.each<[string, Attack, readonly [number, string]]>([
    ["by an id of another partner", withKey("keyOfA", { documentId: ofB.id }), unknownId],
    ["by an id of apps", withKey("keyOfA", { documentId: book.id }), unknownId],
    ["by the hash of another partner's text", withKey("keyOfB", byHash(ofA.id)), unknownId],
    ["by a text of his own list", withKey("keyOfA", { query: ofA.body }), [400, "PERSISTED_QUERY_ID_REQUIRED"]],
    ["by a text of apps", withKey("keyOfA", { query: "{ latest }" }), [400, "PERSISTED_QUERY_ID_REQUIRED"]],
    [
      "by registering a text",
      withKey("keyOfA", { query: "{ whoami }", ...byHash(operationHash("{ whoami }")) }),
      idAndText,
    ],
    ["by an id and its text", withKey("keyOfA", { documentId: ofA.id, query: ofA.body }), idAndText],
    [
      "by calling himself an app",
      (round) =>
        json({ documentId: book.id }, { "x-api-key": stage.keyOfA, "apollographql-client-name": "storefront" })(round),
      unknownId,
    ],
    ["by __proto__", withKey("keyOfA", { documentId: "__proto__" }), unknownId],
    [
      "by a question about the schema",
      withKey("keyOfA", { query: "{ __schema { types { name } } }" }),
      [400, "PERSISTED_QUERY_ID_REQUIRED"],
    ],
    [
      "by two keys",
      (round) => json({ documentId: ofA.id }, { "x-api-key": `${stage.keyOfA}, ${stage.keyOfB}` })(round),
      [401, "UNAUTHENTICATED"],
    ],
    [
      "by his key twice",
      (round) => json({ documentId: ofA.id }, { "x-api-key": `${stage.keyOfA}, ${stage.keyOfA}` })(round),
      [401, "UNAUTHENTICATED"],
    ],
    [
      "by his key in capitals",
      (round) => json({ documentId: ofA.id }, { "x-api-key": stage.keyOfA.toUpperCase() })(round),
      [401, "UNAUTHENTICATED"],
    ],
    [
      "by a key of 8,000 letters",
      json({ documentId: ofA.id }, { "x-api-key": `tgk_${"0".repeat(8_000)}` }),
      [401, "UNAUTHENTICATED"],
    ],
    [
      "by a key and a token",
      (round) => json({ documentId: ofA.id }, { "x-api-key": stage.keyOfA, authorization: "Bearer x" })(round),
      [400, "BAD_USER_INPUT"],
    ],
    [
      "by his key as a token",
      (round) => json({ documentId: ofA.id }, { authorization: `Bearer ${stage.keyOfA}` })(round),
      [401, "UNAUTHENTICATED"],
    ],
    [
      "by his key in the address",
      (round) => get(`/graphql/${ofA.id}?x-api-key=${stage.keyOfA}&api_key=${stage.keyOfA}`)(round),
      unknownId,
    ],
    [
      "by his key in a cookie",
      (round) => json({ documentId: ofA.id }, { cookie: `x-api-key=${stage.keyOfA}` })(round),
      unknownId,
    ],
    [
      "by headers that the gateway sends to subgraphs",
      json(
        { documentId: ofA.id },
        { "tg-viewer": Buffer.from(JSON.stringify({ role: "partner", partnerId: partnerA })).toString("base64url") },
      ),
      unknownId,
    ],
  ])("%s", (_name, attack, [status, code]) => stage.refused(attack, status, code));

  it("but his own operations", async () => {
    for (const [key, documentId, data] of [
      [stage.keyOfA, ofA.id, { latest: "fine" }],
      [stage.keyOfB, ofB.id, { score: 5 }],
    ] as const) {
      const { status, held, answer } = await stage.attempt(json({ documentId }, { "x-api-key": key }));
      expect([status, held, answer.body.data]).toEqual([200, "short", data]);
    }
  });
});
