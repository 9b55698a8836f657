// Requests that were made to hurt by their shape: JSON, headers, methods and variables, whatever the document says. And
// what the refusals of hostile requests must not tell.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Attack,
  type AttackStage,
  get,
  longestHold,
  post,
  postText,
  preflight,
  startAttackStage,
} from "./attack-stage.ts";

let stage: AttackStage;
beforeAll(async () => {
  stage = await startAttackStage({ introspection: false, planning: { timeoutMs: 2_000 } });
}, 60_000);
afterAll(() => stage.stop());

const byId = "query ($id: ID!) { book(id: $id) { id } }";
const find = "query ($filter: Filter) { find(filter: $filter) { id } }";
const search = (text: string, headers: Record<string, string> = preflight): Attack => get(`/graphql?${text}`, headers);
const withVariables =
  (query: string, variables: string): Attack =>
  (round) =>
    postText(`{"query":"${query} #${round}","variables":${variables}}`)(round);
const lists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const objects = (depth: number) => `${'{"not":'.repeat(depth)}{}${"}".repeat(depth)}`;

describe("is refused and holds nobody up:", () => {
  it.each<[string, Attack, number, string]>([
    ["a variable of 10,000 lists", withVariables(byId, `{"id":${lists(10_000)}}`), 400, "BAD_REQUEST"],
    ["a variable of 10,000 objects", withVariables(find, `{"filter":${objects(10_000)}}`), 400, "BAD_REQUEST"],
    ["a variable of 3,000 objects", withVariables(find, `{"filter":${objects(3_000)}}`), 400, "BAD_REQUEST"],
    ["10,000 lists that nobody declares", withVariables("{ latest }", `{"x":${lists(10_000)}}`), 400, "BAD_REQUEST"],
    [
      "extensions of 10,000 objects",
      (round) => postText(`{"query":"{ latest } #${round}","extensions":${objects(10_000)}}`)(round),
      400,
      "BAD_REQUEST",
    ],
    ["a body of 50,000 lists", postText(lists(50_000)), 400, "BAD_REQUEST"],
    ["a body of 100,000 open lists", postText("[".repeat(100_000)), 400, "BAD_REQUEST"],
    ["lists in a query string", search(`query={latest}&variables={"x":${lists(3_000)}}`), 400, "BAD_REQUEST"],
    ["the same with its name escaped", search(`query={latest}&%76ariables={"x":${lists(3_000)}}`), 400, "BAD_REQUEST"],
    [
      "a number beyond all numbers",
      withVariables("query ($n: Int) { books(first: $n) { id } }", '{"n":1e400}'),
      400,
      "BAD_USER_INPUT",
    ],
    [
      "a negative length",
      withVariables("query ($n: Int) { books(first: $n) { id } }", '{"n":-2147483649}'),
      400,
      "BAD_USER_INPUT",
    ],
    ["an operator of the database as an id", post(byId, { variables: { id: { $ne: null } } }), 400, "BAD_USER_INPUT"],
    ["an operator in an input", post(find, { variables: { filter: { $where: "sleep(1)" } } }), 400, "BAD_USER_INPUT"],
    ["ten operations at once", postText(JSON.stringify(Array(10).fill({ query: "{ latest }" }))), 400, "BAD_REQUEST"],
    [
      "a thousand operations at once",
      postText(JSON.stringify(Array(1_000).fill({ query: "{ latest }" }))),
      400,
      "BAD_REQUEST",
    ],
    ["a megabyte", postText(`{"query":"${"#".repeat(1 << 20)}"}`), 413, "BODY_TOO_LARGE"],
    [
      "a form",
      postText("query=%7Blatest%7D", { "content-type": "application/x-www-form-urlencoded" }),
      415,
      "BAD_REQUEST",
    ],
    ["a file", postText("--x\r\n--x--", { "content-type": "multipart/form-data; boundary=x" }), 415, "BAD_REQUEST"],
    [
      "plain text, which needs no preflight",
      postText('{"query":"{ latest }"}', { "content-type": "text/plain" }),
      415,
      "BAD_REQUEST",
    ],
    ["an exotic charset", postText("{}", { "content-type": "application/json; charset=utf-7" }), 415, "BAD_REQUEST"],
    ["a compressed bomb", postText("x", { "content-encoding": "gzip" }), 415, "BAD_REQUEST"],
    ["a GET that any page can send", search("query={latest}", {}), 400, "BAD_REQUEST"],
    [
      "a GET with the type of a form",
      search("query={latest}", { ...preflight, "content-type": "text/plain" }),
      415,
      "BAD_REQUEST",
    ],
    [
      "a mutation by GET",
      search(`query=${encodeURIComponent('mutation { addBook(title: "x") { id } }')}`),
      405,
      "BAD_REQUEST",
    ],
    ["a page for people", () => ({ headers: { accept: "text/html" } }), 400, "BAD_REQUEST"],
    ["another way to write the path", () => ({ path: "//graphql" }), 404, "NOT_FOUND"],
    ["a way out of the folder", () => ({ path: "/graphql/%2e%2e/%2e%2e/etc/passwd" }), 404, "NOT_FOUND"],
  ])("%s", async (_name, attack, status, code) => {
    const asked = stage.shelf.received.length;
    const outcome = await stage.attempt(attack);
    expect(outcome).toMatchObject({ status, code: expect.stringMatching(`^${code}$`) as string, held: "short" });
    expect(stage.shelf.received.length).toBe(asked);
  });
});

it("closes the connection on CONNECT, which is for proxies, and answers on", async () => {
  const socket = connect(stage.port, "127.0.0.1");
  let answered = "";
  socket.on("data", (chunk) => (answered += String(chunk)));
  const held = await stage.heldBy(async () => {
    socket.write("CONNECT subgraph.internal:4001 HTTP/1.1\r\nHost: subgraph.internal:4001\r\n\r\n");
    await once(socket, "close");
  });
  expect([answered, held < longestHold]).toEqual(["", true]);
  expect((await stage.attempt(post("{ latest }"))).status).toBe(200);
});

describe("has no effect:", () => {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

  const textOf = (round: number) => `{ latest } #${round}`;

  it.each<[string, (round: number) => object]>([
    ["registering a text", (round) => ({ query: textOf(round), ...persisted(hash(textOf(round))) })],
    [
      "registering a text under another's hash",
      (round) => ({ query: textOf(round), ...persisted(hash("{ whoami }")) }),
    ],
    ["asking by a hash", (round) => persisted(hash(textOf(round)))],
  ])("%s, where nothing is persisted", async (_name, bodyOf) => {
    const { held, answer } = await stage.attempt((round) => postText(JSON.stringify(bodyOf(round)))(round));
    expect([held, answer.body.errors?.length]).toEqual(["short", 1]);
    expect(answer.body.data).toBeUndefined();
    expect(answer.status).toBeLessThan(500);
  });

  it.each([
    ["tracing", { "apollo-federation-include-trace": "ftv1" }],
    ["the query plan", { "apollo-query-plan-experimental": "1", "apollo-query-plan-experimental-format": "internal" }],
    ["debugging of the cache", { "apollo-cache-debugging": "true" }],
  ])("asking for %s", async (_name, headers) => {
    const { answer } = await stage.attempt(post("{ latest }", {}, headers));
    expect(answer.body).toEqual({ data: { latest: "fine" } });
  });

  it("__proto__ wherever JSON has names", async () => {
    const polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const rest = `"variables":{"__proto__":${polluting},"filter":null},"extensions":${polluting},"__proto__":${polluting}`;
    const { status, held } = await stage.attempt((round) => postText(`{"query":"${find} #${round}",${rest}}`)(round));
    expect([status, held]).toEqual([200, "short"]);
    expect((await stage.attempt(withVariables(find, `{"filter":${polluting}}`))).status).toBe(400);
    const { answer } = await stage.attempt(post("{ latest }"));
    expect(answer.text).toBe('{"data":{"latest":"fine"}}\n');
  });
});

describe("what refusals tell", () => {
  it.each<[string, Attack]>([
    ["a field", post("{ latst }")],
    ["a field of a type", post("{ books { titel } }")],
    ["an argument", post("{ books(frst: 1) { id } }")],
    ["a type", post("{ books { ... on Bok { id } } }")],
    ["a variable's type", post("query ($c: Color) { books(colour: $c) { id } }")],
    ["a directive", post("{ latest @skp(if: true) }")],
    ["a fragment", post("{ books { ...Bok } } fragment Book on Book { id }")],
    ["a value of an enum", post("{ books(colour: GREN) { id } }")],
    ["a variable of an enum", post("query ($c: Colour) { books(colour: $c) { id } }", { variables: { c: "GREN" } })],
    ["a field of an input", post('{ find(filter: { nams: ["x"] }) { id } }')],
    ["a variable of an input", post(find, { variables: { filter: { nams: ["x"] } } })],
    ["a field of an input in an input", post(find, { variables: { filter: { not: { nams: ["x"] } } } })],
  ])("of a misspelt name of %s does not help", async (_name, attack) => {
    const { status, answer } = await stage.attempt(attack);
    expect(status).toBe(400);
    expect(answer.text).not.toMatch(
      /Did you mean|latest|title|first|@skip|GREEN|names|127\.0\.0\.1|node_modules|\.ts:/,
    );
  });

  it("of a subgraph that is down is its name, and not where it is", async () => {
    await stage.opinions.stop();
    const failed = await stage.send(post("{ latest }")(99));
    await stage.opinions.start();
    expect(failed.status).toBe(200);
    expect(failed.body.errors?.[0]?.extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE", service: "opinions" });
    expect(failed.text).not.toMatch(/127\.0\.0\.1|ECONN|http:|:\d{4,5}|\.ts/);
  });

  it("of a suggestion by a subgraph is nothing", async () => {
    const behave = stage.shelf.behave;
    stage.shelf.behave = (_request, response) => {
      const message = 'No colour "GREN". Did you mean "GREEN"? Or "RED"?';
      const errors = [{ message, path: ["whoami"], extensions: { code: "BAD_USER_INPUT" } }];
      response.setHeader("content-type", "application/json").end(JSON.stringify({ data: { whoami: null }, errors }));
      return true;
    };
    const { text } = await stage.send(post("{ whoami }")(0));
    stage.shelf.behave = behave;
    expect(text).toContain('No colour \\"GREN\\".');
    expect(text).not.toMatch(/Did you mean|GREEN/);
  });
});

describe("a subgraph that is asked directly", () => {
  it.each(["{ _service { sdl } }", '{ _entities(representations: [{ __typename: "Book", id: "1" }]) { __typename } }'])(
    "gets no caller from the gateway's headers alone: %s",
    async (query) => {
      const headers = { "content-type": "application/json", "tg-viewer": "eyJyb2xlIjoiYWRtaW4ifQ" };
      const behave = stage.shelf.behave;
      stage.shelf.behave = undefined;
      const { status } = await fetch(stage.shelf.url, { method: "POST", headers, body: JSON.stringify({ query }) });
      stage.shelf.behave = behave;
      expect(status).toBe(401);
    },
  );
});
