// Two tiny federation subgraphs in this process. They believe signed requests only, as the real ones do, and can be
// told to misbehave.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type SigningKey, verifyRequest } from "@tradegraph/kit/internal-assertion";
import { type Viewer } from "@tradegraph/kit/viewer";
import { graphql, GraphQLError, parse } from "graphql";
import { closeServer } from "@tradegraph/testkit/close-server";

export const keys: SigningKey[] = [{ kid: "test", secret: "0123456789abcdef0123456789abcdef" }];

export interface Received {
  requestId: string;
  viewer: Viewer | undefined;
  query: string;
}

type Behaviour = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

export interface FakeSubgraph {
  name: string;
  url: string;
  typeDefs: string;
  received: Received[];
  /** Answers instead of the graph when it returns true. */
  behave: Behaviour | undefined;
  stop: () => Promise<void>;
  start: () => Promise<void>;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@shareable"])`;

export const shelfTypeDefs = `${link}
  enum Colour { RED GREEN }
  type Query {
    books(first: Int, colour: Colour): [Book!]!
    book(id: ID!): Book
    whoami: String
    secretFailure: String
    known: String
  }
  type Mutation { addBook(title: String!): Book }
  type Book @key(fields: "id") { id: ID! title: String! }
`;

export const opinionTypeDefs = `${link}
  type Query { latest: String score(of: ID!): Int }
  type Mutation { rate(id: ID!): String }
  type Book @key(fields: "id") { id: ID! stars: Int opinions: [Opinion!] }
  type Opinion { text: String }
`;

const books = ["1", "2", "3"].map((id) => ({ id, title: `Book ${id}` }));

const shelfResolvers = {
  Query: {
    books: () => books,
    book: (_: unknown, { id }: { id: string }) => books.find((book) => book.id === id),
    whoami: (_: unknown, _args: unknown, { viewer }: { viewer?: Viewer }) => JSON.stringify(viewer),
    secretFailure: () => {
      throw new GraphQLError("password=hunter2 at mongodb://10.0.0.1", {
        extensions: { code: "WEIRD", stacktrace: ["at secret.ts:1"], response: { url: "http://10.0.0.1/graphql" } },
      });
    },
    known: () => {
      throw new GraphQLError("No such thing.", {
        extensions: { code: "NOT_FOUND", stacktrace: ["at secret.ts:1"], field: ["id"] },
      });
    },
  },
  Mutation: { addBook: (_: unknown, { title }: { title: string }) => ({ id: "1", title }) },
  Book: { __resolveReference: ({ id }: { id: string }) => books.find((book) => book.id === id) },
};

const opinionResolvers = {
  Query: { latest: () => "fine", score: () => 5 },
  Mutation: { rate: () => "rated" },
  Book: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    stars: ({ id }: { id: string }) => Number(id),
    opinions: ({ id }: { id: string }) => [{ text: `Opinion on ${id}` }],
  },
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const listen = (server: Server, port: number) =>
  new Promise<number>((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });

async function startSubgraph(name: string, typeDefs: string, resolvers: object): Promise<FakeSubgraph> {
  const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never });
  let port = 0;
  let server: Server;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === "/ready") return response.writeHead(200).end("{}");
    const body = await bodyOf(request);
    const requestId = String(request.headers["x-request-id"]);
    const [path = ""] = (request.url ?? "").split("?");
    const verified = verifyRequest(keys, request.headers, { audience: name, method: "POST", path, body, requestId });
    const viewer = "viewer" in verified ? verified.viewer : undefined;
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    subgraph.received.push({ requestId, viewer, query });
    if (await subgraph.behave?.(request, response)) return undefined;
    if (!viewer && request.headers["tg-viewer"]) return response.writeHead(401).end('{"errors":[{"message":"no"}]}');
    const result = await graphql({ schema, source: query, variableValues: variables, contextValue: { viewer } });
    response.setHeader("cache-control", "max-age=60, public");
    return response.setHeader("content-type", "application/json").end(JSON.stringify(result));
  };
  const subgraph: FakeSubgraph = {
    name,
    url: "",
    typeDefs,
    received: [],
    behave: undefined,
    async start() {
      server = createServer((request, response) => void answer(request, response));
      port = await listen(server, port);
      subgraph.url = `http://127.0.0.1:${port}/graphql`;
    },
    stop: () => closeServer(server),
  };
  await subgraph.start();
  return subgraph;
}

export const startShelf = () => startSubgraph("shelf", shelfTypeDefs, shelfResolvers);
export const startOpinions = () => startSubgraph("opinions", opinionTypeDefs, opinionResolvers);

/** The supergraph of some subgraphs. @throws Error listing what does not compose */
export function compose(subgraphs: { name: string; url: string; typeDefs: string }[]): string {
  const result = composeServices(
    subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs: parse(typeDefs) })),
  );
  if (!result.supergraphSdl) throw new Error(result.errors?.map(({ message }) => message).join("\n"));
  return result.supergraphSdl;
}
