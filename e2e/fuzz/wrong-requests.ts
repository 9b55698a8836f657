// Requests that are wrong before GraphQL begins: method, headers, body.
import { type FuzzDocument } from "./documents.ts";
import { type Random } from "./random.ts";

export interface RawRequest {
  method: "POST" | "GET" | "PUT" | "DELETE" | "PATCH" | "OPTIONS" | "HEAD";
  /** After the endpoint's path, with its question mark. */
  search: string;
  headers: Record<string, string>;
  body?: string | Buffer | undefined;
}

const json = { "content-type": "application/json" };
const post = (body: string | Buffer, headers: Record<string, string> = json): RawRequest => ({
  ...{ method: "POST", search: "", headers, body },
});
const get = (
  parameters: Record<string, string>,
  headers: Record<string, string> = { "apollo-require-preflight": "1" },
) => ({ method: "GET", search: `?${new URLSearchParams(parameters)}`, headers }) satisfies RawRequest;

type Wrong = (document: FuzzDocument, random: Random) => RawRequest;

const textOf = (document: FuzzDocument) => JSON.stringify(document);

const bodies = ["", "null", "[]", "1", '"a"', "{}", "{", "[{}]", '{"query":null}', '{"query":1}', '{"query":["a"]}'];

/** By name, so that a finding can be read. */
export const wrongRequests: Record<string, Wrong> = {
  "another method": (document, random) => {
    const method = random.pick(["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"] as const);
    const hasBody = method !== "HEAD" && method !== "OPTIONS";
    return { ...post(textOf(document)), method, ...(!hasBody && { body: undefined }) };
  },
  "another type of content": (document, random) =>
    post(textOf(document), {
      "content-type": random.pick([
        ...[
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=a",
          "application/xml",
          "",
        ],
        ...[
          "application/json; charset=utf-16",
          "application/json; charset=nothing",
          "application/graphql",
          "json",
          "a/b; c",
        ],
      ]),
    }),
  "no type of content": (document) => post(textOf(document), {}),
  "half a body": (document, random) => {
    const text = textOf(document);
    return post(text.slice(0, random.below(text.length)));
  },
  "another body": (_document, random) => post(random.pick(bodies)),
  "bytes that are no text": (document, random) => {
    const bytes = Buffer.from(textOf(document));
    for (let count = 1 + random.below(5); count > 0; count -= 1) bytes[random.below(bytes.length)] = random.below(256);
    return post(bytes);
  },
  "chance bytes": (_document, random) => post(Buffer.from(Array.from({ length: 200 }, () => random.below(256)))),
  "compressed, so it says": (document, random) =>
    post(textOf(document), { ...json, "content-encoding": random.pick(["gzip", "br", "deflate", "nothing"]) }),
  "a batch": (document, random) => post(JSON.stringify(Array.from({ length: 1 + random.below(20) }, () => document))),
  "variables of another type": (document, random) =>
    post(JSON.stringify({ ...document, variables: random.pick([1, "a", [], true, [1], "{}"]) })),
  "extensions of another type": (document, random) =>
    post(
      JSON.stringify({
        ...document,
        extensions: random.pick<unknown>([
          ...[1, "a", [], true, { persistedQuery: 1 }, { persistedQuery: { version: 9 } }],
          ...[{ persistedQuery: { version: 1, sha256Hash: "a" } }, { persistedQuery: { version: 1, sha256Hash: 1 } }],
        ]),
      }),
    ),
  "an operation name of another type": (document, random) =>
    post(JSON.stringify({ ...document, operationName: random.pick<unknown>([1, [], {}, true]) })),
  "a document id": (document, random) =>
    post(
      JSON.stringify({
        ...document,
        documentId: random.pick<unknown>(["a", 1, "sha256:", `sha256:${"0".repeat(64)}`]),
      }),
    ),
  "deep variables": (_document, random) => {
    const depth = 100 + random.below(20_000);
    return post(`{"query":"{__typename}","variables":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`);
  },
  "names of JavaScript": () =>
    post('{"query":"{__typename}","__proto__":{"query":1},"constructor":1,"variables":{"__proto__":{"a":1}}}'),
  "the same name twice": (document) => post(`{"query":"{nothing}",${textOf(document).slice(1)}`),
  "too long a body": (_document, random) =>
    post(JSON.stringify({ query: `{ __typename } # ${"x".repeat(100_000 + random.below(200_000))}` })),
  "a GET that a browser may send": ({ query }) => get({ query }, {}),
  "a GET without a document": () => get({ variables: "{}" }),
  "a GET with wrong variables": ({ query }, random) =>
    get({ query, variables: random.pick(["{", "1", "[]", "null", '"a"', "\u0000"]) }),
  "a GET of a mutation": () => get({ query: "mutation { logout { success } }" }),
  "a GET with everything twice": ({ query }) => ({
    ...get({ query }),
    search: `?query={a}&query=${encodeURIComponent(query)}`,
  }),
  "a GET that is no text": () => ({ ...get({}), search: "?query=%ff%fe%00&variables=%7" }),
  "a token that is none": (document, random) =>
    post(textOf(document), {
      ...json,
      authorization: random.pick(["Bearer", "Bearer a.b.c", "Basic YTpi", "Bearer 🛠️".slice(0, 7)]),
    }),
  "a key that is none": (document) => post(textOf(document), { ...json, "x-api-key": "tg_nothing" }),
  "an accept header that nobody meets": (document, random) =>
    post(textOf(document), {
      ...json,
      accept: random.pick(["image/png", "text/html", "*/*;q=0", ",,", "a", "application/graphql-response+json"]),
    }),
  "another shop": (document) => post(textOf(document), { ...json, "x-tenant-id": "__proto__" }),
};

/** A request that is wrong in one way, around a document that need not be. */
export function wrongRequest(random: Random, document: FuzzDocument): RawRequest & { how: string } {
  const how = random.pick(Object.keys(wrongRequests));
  const make = wrongRequests[how] as Wrong;
  return { ...make(document, random), how };
}
