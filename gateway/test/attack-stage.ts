// A gateway to be attacked: it runs in a process of its own, over two subgraphs in this one.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type GatewayOptions } from "../src/gateway-options.ts";
import { compose, type FakeSubgraph, opinionTypeDefs, shelfTypeDefs, startOpinions, startShelf } from "./fake-graph.ts";
import { type GraphqlAnswer } from "./start-gateway.ts";
import { writeGraph } from "./write-graph.ts";

/** What goes over the wire: settings that are plain values. */
interface PlainOptions extends Partial<
  Pick<
    GatewayOptions,
    | "introspection"
    | "development"
    | "tokens"
    | "planning"
    | "operations"
    | "limits"
    | "rateLimit"
    | "trustedProxies"
    | "apiKeys"
  >
> {
  usersUrl?: string;
  redisUri?: string;
  /** Instead of the graph of tests; subgraphs by name, all of which are the fake shelf. */
  graph?: { sdl: string; subgraphs: readonly string[] };
}

/**
 * One attempt. What is sent must differ from round to round, or the second is known already; of one that is the same each
 * time only the first round counts.
 */
export type Attack = (round: number) => RequestInit & { path?: string };

export interface Outcome {
  status: number;
  code: unknown;
  /** Milliseconds for which the event loop was held; less than {@link longestHold} counts as nothing. */
  held: number | "short";
  answer: GraphqlAnswer;
}

/** Milliseconds, of the issue. */
export const longestHold = 50;
/** What holds the loop holds it each time; what else runs on this machine does not. So often it may be tried. */
export const mostRounds = 8;

export interface AttackStage {
  shelf: FakeSubgraph;
  opinions: FakeSubgraph;
  port: number;
  send: (request: RequestInit & { path?: string }) => Promise<GraphqlAnswer>;
  /** @returns milliseconds for which the gateway's event loop was held at most while `work` ran */
  heldBy: (work: () => Promise<unknown>) => Promise<number>;
  /** Holds the gateway's event loop. @param ms milliseconds */
  hold: (ms: number) => Promise<unknown>;
  /** Tries it some times, and once after that whether the gateway still answers. @throws Error if it does not */
  attempt: (attack: Attack) => Promise<Outcome>;
  /** Sends them all at once, some times. @returns the answers of all times */
  flood: (attacks: readonly Attack[]) => Promise<Pick<Outcome, "held"> & { answers: GraphqlAnswer[] }>;
  stop: () => Promise<void>;
}

export const preflight = { "apollo-require-preflight": "1" };

/** A document, and the same with another comment in each round. */
export const post =
  (query: string, others: object = {}, headers: Record<string, string> = {}): Attack =>
  (round) => ({
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query: `${query} #${round}`, ...others }),
  });

/** Any body, as it is, behind another number of spaces in each round; what it asks should differ too where it is read. */
export const postText =
  (body: string, headers: Record<string, string> = {}): Attack =>
  (round) => ({
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: " ".repeat(round) + body,
  });

/** A query, and the same with another comment and another parameter in each round. */
export const get =
  (path: string, headers: Record<string, string> = preflight): Attack =>
  (round) => {
    const asked = path.replace(/[?&]query=[^&]*/, (query) => `${query}%20%23${round}`);
    return { path: `${asked}${asked.includes("?") ? "&" : "?"}round=${round}`, headers };
  };

/** Texts for 0, 1 … one after the other. */
export const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");

const sized = '@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)';

/** A type that leads to itself, an input that holds itself and a list whose length is asked for. */
const shelf = shelfTypeDefs
  .replace('"@shareable"', '"@shareable", "@listSize"')
  .replace("books(first: Int, colour: Colour): [Book!]!", `books(first: Int, colour: Colour): [Book!]! ${sized}`)
  .replace("title: String! }", `title: String! similar(first: Int): [Book!] ${sized} }`)
  .replace("addBook(", "login(input: LoginInput!): Book addBook(")
  .replace(
    "type Query {",
    "input LoginInput { email: String password: String } input Filter { not: Filter names: [String!] } type Query { find(filter: Filter): Book",
  );

export async function startAttackStage({ graph, ...plain }: PlainOptions = {}): Promise<AttackStage> {
  const [shelves, opinions] = await Promise.all([startShelf(), startOpinions()]);
  // Whatever comes so far is answered with little: subgraphs are not what is attacked.
  shelves.behave = (_request, response) => {
    response.setHeader("content-type", "application/json").end('{"data":{"books":[],"whoami":"x"}}');
    return true;
  };
  const folder = await mkdtemp(join(tmpdir(), "attacks-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  const composed = [
    { ...shelves, typeDefs: shelf },
    { ...opinions, typeDefs: opinionTypeDefs },
  ];
  await writeGraph(supergraphPath, graph?.sdl ?? compose(composed));
  const subgraphUrls = Object.fromEntries((graph?.subgraphs ?? []).map((name) => [name, shelves.url]));
  const options = { ...plain, ...(graph && { subgraphUrls }) };
  const child = fork(join(import.meta.dirname, "attacked-gateway.ts"), [supergraphPath, JSON.stringify(options)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: [],
  });
  const told = async <T>(message?: string | number) => {
    if (message !== undefined) child.send(message);
    return ((await once(child, "message")) as [T])[0];
  };
  const { port } = await told<{ port: number }>();
  const origin = `http://127.0.0.1:${port}`;
  const send: AttackStage["send"] = async ({ path = "/graphql", ...init }) => {
    const response = await fetch(origin + path, { redirect: "manual", ...init });
    const text = await response.text();
    let body = {};
    try {
      body = JSON.parse(text) as object;
    } catch {
      // Not every refusal has a body.
    }
    return { status: response.status, headers: response.headers, text, body };
  };
  const heldBy: AttackStage["heldBy"] = async (work) => {
    await told("begin");
    await work();
    return (await told<{ held: number }>("end")).held;
  };
  // Code that runs for the first time takes long.
  for (let id = 0; id < 50; id += 1) {
    await send(post(`query Q { __typename }`)(id));
    await send(post(`{ latest whoami book(id: "${id}") { id title stars opinions { text } } }`)(id));
    await send(post(`{ latest books(first: "${id}") { nothing } }`)(id));
  }
  const flood: AttackStage["flood"] = async (attacks) => {
    let held = Infinity;
    const answers: GraphqlAnswer[] = [];
    const isNewIn = (round: number) => attacks.every((attack) => !isDeepStrictEqual(attack(0), attack(round)));
    for (let round = 0; round < 2 || (held >= longestHold && round < mostRounds); round += 1) {
      const sendAll = async () => {
        answers.push(...(await Promise.all(attacks.map((attack) => send(attack(round))))));
      };
      const now = await heldBy(sendAll);
      if (round === 0 || isNewIn(round)) held = Math.min(held, now);
    }
    const question = graph ? "{ __typename }" : "{ latest }";
    const after = await send(post(question, {}, { "x-forwarded-for": "192.0.2.255" })(0));
    if (after.status !== 200 || !after.body.data) throw new Error(`The gateway is gone: ${after.text}`);
    return { held: held < longestHold ? "short" : held, answers };
  };
  return {
    ...{ shelf: shelves, opinions, port, send, heldBy, hold: (ms: number) => told(ms), flood },
    async attempt(attack) {
      const { held, answers } = await flood([attack]);
      const answer = answers.at(-1) as GraphqlAnswer;
      return { status: answer.status, code: answer.body.errors?.[0]?.extensions.code, held, answer };
    },
    async stop() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
      await Promise.all([shelves.stop(), opinions.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}
