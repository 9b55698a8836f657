// Operators, prototypes and patterns in every argument, key of an entity, cursor and header: refused, or read as the text
// they are. Nothing here is a list of fields; the schemas are walked.
import { randomUUID } from "node:crypto";
import { signRequest } from "@tradegraph/kit/internal-assertion";
import { type Viewer } from "@tradegraph/kit/viewer";
import { testKeys } from "@tradegraph/testkit/test-database";
import { type GraphQLAnswer } from "@tradegraph/testkit/test-subgraph";
import { getNamedType, isLeafType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ArgumentField, argumentsWith } from "./arguments.ts";
import { digestOf } from "./digest.ts";
import { entityTypes } from "./entities.ts";
import { inTurns } from "./in-turns.ts";
import { type InProcessGraph, startInProcessGraph, subgraphNames } from "./in-process-graph.ts";
import { cursors, literals, nodeIds, objectTexts, operand, texts } from "./injection/payloads.ts";
import {
  asLiteral,
  asVariable,
  type Door,
  doors,
  isReachable,
  type Place,
  placesAt,
  schemas,
} from "./injection/places.ts";
import { watchCommands, type Watch } from "./injection/watch.ts";
import { createWorld, type World } from "./world.ts";

const refusals = [
  ...["BAD_USER_INPUT", "BAD_REQUEST", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "NOT_FOUND", "CONFLICT"],
  ...["UNAUTHENTICATED", "FORBIDDEN", "UNAUTHORIZED_FIELD_OR_TYPE"],
];
const prototype = Object.getOwnPropertyNames(Object.prototype).join();

let graph: InProcessGraph;
let world: World;
let admin: Viewer;
let watch: Watch;

beforeAll(async () => {
  graph = await startInProcessGraph();
  world = await createWorld(graph);
  admin = (await world.actor("admin")).viewer;
  await Promise.all(
    (["product", "page", "user", "order", "review"] as const).map((kind) => world.thing(kind, "admin", "other")),
  );
  watch = watchCommands(graph);
});

afterAll(async () => {
  watch.stop();
  await graph.stop();
});

interface Sent {
  status: number;
  answer: GraphQLAnswer;
}

/** With the variables as text: JSON can say what objects of JavaScript cannot. */
async function send(door: Door, query: string, variables: string, viewer = admin, more: object = {}): Promise<Sent> {
  const body = `{"query":${JSON.stringify(query)},"variables":${variables}}`;
  const requestId = randomUUID();
  const credentials: object =
    door === "gateway"
      ? { authorization: `Bearer ${await graph.tokenOf(viewer)}`, "x-request-id": requestId }
      : signRequest(testKeys, viewer, { audience: door, method: "POST", path: "/graphql", body, requestId });
  const url = door === "gateway" ? graph.url : graph.subgraphs[door].url;
  const headers = { "content-type": "application/json", ...credentials, ...more } as Record<string, string>;
  const response = await fetch(url, { method: "POST", headers, body });
  return { status: response.status, answer: (await response.json()) as GraphQLAnswer };
}

const codesOf = ({ errors = [] }: GraphQLAnswer) => errors.map(({ extensions }) => String(extensions?.code));

/** What of an answer is no refusal. */
const faults = (name: string, { status, answer }: Sent): string[] => [
  ...(status >= 500 ? [`${name}: HTTP ${status}`] : []),
  ...codesOf(answer)
    .filter((code) => !refusals.includes(code))
    .map((code) => `${name}: ${code} ${answer.errors?.[0]?.message ?? ""}`),
];

/** What the field under attack gave, at the root or inside a thing. */
function given(data: GraphQLAnswer["data"]): unknown {
  const things = data?._entities as Record<string, unknown>[] | null | undefined;
  const thing = (data?.node ?? things?.[0]) as Record<string, unknown> | null | undefined;
  return data?.it ?? thing?.it;
}

const expectNone = (problems: readonly string[]) => {
  if (problems.length > 0) throw new Error(`${problems.length} problems:\n${problems.slice(0, 60).join("\n")}`);
};

describe.each(doors)("%s", (door) => {
  const places = placesAt(door).filter(isReachable);

  it("refuses objects in every argument, and nothing is written", async () => {
    const attacks = places.flatMap((place) => [
      ...objectTexts.map((value) => ({ name: `${place.name} ${value}`, ...asVariable(place, value) })),
      ...literals.map((value) => ({ name: `${place.name} ${value} in the document`, ...asLiteral(place, value) })),
    ]);
    const before = await digestOf(graph);
    const problems = await inTurns(attacks, async ({ name, query, variables }) => {
      const sent = await send(door, query, variables);
      const isRefused = (sent.answer.errors?.length ?? 0) > 0 && given(sent.answer.data) == null;
      return [
        ...faults(name, sent),
        ...(isRefused ? [] : [`${name}: taken ${JSON.stringify(sent.answer).slice(0, 200)}`]),
      ];
    });
    expectNone(problems.flat());
    expect((await digestOf(graph)) === before).toBe(true);
    expect(attacks.length).toBeGreaterThan(100);
  });

  it("reads operators, patterns and names of prototypes as the text they are", async () => {
    const inText = places.filter(
      ({ leaf }) => ["ID", "String"].includes(leaf.type.name) && !/^(after|before)$/.test(leaf.path.at(-1) ?? ""),
    );
    const problems = await inTurns(inText, async (place) => {
      // Mutations hash passwords, which takes its time.
      const some = place.typeName === "Mutation" ? texts.slice(0, 4) : [...texts, ...nodeIds];
      const nonsense = asVariable(place, JSON.stringify("nonsense0"));
      const literally = await send(door, nonsense.query, nonsense.variables);
      const found: string[] = [];
      for (const text of some) {
        const { query, variables } = asVariable(place, JSON.stringify(text));
        const sent = await send(door, query, variables);
        const name = `${place.name} ${JSON.stringify(text)}`;
        found.push(...faults(name, sent));
        const same = JSON.stringify(sent.answer.data) === JSON.stringify(literally.answer.data);
        if (place.typeName !== "Mutation" && !sent.answer.errors && !same)
          found.push(`${name}: another answer than other text: ${JSON.stringify(sent.answer.data).slice(0, 200)}`);
      }
      return found;
    });
    expectNone(problems.flat());
  });

  it("refuses forged cursors", async () => {
    const inCursors = places.filter(({ leaf }) => /^(after|before)$/.test(leaf.path.at(-1) ?? ""));
    const problems = await inTurns(inCursors, async (place) => {
      const digest = await digestOfList(place);
      const found: string[] = [];
      for (const cursor of cursors(digest)) {
        const { query, variables } = asVariable(place, JSON.stringify(cursor));
        found.push(
          ...faults(`${place.name} ${Buffer.from(cursor, "base64url").toString()}`, await send(door, query, variables)),
        );
      }
      return found;
    });
    expectNone(problems.flat());
  });
});

/** What cursors of this list begin with, out of a true one; of lists that are empty some digest. */
async function digestOfList({ door, typeName, field }: Place): Promise<string> {
  if (typeName !== "Query") return "abcdefghij";
  const needed = argumentsWith(field.args);
  const given = Object.entries(needed).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const call = `it: ${field.name}${given.length > 0 ? `(${given.join(", ")})` : ""} { pageInfo { endCursor } }`;
  const { answer } = await send(door, `query First { ${call} }`, "{}");
  const cursor = (answer.data?.it as { pageInfo: { endCursor: string | null } } | null | undefined)?.pageInfo.endCursor;
  return cursor ? (JSON.parse(Buffer.from(cursor, "base64url").toString()) as [string])[0] : "abcdefghij";
}

const isExternal = ({ astNode }: ArgumentField["field"]) =>
  astNode?.directives?.some(({ name }) => name.value === "external") ?? false;
const holdsOperand = (value: unknown) => JSON.stringify(value)?.includes(operand) ?? false;

describe.each(subgraphNames)("%s", (door) => {
  it("finds no entity by an object, whatever field of it", async () => {
    const types = entityTypes(schemas[door]);
    const values = [...objectTexts, ...texts.map((text) => JSON.stringify(text)), "null", "1", "true", "[]"];
    const attacks = types.flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ args }) => args.length === 0)
        .flatMap((field) => values.map((value) => ({ type, field, value }))),
    );
    const before = await digestOf(graph);
    const problems = await inTurns(attacks, async ({ type, field, value }) => {
      const id = field.name === "id" ? "" : `"id":"000000000000000000000001",`;
      const things = `{"things":[{"__typename":"${type.name}",${id}"${field.name}":${value}}]}`;
      const selected = Object.values(type.getFields()).filter(
        (one) => one.args.length === 0 && !isExternal(one) && isLeafType(getNamedType(one.type)),
      );
      const selection = selected.map(({ name }) => name).join(" ");
      const query = `query Attack($things: [_Any!]!) {
        _entities(representations: $things) { ... on ${type.name} { __typename ${selection} } } }`;
      const sent = await send(door, query, things);
      const name = `${type.name}.${field.name} ${value}`;
      const found = (sent.answer.data?._entities as (object | null)[] | null | undefined)?.[0];
      const shown = Object.entries(found ?? {}).some(([key, one]) => holdsOperand(one) && key !== "id");
      // What @requires brings is what the gateway has read elsewhere: a wrong one is a fault of ours, and said so.
      const wrong = isExternal(field) && sent.status < 500 ? [] : faults(name, sent);
      return [...wrong, ...(shown ? [`${name}: shown`] : [])];
    });
    expectNone(problems.flat());
    expect((await digestOf(graph)) === before).toBe(true);
  });

  it("believes no viewer with an object in it, and reads texts as texts", async () => {
    const claims = ["tenantId", "role", "userId", "companyId", "sessionId", "partnerId", "scopes", "address"];
    const fields = Object.values(schemas[door].getQueryType()?.getFields() ?? {}).filter(
      ({ name }) => !name.startsWith("_"),
    );
    const query = `query Attack { ${fields
      .map((field, index) => {
        const given = Object.entries(argumentsWith(field.args)).map(
          ([name, value]) => `${name}: ${JSON.stringify(value).replace(/"(\w+)":/g, "$1:")}`,
        );
        const isLeaf = isLeafType(getNamedType(field.type));
        return `a${index}: ${field.name}${given.length > 0 ? `(${given.join(", ")})` : ""} ${isLeaf ? "" : "{ __typename }"}`;
      })
      .join(" ")} }`;
    const attacks = claims.flatMap((claim) =>
      [...objectTexts, ...texts.map((text) => JSON.stringify(text))].map((value) => ({ claim, value })),
    );
    const problems = await inTurns(attacks, async ({ claim, value }) => {
      const viewer = JSON.parse(JSON.stringify({ ...admin, role: "customer", scopes: [] })) as Record<string, unknown>;
      viewer[claim] = JSON.parse(value);
      const sent = await send(door, query, "{}", viewer as unknown as Viewer);
      const isObject = objectTexts.includes(value) && !(claim === "scopes" && value.startsWith("["));
      return [
        ...faults(`${claim} ${value}`, sent),
        ...(isObject && sent.status !== 401 ? [`${claim} ${value}: HTTP ${sent.status}`] : []),
      ];
    });
    expectNone(problems.flat());
  });
});

describe("headers", () => {
  const names = [
    ...["x-tenant-id", "authorization", "x-request-id", "x-api-key", "x-forwarded-for", "forwarded", "cookie"],
    ...["tg-viewer", "tg-time", "tg-key", "tg-signature", "__proto__x", "constructor"],
  ];
  const values = [...objectTexts, ...texts.filter((text) => /^[\x20-\x7e]+$/.test(text)), `Bearer {"$ne":null}`];

  it.each(doors)("to %s are refused or ignored", async (door) => {
    const attacks = names.flatMap((name) => values.map((value) => ({ name, value })));
    const before = await digestOf(graph);
    const plain = await send(door, "query Plain { __typename }", "{}");
    const problems = await inTurns(attacks, async ({ name, value }) => {
      const sent = await send(door, "query Plain { __typename }", "{}", admin, { [name]: value });
      const same = JSON.stringify(sent.answer) === JSON.stringify(plain.answer);
      return [
        ...faults(`${name}: ${value}`, sent),
        ...(same || sent.answer.errors ? [] : [`${name}: ${value}: another answer`]),
      ];
    });
    expectNone(problems.flat());
    expect((await digestOf(graph)) === before).toBe(true);
  });
});

describe("all of it", () => {
  it("has brought no operator into a command, and none took long", () => {
    expect(watch.injected).toEqual([]);
    expect(watch.commands).toBeGreaterThan(100);
    // The limit for one query is 5 s; a pattern that runs wild would reach it.
    expect(watch.longest).toBeLessThan(2_500);
  });

  it("has left the prototype of objects as it was", () => {
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(prototype);
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
    expect(JSON.stringify(Object.prototype)).not.toContain(operand);
  });
});
