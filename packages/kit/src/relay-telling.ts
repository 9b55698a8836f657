// How a relay tells all gateways what cached answers must forget, after a write that its request could not tell itself.
//
// Entries leave their documents only when Redis has the tags, or when the database remembers that something is untold.
// Gateways must hear of a write within seconds or stop serving what it may concern; the audit log must not wait for Redis.
// So without Redis the relay goes on, with three rules:
// - Before entries leave untold, a mark with a new random value is set in the database. It is there until everything of
//   this subgraph was forgotten, or every untold tag was told; until then no watermark is written, so gateways that can
//   reach Redis while the relay cannot stop using what this subgraph has answered.
// - Who sets the mark has the tags in memory, tells them as soon as Redis takes them, and clears the mark if it still has
//   the value that it wrote. Where another relay's value was found or written over, nobody here knows its tags: then the
//   whole subgraph is forgotten first.
// - A relay that begins to lead looks whether the mark is there.
// A relay that was frozen between its mark and the removal of entries does no harm: the changes were in the database before
// it read their entries, so whoever clears its mark tells after them.
import { randomUUID } from "node:crypto";
import { type mongo } from "mongoose";
import { isOfMany } from "./cache-entry.ts";
import { subgraphTag } from "./cache-tags.ts";
import { appendInvalidation, appendWatermark } from "./invalidation.ts";
import { type OutboxEntry } from "./outbox.ts";
import { type RedisClient } from "./redis.ts";

export interface RelayTelling {
  /** Forgets what is known of the mark; call it when another may have led. */
  begin: () => void;
  /**
   * Tells what entries say, or marks that it is untold.
   *
   * @returns false for the latter: only who still leads after that may take the entries out of their documents, because
   *   another that leads knows of no mark that came later
   * @throws Error when the database does not answer
   */
  tell: (entries: readonly OutboxEntry[]) => Promise<boolean>;
  /**
   * Tells what is untold, then that everything written until `since` is told, at most once a second.
   *
   * @param since `performance.now()` before the outboxes were read that were found empty
   */
  settle: (since: number) => Promise<void>;
}

/** Beside the name of the sequence of events. */
const markId = "untold";

/** Untold tags that are kept in memory; above it the whole subgraph is forgotten. */
const mostUntold = 10_000;

/** Watermarks come about once a second, whatever the pauses of the relay. */
const watermarkEveryMs = 800;

export function createRelayTelling(options: {
  db: mongo.Db;
  redis: RedisClient;
  namespace: string;
  subgraph: string;
}): RelayTelling {
  const { redis, namespace, subgraph } = options;
  const marks = options.db.collection<{ _id: string; logId: string }>("eventLogs");
  const untold = new Set<string>();
  /** Value of the mark; null for none, undefined when it must be read. */
  let mark: string | null | undefined;
  /** Value that this relay wrote. */
  let own: string | undefined;
  /** Tags are untold that are not known here. */
  let isWhole = false;
  let watermarked = -Infinity;

  const append = (tags: readonly string[], events: readonly string[], isOfEvents = false) =>
    appendInvalidation(redis, namespace, { tags, events, isOfEvents }).then(
      () => true,
      () => false,
    );

  const setMark = async () => {
    const logId = randomUUID();
    const before = await marks.findOneAndUpdate({ _id: markId }, { $set: { logId } }, { upsert: true });
    if (before && before.logId !== own) isWhole = true;
    [own, mark] = [logId, logId];
  };

  /** @returns whether nothing is untold any more */
  const tellUntold = async () => {
    if (mark === undefined) mark = (await marks.findOne({ _id: markId }))?.logId ?? null;
    if (mark === null) return true;
    if (mark !== own || untold.size > mostUntold) isWhole = true;
    if (!(await append(isWhole ? [subgraphTag(subgraph)] : [...untold], []))) return false;
    const { deletedCount } = await marks.deleteOne({ _id: markId, logId: mark });
    mark = deletedCount === 1 ? null : undefined;
    if (deletedCount === 1) {
      untold.clear();
      isWhole = false;
    }
    return deletedCount === 1;
  };

  return {
    begin() {
      [mark, own, isWhole] = [undefined, undefined, false];
      untold.clear();
    },
    async tell(entries) {
      const telling = entries.filter(({ cacheTags = [] }) => cacheTags.length > 0);
      if (telling.length === 0) return true;
      const tags = [...new Set(telling.flatMap(({ cacheTags = [] }) => cacheTags))];
      const events = telling.map(({ _id }) => _id.toHexString());
      // While something is untold nothing is tried here: each try may last as long as a command may.
      if (untold.size === 0 && (await append(tags, events, !telling.some(isOfMany)))) return true;
      if (untold.size <= mostUntold) for (const tag of tags) untold.add(tag);
      await setMark();
      return false;
    },
    async settle(since) {
      if (!(await tellUntold()) || performance.now() - watermarked < watermarkEveryMs) return;
      watermarked = performance.now();
      // One that is not written is missing, and gateways count that as silence, which it is.
      await appendWatermark(redis, namespace, subgraph, performance.now() - since).catch(() => undefined);
    },
  };
}
