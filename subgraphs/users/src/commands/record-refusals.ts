// Refusals that anybody can cause in any number: equal ones are counted, so that a flood of them fills nothing.
import { type Collapser, createCollapser } from "@tradegraph/kit/collapse";
import { type Logger } from "@tradegraph/kit/logger";
import { type Actor } from "@tradegraph/kit/outbox";
import { type Worker } from "@tradegraph/kit/subgraph";
import { currentTenant, runForTenant } from "@tradegraph/kit/tenancy";
import { networkOf } from "@tradegraph/kit/networks";
import { type Models } from "../models.ts";

export interface SecurityEvent {
  /** Noun and past participle, such as `login.refused`. */
  action: string;
  outcome: "success" | "refused" | "failed";
  actor: Actor;
  subject?: { type: string; id: string };
  /** Why it was refused or failed. */
  code?: string;
}

/** @param followed how many this stands for; absent for the first, which is written at once */
type Write = (event: SecurityEvent, followed?: number) => Promise<void>;

interface Refusal {
  event: SecurityEvent;
  write: Write;
}

interface RefusalRecords {
  add: (refusal: Refusal) => Promise<void>;
  /** Writes what was counted, and waits for all that is being written. */
  flush: () => Promise<void>;
}

/** How long equal refusals are counted before they are written, milliseconds. */
const defaultPeriodMs = 10_000;

const recordsOf = new WeakMap<Models, RefusalRecords>();

/**
 * Writes the first of a kind at once, those of the next seconds as one with their number. Equal are those of one action,
 * reason, person or network, and subject.
 */
export function collapseRefusal(models: Models, event: SecurityEvent, write: Write): Promise<void> {
  const records = recordsOf.get(models) ?? createRecords(defaultPeriodMs, () => undefined);
  recordsOf.set(models, records);
  return records.add({ event, write });
}

/** Says what could not be written, and writes what is left when the program stops. Start it before the first refusal. */
export function startRefusalRecords({
  models,
  logger,
  periodMs = defaultPeriodMs,
}: {
  models: Models;
  logger: Logger;
  periodMs?: number | undefined;
}): Worker {
  const records = createRecords(periodMs, (error, { action, code }, count) => {
    logger.error({ error, action, code, count }, "Refusals could not be recorded");
  });
  recordsOf.set(models, records);
  return { name: "refusal records", stop: records.flush };
}

function createRecords(
  periodMs: number,
  onLost: (error: unknown, event: SecurityEvent, count: number) => void,
): RefusalRecords {
  const writing = new Set<Promise<void>>();
  let latest: Promise<void> | undefined;
  let isFirst = false;
  // Each shop has its own, so that none is told what happened in another.
  const collapsers = new Map<string, Collapser<Refusal>>();
  const collapserFor = (tenantId: string) => {
    const tell = ({ event, write }: Refusal, count: number) => {
      // Those that followed came with requests of their own.
      const { requestId, ...others } = event.actor;
      const actor = { ...others, ...(isFirst && requestId !== undefined && { requestId }) };
      const followed = isFirst ? undefined : count;
      const written = runForTenant(tenantId, () => write({ ...event, actor }, followed));
      latest = written;
      const settled = written.catch((error: unknown) => {
        onLost(error, event, count);
      });
      writing.add(settled);
      void settled.then(() => writing.delete(settled));
    };
    const made = createCollapser<Refusal>(
      periodMs,
      ({ value, count }) => {
        tell(value, count);
      },
      beyond,
    );
    collapsers.set(tenantId, made);
    return made;
  };
  return {
    async add(refusal) {
      const tenantId = currentTenant();
      latest = undefined;
      isFirst = true;
      (collapsers.get(tenantId) ?? collapserFor(tenantId)).add(keyOf(refusal), refusal);
      isFirst = false;
      // The first is told at once; its request waits for it, and fails with it.
      await latest;
    },
    async flush() {
      for (const collapser of collapsers.values()) collapser.flush();
      await Promise.all(writing);
    },
  };
}

const keyOf = ({ event: { action, code, actor, subject } }: Refusal) =>
  JSON.stringify([action, code, actor.userId ?? networkOf(actor.address), subject?.type, subject?.id]);

/** From too many places to name: only what happened. */
function beyond({ event: { action, outcome, code }, write }: Refusal): [string, Refusal] {
  const event: SecurityEvent = { action, outcome, ...(code !== undefined && { code }), actor: { role: "anonymous" } };
  return [JSON.stringify([action, code]), { event, write }];
}
