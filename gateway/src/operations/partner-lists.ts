// What the gateway knows of the operations of partners. users owns the lists (ruling 22): it is asked again every half
// minute while a partner calls, a signal makes it be asked at once, and what it said last goes on while it is away.
import { setTimeout as delay } from "node:timers/promises";
import { createLimit } from "@tradegraph/kit/concurrency";
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Logger } from "@tradegraph/kit/logger";
import { type ChangedOperations } from "@tradegraph/kit/partner-operations";
import { serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { LRUCache } from "lru-cache";
import { createSharedQuestions } from "../shared-questions.ts";
import { listOperations } from "./listed-operations.ts";
import { type OperationList, type PrepareOperations } from "./operation-list.ts";
import { type PartnerLists } from "./partner-list-source.ts";
import { type PartnerOperation } from "./partner-operation.ts";

/** What users says; `lists` is null where the version is the one it was told. */
interface Answer {
  version: string;
  lists:
    | {
        id: string;
        name: string;
        operations: { operationId: string; name: string; type: "QUERY" | "MUTATION"; body: string }[];
      }[]
    | null;
}

interface Memory {
  tenantId: string;
  version: string;
  /** Undefined for a partner without an active list. */
  list: OperationList | undefined;
  operations: readonly PartnerOperation[];
  /** Bytes of text, roughly. */
  size: number;
  /** When users is asked again, on `performance.now()`'s clock. */
  askAgainAt: number;
}

export interface PartnerListMemory extends Omit<PartnerLists, "close"> {
  /** The lists of this partner have changed; those of one who has never called are read and planned before he does. */
  refresh: (changed: ChangedOperations) => void;
  /** Those of any may have. */
  doubtAll: () => void;
  /**
   * Asks about the partners who called last, so that a gateway that starts knows their operations. Never rejects; the
   * rest stays unknown when users does not answer or the time is over.
   */
  load: (withinMs: number) => Promise<void>;
  /** Of all partners that are known, those of the one who called last first. */
  operations: () => PartnerOperation[];
}

export interface PartnerListTimes {
  /** How long an answer is believed without asking, in milliseconds. */
  freshMs: number;
  /** How long after it did not answer users is left alone about a known partner. */
  restMs: number;
  /** How long the last answer goes on while users is away. */
  lastKnownMs: number;
}

const usualTimes: PartnerListTimes = { freshMs: 30_000, restMs: 2_000, lastKnownMs: 86_400_000 };

/** Partners that are remembered, and how much text of them; the least used make room. */
const mostPartners = 1_000;
const mostText = 256 * 1024 * 1024;
/** Answers may be large, so users gives few at a time. */
const questionsAtOnce = 4;

const query = `query PartnerOperations($partnerId: ID!, $knownVersion: String) {
  partnerOperations(partnerId: $partnerId, knownVersion: $knownVersion) {
    version lists { id name operations { operationId name type body } }
  }
}`;

const inUseQuery = "query PartnersInUse { partnersInUse { partnerId tenantId } }";

export function createPartnerLists(options: {
  users: Pick<InternalClient, "call">;
  /** Gets the operations of a partner; of one who called before, they count after that. */
  prepare: PrepareOperations;
  /** Whether partners may send texts, which are looked for in their lists. */
  findsTexts?: boolean;
  logger: Logger;
  times?: Partial<PartnerListTimes>;
}): PartnerListMemory {
  const { users, prepare, findsTexts = false, logger } = options;
  const times = { ...usualTimes, ...options.times };
  const known = new LRUCache<string, Memory>({
    ...{ max: mostPartners, maxSize: mostText, ttl: times.lastKnownMs },
    sizeCalculation: ({ size }) => size,
  });
  const questions = createSharedQuestions<Memory>((partnerId, memory) => known.set(partnerId, memory));
  const oneOfFew = createLimit(questionsAtOnce);

  const ask = async (partnerId: string, tenantId: string): Promise<Memory> => {
    const before = known.peek(partnerId);
    const variables = { partnerId, knownVersion: before?.version };
    const viewer = serviceViewer(tenantId, ["api-keys"]);
    const { partnerOperations } = await oneOfFew(() =>
      users.call<{ partnerOperations: Answer }>({ query, variables, viewer }),
    );
    const askAgainAt = performance.now() + times.freshMs;
    if (before && !partnerOperations.lists) return { ...before, askAgainAt };
    const content = contentOf(partnerOperations, partnerId, tenantId);
    if (findsTexts) await content.list?.readTexts();
    const isReady = prepare(content.operations);
    // Whoever has no older operations has nothing better to do than to send one of these.
    if (before) await isReady;
    return { tenantId, ...content, askAgainAt };
  };

  const lookUp = (partnerId: string, tenantId: string): Promise<Memory> =>
    questions.ask(partnerId, () => ask(partnerId, tenantId));

  const refreshKnown = (partnerId: string, memory: Memory) => {
    // Nobody else asks until this is answered, or users has had its rest.
    memory.askAgainAt = Infinity;
    lookUp(partnerId, memory.tenantId).catch((error: unknown) => {
      logger.warn({ error: String(error), partnerId }, "users does not answer; the operations of a partner go on");
      memory.askAgainAt = performance.now() + times.restMs;
    });
  };

  const loadNewcomer = ({ partnerId, tenantId }: ChangedOperations) => {
    lookUp(partnerId, tenantId).catch((error: unknown) => {
      logger.warn({ error: String(error), partnerId }, "The operations of a new partner are planned when he calls");
    });
  };

  const loadUntil = async (until: number): Promise<void> => {
    // Of all tenants: which ones there are, only users knows.
    const viewer = serviceViewer("any-tenant", ["api-keys"]);
    const { partnersInUse } = await users.call<{ partnersInUse: { partnerId: string; tenantId: string }[] }>({
      ...{ query: inUseQuery, variables: {}, viewer },
    });
    try {
      for (let at = 0; at < partnersInUse.length && performance.now() < until; at += questionsAtOnce) {
        const some = partnersInUse.slice(at, at + questionsAtOnce);
        await Promise.all(some.map(({ partnerId, tenantId }) => lookUp(partnerId, tenantId)));
      }
    } finally {
      for (const { partnerId } of partnersInUse.toReversed()) known.get(partnerId);
    }
  };

  return {
    async load(withinMs) {
      const over = new AbortController();
      const loading = loadUntil(performance.now() + withinMs).catch((error: unknown) => {
        logger.warn({ error: String(error) }, "The operations of partners are not known at the start");
      });
      const late = delay(withinMs, undefined, { signal: over.signal }).catch(() => undefined);
      await Promise.race([loading, late]);
      over.abort();
    },
    operations: () => [...known.values()].flatMap(({ operations }) => operations),
    listOf({ partnerId, tenantId }: Viewer) {
      if (partnerId === undefined) return undefined;
      const memory = known.get(partnerId);
      if (!memory) return lookUp(partnerId, tenantId).then(({ list }) => list);
      if (performance.now() >= memory.askAgainAt) refreshKnown(partnerId, memory);
      return memory.list;
    },
    refresh(changed) {
      questions.outdate(changed.partnerId);
      const memory = known.peek(changed.partnerId);
      if (memory) refreshKnown(changed.partnerId, memory);
      else loadNewcomer(changed);
    },
    doubtAll() {
      questions.outdateAll();
      for (const memory of known.values()) memory.askAgainAt = 0;
    },
  };
}

/** The active lists as one; of operations with one id the one that was activated last counts. */
function contentOf({ version, lists }: Answer, partnerId: string, tenantId: string) {
  const operations = (lists ?? []).flatMap((list) =>
    list.operations.map(({ operationId: id, name, type, body }): PartnerOperation => ({
      ...{ id, name, body, tenantId, listId: list.id },
      type: type === "MUTATION" ? "mutation" : "query",
    })),
  );
  const size = operations.reduce((sum, { body }) => sum + body.length, 1_000);
  if (!lists || lists.length === 0) return { version, list: undefined, operations, size };
  return { version, list: listOperations({ owner: partnerId, version, operations }), operations, size };
}
