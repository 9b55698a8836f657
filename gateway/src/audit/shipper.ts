// Brings records from the spool to users, again and again until users has them. It ignores those it knows, so sending a
// whole file once more after a crash does no harm.
import { randomUUID } from "node:crypto";
import { dirname } from "node:path";
import { recordOfEachRequest } from "@tradegraph/kit/audit-requests";
import { PublicError } from "@tradegraph/kit/errors";
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Logger } from "@tradegraph/kit/logger";
import { repeat } from "@tradegraph/kit/repeat";
import { type Worker } from "@tradegraph/kit/subgraph";
import { platformTenant, serviceViewer } from "@tradegraph/kit/viewer";
import { type AuditEntry, type AuditRecord } from "./record.ts";
import { keepRefused } from "./refused-records.ts";
import { type Spool } from "./spool.ts";
import { type Batch, createBatches } from "./spool-batches.ts";

/** As many lines as users takes in one call. */
const batchSize = 500;
const intervalMs = 500;

const mutation = /* GraphQL */ `
  mutation GatewayAuditRecord($entries: [AuditEntryInput!]!) {
    auditRecord(entries: $entries) {
      added
    }
  }
`;

const [head, tail] = [`{"query":${JSON.stringify(mutation)},"variables":{"entries":[`, "]}}"];

export interface ShipperOptions {
  spool: Spool;
  users: Pick<InternalClient, "callText">;
  logger: Logger;
}

/** Ships what is there now. @returns how many lines. @throws PublicError when users does not take them */
export async function shipRecords(options: ShipperOptions): Promise<number> {
  const { spool, logger } = options;
  let shipped = 0;
  const segments = spool.closedSegments();
  if (segments.length === 0) return 0;
  const readBatches = createBatches({ head, tail, most: batchSize });
  for (const { name, path } of segments) {
    const tellTorn = () => {
      // Cut off in the middle: the process ended while it wrote, before it answered.
      logger.warn({ path }, "A line of the spool is incomplete");
    };
    for (const batch of readBatches(path, tellTorn)) {
      await send(batch, { ...options, folder: dirname(path) });
      shipped += batch.count;
    }
    spool.remove(name);
  }
  return shipped;
}

/** The same as a worker. A users that is away is tried on; the spool holds what comes meanwhile. */
export function startShipper(options: ShipperOptions): Worker {
  const { spool, logger } = options;
  let away = false;
  const work = async () => {
    await tellLost(spool, logger);
    try {
      await shipRecords(options);
      if (away) logger.info("Users takes audit records again");
      away = false;
    } catch (error) {
      if (!away) logger.warn({ error, waiting: spool.size() }, "Audit records cannot be shipped; trying on");
      away = true;
    }
  };
  const worker = repeat({ name: "shipper of audit records", intervalMs, logger, work });
  return {
    name: worker.name,
    async stop() {
      await worker.stop();
      // What waited, then the last answers' records; what users does not take now, the next start ships.
      const shipAll = async () => void ((await shipRecords(options)) > 0 && (await shipRecords(options)));
      await shipAll().catch((error: unknown) => {
        logger.warn({ error, waiting: spool.size() }, "Audit records wait for the next start");
      });
    },
  };
}

type Sending = ShipperOptions & { folder: string };

async function send({ body, lines, count }: Batch, sending: Sending): Promise<void> {
  const { users, logger } = sending;
  const viewer = serviceViewer(platformTenant, ["audit"]);
  try {
    await users.callText({ body, viewer, requestId: randomUUID() });
  } catch (error) {
    const code = error instanceof PublicError ? error.extensions.code : undefined;
    if (code === "SERVICE_UNAVAILABLE") throw error;
    const records = lines().flatMap((line) => recordIn(line) ?? []);
    if (records.length < count) logger.warn({ lines: count - records.length }, "Lines of the spool are no JSON");
    else if (code !== "BAD_USER_INPUT") throw error;
    await sendSome(records, records.length < count ? undefined : error, sending);
  }
}

/** @param error why users refused all of them together; undefined where it has not seen them */
async function sendSome(records: readonly AuditEntry[], error: unknown, sending: Sending): Promise<void> {
  const [first] = records;
  if (!first) return;
  if (error === undefined) return send(batchOf(records), sending);
  const each = records.flatMap((record): AuditRecord[] => recordOfEachRequest(record));
  if (each.length > records.length) {
    // A users of the version before, which a rollback brings back, knows no entry for several requests.
    for (let at = 0; at < each.length; at += batchSize) await send(batchOf(each.slice(at, at + batchSize)), sending);
    return;
  }
  // One wrong record must not hold up all others, and is not thrown away either.
  if (records.length === 1) return putAside(first, error, sending);
  const half = Math.ceil(records.length / 2);
  await send(batchOf(records.slice(0, half)), sending);
  await send(batchOf(records.slice(half)), sending);
}

const batchOf = (records: readonly AuditEntry[]): Batch => {
  const lines = records.map((record) => JSON.stringify(record));
  return { body: Buffer.from(`${head}${lines.join(",")}${tail}`), lines: () => lines, count: lines.length };
};

function recordIn(line: string): AuditEntry | undefined {
  try {
    return JSON.parse(line) as AuditEntry;
  } catch {
    return undefined;
  }
}

function putAside(record: AuditRecord, error: unknown, { spool, logger, folder }: Sending): void {
  const { eventId } = record;
  try {
    if (keepRefused(folder, record))
      return logger.error({ error, eventId }, "Users refuses an audit record; it is in the spool's refused-….log");
  } catch (broken) {
    logger.error({ error: broken, eventId }, "A refused audit record could not be kept");
  }
  spool.lose(record.category);
  logger.error({ error, record }, "Users refuses an audit record, and there is no place for it");
}

async function tellLost(spool: Spool, logger: Logger): Promise<void> {
  const { ACCESS, SECURITY } = spool.takeLost();
  if (ACCESS + SECURITY === 0) return;
  logger.error({ access: ACCESS, security: SECURITY }, "Audit records were lost: the spool is full or broken");
  await spool.keep({
    ...{ eventId: randomUUID(), at: new Date().toISOString(), tenantId: platformTenant, role: "service" },
    ...{ category: "SECURITY", action: "audit.lost", outcome: "FAILED", count: ACCESS + SECURITY },
  });
}
