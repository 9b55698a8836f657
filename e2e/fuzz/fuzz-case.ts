// One case of the fuzz, from its number alone: who asks what, and whether the answer is right.
import { setTimeout as sleep } from "node:timers/promises";
import { getOperationAST, parse, validate, type DocumentNode } from "graphql";
import { type Pool } from "undici";
import { asGet, asPost, sendRaw } from "./ask-gateway.ts";
import { breakDocument } from "./broken-documents.ts";
import { type FuzzDocument, generateDocument } from "./documents.ts";
import { bodyOf, differenceOf, faultOf, isLimited, type Reply } from "./judge.ts";
import { type Monolith, type PeerAnswer } from "./monolith.ts";
import { createRandom } from "./random.ts";
import { shrink } from "./shrink.ts";
import { type FuzzCaller, type World } from "./world.ts";
import { type RawRequest, wrongRequest } from "./wrong-requests.ts";

export interface FuzzStage {
  seed: number;
  /** Connections to the gateway, and the path of its endpoint. */
  pool: Pool;
  path: string;
  monolith: Monolith;
  world: World;
  callers: () => readonly FuzzCaller[];
  codes: ReadonlySet<string>;
  counts: FuzzCounts;
  /** Which case a request belongs to. */
  cases: Map<string, number>;
}

/** What the run has done so far. */
export interface FuzzCounts {
  valid: number;
  broken: number;
  wrong: number;
  requests: number;
  /** Answers that were held against the monolith's. */
  compared: number;
  /** Documents that a limit of the gateway refused. */
  limited: number;
  /** Compared answers with anything besides null. */
  full: number;
}

export interface Finding {
  case: number;
  what: string;
  /** How the case was made. */
  how: string;
  caller: string;
  document?: FuzzDocument;
  request?: RawRequest;
  reply?: Reply;
  peer?: PeerAnswer;
}

const parsed = (query: string): DocumentNode | undefined => {
  try {
    return parse(query);
  } catch {
    // Text that is no document, or one that is deeper than the stack.
    return undefined;
  }
};

type Verdict = "query" | "wrong" | "mutation" | "introspection";

/** What graphql-js says of a document, so that an answer can be expected. */
function verdictOf({ schema }: Monolith, { query, operationName }: FuzzDocument): Verdict {
  const document = parsed(query);
  if (!document || validate(schema, document).length > 0) return "wrong";
  const operation = getOperationAST(document, operationName);
  if (operation?.operation === "mutation") return "mutation";
  // Validation lets them pass, but the schema has none.
  if (operation?.operation === "subscription") return "wrong";
  if (/__schema|__type\b/.test(query)) return "introspection";
  return operation ? "query" : "wrong";
}

async function send(stage: FuzzStage, number: number, request: RawRequest): Promise<Reply> {
  stage.counts.requests += 1;
  const reply = await sendRaw(stage.pool, stage.path, request);
  stage.cases.set(reply.requestId, number);
  return reply;
}

const hasContent = (value: unknown): boolean =>
  typeof value === "object" && value !== null ? Object.values(value).some(hasContent) : value !== null;

/** Data of the shop that a program in the background was just changing is asked for again. */
const repeats = 3;

interface Wrong {
  what: string;
  request: RawRequest;
  reply: Reply;
  peer?: PeerAnswer;
}

/** Sends a valid query twice by POST, so that the second comes from the cache, and once by GET; compares each. */
async function compare(
  stage: FuzzStage,
  number: number,
  document: FuzzDocument,
  caller: FuzzCaller,
  rounds = 1 + repeats,
): Promise<Wrong | undefined> {
  const post = asPost(document, caller.headers);
  const requests = [post, post, asGet(document, caller.headers)].filter((request) => request !== undefined);
  for (let round = 1; ; round += 1) {
    let found: Wrong | undefined;
    let peer: PeerAnswer | undefined;
    for (const request of requests) {
      const reply = await send(stage, number, request);
      const fault = faultOf(reply, stage.codes);
      if (fault !== undefined) return { what: fault, request, reply };
      const body = bodyOf(reply) ?? {};
      if (body.data == null && isLimited(body)) {
        stage.counts.limited += 1;
        return undefined;
      }
      peer ??= await stage.monolith.answer(document, caller.viewer);
      const difference = differenceOf(reply, peer);
      if (difference !== undefined) found = { what: difference, request, reply, peer };
      if (found) break;
      stage.counts.compared += 1;
    }
    if (peer && hasContent(peer.data ?? null)) stage.counts.full += 1;
    if (!found || round >= rounds) return found;
    await sleep(200 * round);
  }
}

/** Sends what GraphQL refuses; it must be refused. */
async function refuse(stage: FuzzStage, number: number, document: FuzzDocument, caller: FuzzCaller, verdict: Verdict) {
  const request = asPost(document, caller.headers);
  const reply = await send(stage, number, request);
  const fault = faultOf(reply, stage.codes);
  if (fault !== undefined) return { what: fault, request, reply };
  if (verdict === "wrong" && bodyOf(reply)?.data) return { what: "data for a wrong document", request, reply };
  return undefined;
}

/** Titles of findings with their places taken out, so that a smaller document may show the same. */
const kindOf = (what: string) => what.replace(/:.*/, "");

/** Runs one case. @throws Error when the gateway does not answer at all */
export async function runCase(stage: FuzzStage, number: number): Promise<Finding | undefined> {
  const random = createRandom(stage.seed, number);
  const caller = random.pick(stage.callers());
  const valid = generateDocument(random, stage.monolith.schema, stage.world);
  const kind = random.next();
  const about = { case: number, caller: caller.name };

  if (kind > 0.9) {
    stage.counts.wrong += 1;
    const { how, ...request } = wrongRequest(random, valid);
    const reply = await send(stage, number, { ...request, headers: { ...caller.headers, ...request.headers } });
    const hasBody = request.method !== "HEAD" && reply.status !== 204 && reply.status !== 304;
    const fault = faultOf(reply, stage.codes, hasBody);
    return fault === undefined ? undefined : { ...about, what: fault, how, request, reply };
  }
  const { how, ...document } = kind > 0.7 ? breakDocument(random, valid) : { ...valid, how: "valid" };
  const verdict = verdictOf(stage.monolith, document);
  if (how === "valid") stage.counts.valid += 1;
  else stage.counts.broken += 1;
  // What would be carried out is not a question.
  if (verdict === "mutation") return undefined;
  if (verdict !== "query") {
    const wrong = await refuse(stage, number, document, caller, verdict);
    return wrong && { ...about, how, document, ...wrong };
  }
  const wrong = await compare(stage, number, document, caller);
  if (!wrong) return undefined;
  const persists = async (smaller: FuzzDocument) => {
    const again = await compare(stage, number, smaller, caller, 1);
    return again !== undefined && kindOf(again.what) === kindOf(wrong.what);
  };
  const small = await shrink(stage.monolith.schema, document, persists);
  const last = (await compare(stage, number, small, caller)) ?? wrong;
  return { ...about, how, document: small, ...last };
}
