// Whole answers, kept as bytes and shown before GraphQL begins. Only what an execution has shown to be keepable is looked
// up; callers are identified, logged, measured and recorded as for an execution, because those steps come before.
import { LRUCache } from "lru-cache";
import { type AnswerClass, conditionsOf, policyOf } from "../cache/response/answer-class.ts";
import { createAskedQueries, isAt, type SeenRequest } from "../cache/response/asked-queries.ts";
import { type CacheMetrics, type CacheResult } from "../cache/operate/cache-metrics.ts";
import { cacheStatus, notForCaches, type Outcome } from "../cache/response/cache-headers.ts";
import { newCacheUse } from "../cache/fetch/cache-use.ts";
import { type CallerOf } from "../cache/policy/caller.ts";
import { type CacheEntry, type Found } from "../cache/store/entry.ts";
import { bodyHash } from "../cache/response/etag.ts";
import { type InvalidationLog } from "../cache/log/invalidation-log.ts";
import { isAsRecent } from "../cache/log/log-position.ts";
import { createPresenter, type KeptMeta, metaOf, type PresenterOptions } from "../cache/response/kept-answer.ts";
import { createMediaTypes, type MediaType } from "./media-types.ts";
import { requestDirectives } from "../cache/response/request-directives.ts";
import { createQuestions, type Question } from "../cache/response/response-questions.ts";
import { type CacheStore } from "../cache/store/store.ts";
import { type RequestScope } from "../request-scope.ts";
import {
  type IsKnown,
  type NextOperation,
  type OperationAnswer,
  type OperationRequest,
  type OperationStep,
} from "./steps.ts";

export interface ResponseCacheOptions extends PresenterOptions {
  store: CacheStore;
  log: Pick<InvalidationLog, "position" | "epoch" | "verdict" | "isWatched">;
  callerOf: CallerOf;
  /** Of Redis. */
  namespace: string;
  /** Of the graph that answers now, see LiveGraph. */
  fingerprint: () => string;
  /** Whose `Cache-Control: no-cache` and `no-store` count; nobody's unless given. */
  isTrusted?: (viewer: RequestScope["viewer"]) => boolean;
  /** Requests that are always executed and never kept, such as those of somebody who debugs the cache. */
  isBypassed?: (request: OperationRequest) => boolean;
  /** As the guard: a GET counts only with a header that browsers send after a preflight. True unless given. */
  csrf?: boolean;
  metrics?: Pick<CacheMetrics, "looked"> | undefined;
}

export interface ResponseCache {
  step: OperationStep;
  /** For the endpoint: what was read before need not be looked at. */
  isKnown: IsKnown;
  /** Hash of what is asked, whoever asks; see operation-key.ts. */
  operationKeyOf: (request: OperationRequest) => string | undefined;
}

/** A query on its way through the cache. */
interface Lookup {
  request: OperationRequest;
  next: NextOperation;
  seen: SeenRequest;
  question: Question;
  media: MediaType;
}

/** What an execution left for those who wait for the same answer. */
interface Kept {
  entry: CacheEntry;
  answerClass: AnswerClass;
  key: string;
}

/** Questions that were not kept, for a caller, and for how long they are executed without another look. */
const unkeptSize = { max: 20_000, ttl: 5_000 };
/** Of the list of classes; it ends nothing, and is written again with each answer. */
const recordSeconds = 86_400;

/** The whole-response level of the cache, for the steps between log and execution (ruling 24). */
export function serveWholeResponses(options: ResponseCacheOptions): ResponseCache {
  const { store, log, callerOf, namespace, fingerprint, isTrusted, isBypassed, csrf = true, metrics } = options;
  const asked = createAskedQueries();
  const questions = createQuestions(callerOf);
  const present = createPresenter(options);
  const mediaTypeOf = createMediaTypes();
  const flights = new Map<string, Promise<Kept | undefined>>();
  const unkept = new LRUCache<string, true>(unkeptSize);
  const { name = "tradegraph" } = options;

  const questionOf = (seen: SeenRequest, tenantId: string, epoch: string): Question => {
    const place = { tenantId, epoch, fingerprint: fingerprint(), operation: seen.query.key };
    if (seen.question && isAt(seen.question, place)) return seen.question;
    return (seen.question = questions.at({ namespace, ...place }));
  };

  /** What log, metrics and audit find in the scope after an execution. */
  const describe = ({ request: { scope }, seen: { query } }: Lookup, entry: CacheEntry) => {
    scope.operationName = query.operationName?.slice(0, 64);
    scope.operationType = "query";
    scope.document = () => query.document;
    scope.entityTypes = metaOf(entry).entityTypes;
  };
  const noteResult = ({ scope }: OperationRequest, outcome: Outcome, result: CacheResult) => {
    scope.cacheOutcome = outcome;
    metrics?.looked({ level: "response", result, operation: scope.operationName });
  };

  const show = (lookup: Lookup, found: Found): OperationAnswer => {
    const { entry, age, freshFor = entry.maxAge, level } = found;
    describe(lookup, entry);
    lookup.request.scope.cacheHit = found;
    noteResult(lookup.request, "hit", level);
    return present({ entry, age, ttl: freshFor - age, outcome: "hit", media: lookup.media }, lookup.request);
  };
  const peek = ({ question, request }: Lookup): Found | undefined => {
    for (const key of questions.keysFor(question, request.scope.viewer)) {
      const found = store.peek(key);
      if (found?.state === "fresh") return found;
    }
    return undefined;
  };
  /** In Redis too, where other gateways tell what they have seen. */
  const find = async ({ question, request: { scope } }: Lookup): Promise<Found | undefined> => {
    const known = questions.keysFor(question, scope.viewer);
    const [record, ...found] = await store.find([question.recordKey, ...known]);
    const fresh = found.find((one) => one?.state === "fresh");
    if (fresh || !record || !questions.learn(question, readClasses(record.entry))) return fresh;
    const others = questions.keysFor(question, scope.viewer).filter((key) => !known.includes(key));
    return (await store.find(others)).find((one) => one?.state === "fresh");
  };

  const remember = (question: Question, answerClass: AnswerClass) => {
    if (!questions.learn(question, [answerClass]) && store.peek(question.recordKey)) return;
    store.keep(question.recordKey, {
      bytes: Buffer.from(JSON.stringify(question.classes.map((one) => one.answerClass))),
      ...{ tags: [], sources: [], position: log.position() ?? 0, storedAt: Date.now() },
      ...{ maxAge: recordSeconds, swr: 0, sie: 0 },
    });
  };
  /** Keeps what was executed, if all that is known about it allows. */
  const keep = ({ question, request: { scope } }: Lookup, answer: OperationAnswer): Kept | undefined => {
    const moment = { now: Date.now(), tenantId: scope.viewer.tenantId, log };
    const conditions = scope.cacheUse && conditionsOf(scope.cacheUse, moment);
    if (!conditions || fingerprint() !== question.place.fingerprint || !isWhole(answer, scope)) return undefined;
    const { answerClass, ...rest } = conditions;
    const key = questions.keyOf(question, scope.viewer, answerClass);
    if (key === undefined) return undefined;
    const bytes = Buffer.from(answer.body);
    const meta = { bodyHash: bodyHash(bytes), answerClass, entityTypes: scope.entityTypes ?? [] } satisfies KeptMeta;
    const entry = { bytes, ...rest, swr: 0, sie: 0, meta };
    store.keep(key, entry);
    remember(question, answerClass);
    return { entry, answerClass, key };
  };

  const isCurrent = ({ tags, position, sources }: CacheEntry): boolean =>
    log.verdict(tags, position) === "valid" && sources.every(log.isWatched);
  const showKept = (lookup: Lookup, entry: CacheEntry, outcome: Outcome, isForOne = false): OperationAnswer => {
    const age = Math.max(0, Date.now() - entry.storedAt) / 1_000;
    return present({ entry, age, ttl: 0, outcome, media: lookup.media, isForOne }, lookup.request);
  };

  const execute = async (lookup: Lookup, keeps: boolean): Promise<[OperationAnswer, Kept | undefined]> => {
    const { request, next } = lookup;
    request.scope.cacheUse = newCacheUse();
    const answer = await next(request);
    const kept = keeps ? keep(lookup, answer) : undefined;
    noteResult(request, kept ? "stored" : "miss", "miss");
    if (!kept) return [tell(answer, request.scope, request.scope.cacheUse.isStale ? "stale" : "miss"), undefined];
    return [isCurrent(kept.entry) ? showKept(lookup, kept.entry, "stored") : tell(answer, request.scope, "miss"), kept];
  };
  /** Headers of what is not kept. */
  const tell = ({ status, headers, body }: OperationAnswer, scope: RequestScope, outcome: Outcome): OperationAnswer => {
    const told = new Map(headers);
    told.set("cache-control", notForCaches);
    told.set("cache-status", cacheStatus(name, outcome));
    return { status, headers: told, body };
  };
  const bypass = async (request: OperationRequest, next: NextOperation): Promise<OperationAnswer> => {
    const answer = await next(request);
    noteResult(request, "bypass", "bypass");
    return tell(answer, request.scope, "bypass");
  };

  /** Those with equal texts get the same answer, or none of them knows yet that they do not. */
  const companyOf = ({ question, request: { scope } }: Lookup): string | undefined => {
    const [key] = questions.keysFor(question, scope.viewer);
    if (key !== undefined) return key;
    if (scope.viewer.role === "anonymous") return `${question.recordKey} visitor`;
    const self = callerOf(scope.viewer, policyOf({ scope: "PRIVATE", vary: [], bypass: [] }));
    return self.isKept ? `${question.recordKey} ${self.variant}` : undefined;
  };
  /** Whether what another caller's execution brought is an answer for this one, who asked at a position. */
  const isFor = ({ question, request }: Lookup, kept: Kept, position: number): boolean => {
    if (log.position() === undefined || log.epoch() !== question.place.epoch) return false;
    if (questions.keyOf(question, request.scope.viewer, kept.answerClass) !== kept.key) return false;
    const { entry } = kept;
    return isAsRecent(entry.position, position) || isCurrent(entry);
  };

  const lead = async (lookup: Lookup, company: string): Promise<OperationAnswer> => {
    let land: (kept: Kept | undefined) => void = () => undefined;
    const flight = new Promise<Kept | undefined>((resolve) => (land = resolve));
    flights.set(company, flight);
    let kept: Kept | undefined;
    try {
      const found = await find(lookup);
      if (found) {
        const { answerClass } = metaOf(found.entry);
        const key = questions.keyOf(lookup.question, lookup.request.scope.viewer, answerClass);
        if (key !== undefined) kept = { entry: found.entry, answerClass, key };
        return show(lookup, found);
      }
      const [answer, stored] = await execute(lookup, true);
      kept = stored;
      if (!kept) unkept.set(company, true);
      return answer;
    } finally {
      flights.delete(company);
      land(kept);
    }
  };
  /** Of those who miss the same answer, one executes for all; but nobody gets what was outdated when he asked. */
  const join = async (lookup: Lookup, position = log.position(), rounds = 3): Promise<OperationAnswer> => {
    const company = companyOf(lookup);
    const isAlone = position === undefined || company === undefined || unkept.has(company) || rounds === 0;
    if (isAlone) return (await execute(lookup, true))[0];
    const flight = flights.get(company);
    if (!flight) return lead(lookup, company);
    const kept = await flight;
    // Whoever executed has learned that others cannot use it, or has failed: each for himself.
    if (!kept) return (await execute(lookup, true))[0];
    if (!isFor(lookup, kept, position)) return join(lookup, position, rounds - 1);
    describe(lookup, kept.entry);
    noteResult(lookup.request, "collapsed", "memory");
    // What has changed meanwhile is recent enough for who asked before the change, and for nobody else.
    return showKept(lookup, kept.entry, "collapsed", !isCurrent(kept.entry));
  };

  /** A browser asked for it without a preflight, or says something that only Apollo understands. */
  const isPlain = ({ method, httpHeaders }: OperationRequest): boolean =>
    method === "POST" ||
    (httpHeaders["content-type"] === undefined &&
      (!csrf || Boolean(httpHeaders["apollo-require-preflight"]) || Boolean(httpHeaders["x-apollo-operation-name"])));

  const step: OperationStep = (request, next) => {
    const { scope, httpHeaders } = request;
    const epoch = log.epoch();
    const media = mediaTypeOf(httpHeaders.accept);
    if (epoch === undefined || !media || !isPlain(request) || isBypassed?.(request)) return bypass(request, next);
    const seen = asked.read(request);
    if (!seen) return bypass(request, next);
    const lookup = { request, next, seen, question: questionOf(seen, scope.viewer.tenantId, epoch), media };
    const directives = isTrusted?.(scope.viewer) ? requestDirectives(httpHeaders["cache-control"]) : undefined;
    if (directives) {
      scope.cacheDirectives = directives;
      if (directives.noCache) return execute(lookup, !directives.noStore).then(([answer]) => answer);
    }
    const found = peek(lookup);
    if (found) return show(lookup, found);
    if (directives?.noStore) return execute(lookup, false).then(([answer]) => answer);
    return join(lookup);
  };
  return { step, isKnown: asked.isKnown, operationKeyOf: (request) => asked.read(request)?.query.key };
}

/** An answer without errors and with nothing besides data. */
function isWhole({ status, body }: OperationAnswer, { operationType, errorCodes }: RequestScope): boolean {
  if (status !== 200 || operationType !== "query" || errorCodes.length > 0 || typeof body !== "string") return false;
  if (!body.startsWith('{"data":{')) return false;
  // Only looked at closely where a field, or the answer itself, has that name.
  return !body.includes('"extensions":') || !("extensions" in (JSON.parse(body) as object));
}

/** What another gateway wrote; it may be of an older version of this program. */
function readClasses({ bytes }: CacheEntry): AnswerClass[] {
  try {
    return JSON.parse(bytes.toString()) as AnswerClass[];
  } catch {
    return [];
  }
}
