// What belongs to one GraphQL request, for code that Apollo calls without telling for whom: error formatting above all.
import { AsyncLocalStorage } from "node:async_hooks";
import { performance } from "node:perf_hooks";
import { type ClientClass } from "@tradegraph/kit/client-class";
import { type DocumentNode } from "graphql";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type DebuggedPart } from "./cache/fetch/debugged-part.ts";
import { type Outcome } from "./cache/response/cache-headers.ts";
import { type CacheUse } from "./cache/fetch/cache-use.ts";
import { type RequestDirectives } from "./cache/response/request-directives.ts";
import { type Found } from "./cache/store/entry.ts";
import { type PersistedOperation } from "./operations/operation-list.ts";

/** In points, see docs/LIMITS.md. */
export interface OperationCost {
  estimated: number;
  /** Known when it is answered, for those who are told. */
  actual?: number;
  /** Set by a rate limit: told the actual cost once, gives what the caller has left. */
  settle?: (actual: number) => ThrottleStatus | undefined;
}

/** What a caller has left, with Shopify's names. */
export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  /** Points a second. */
  restoreRate: number;
}

export interface RequestScope {
  requestId: string;
  /** When its caller was known and its steps began, by `performance.now()`. */
  startedAt: number;
  viewer: Viewer;
  /** Run when the client goes away: each ends one fetch to a subgraph. Made by the first of them. */
  cancellations: Set<() => void> | undefined;
  cancelled: boolean;
  /** Known once the operation is parsed, valid and found in its document. */
  operationName: string | undefined;
  operationType: string | undefined;
  /** What the caller sent, parsed; known at the same time. A function, because it may have to be parsed again. */
  document: (() => DocumentNode) | undefined;
  /** Types of the things it reads or writes; known at the same time. */
  entityTypes: readonly string[] | undefined;
  /** Codes of the errors in the answer, as clients see them. */
  errorCodes: string[];
  /** What its fetches say about keeping the answer; made by the first of them. */
  cacheUse: CacheUse | undefined;
  /** What a trusted caller asks of the cache. */
  cacheDirectives: RequestDirectives | undefined;
  /** How the whole answer came about. */
  cacheOutcome: Outcome | undefined;
  /** The kept answer that was shown, where that is a hit. */
  cacheHit: Found | undefined;
  /** Where the parts of the answer came from; only for callers who asked and may know. */
  cacheDebug: DebuggedPart[] | undefined;
  /** As which kind of client the caller is treated; see client-class.ts. */
  clientClass: ClientClass | undefined;
  /** The persisted operation that was asked for, where it was. */
  persisted: PersistedOperation | undefined;
  /** What it may cost, and what it has cost; only where somebody has counted. */
  cost: OperationCost | undefined;
  /** Whether a rate limit has counted the request. */
  isCounted: boolean;
  /** Headers of the answer that belong to this request, as it goes out: names and values in turn. */
  ownHeaders: (() => readonly string[]) | undefined;
  /** Resolves when what is recorded of it survives; no answer goes out before. */
  recorded: Promise<void> | undefined;
  /** A change could not be told to all gateways yet: others may show what was before for a while. */
  invalidationDeferred: boolean;
}

/** With a place for everything that is learned later: objects that grow take longer than an answer from memory. */
export const newScope = (requestId: string, viewer: Viewer): RequestScope => ({
  requestId,
  startedAt: performance.now(),
  viewer,
  cancellations: undefined,
  cancelled: false,
  operationName: undefined,
  operationType: undefined,
  document: undefined,
  entityTypes: undefined,
  errorCodes: [],
  cacheUse: undefined,
  cacheDirectives: undefined,
  cacheOutcome: undefined,
  cacheHit: undefined,
  cacheDebug: undefined,
  clientClass: undefined,
  persisted: undefined,
  cost: undefined,
  isCounted: false,
  ownHeaders: undefined,
  recorded: undefined,
  invalidationDeferred: false,
});

/** Apollo's context. It is cloned for each operation, so the scope that all share is one level deeper. */
export interface GraphContext {
  scope: RequestScope;
}

const storage = new AsyncLocalStorage<RequestScope>();

/** Scope of the request being answered; undefined outside of one, in tests and at start. */
export const currentScope = (): RequestScope | undefined => storage.getStore();

export const runInScope = <T>(scope: RequestScope, work: () => T): T => storage.run(scope, work);

/** Ends every fetch under way for a client that no longer listens. */
export function cancelScope(scope: RequestScope): void {
  scope.cancelled = true;
  for (const cancel of scope.cancellations ?? []) cancel();
}
