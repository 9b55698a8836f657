import { eachInTenant } from "@tradegraph/kit/each-in-tenant";
import { type Logger } from "@tradegraph/kit/logger";
import { Counter, type Registry } from "@tradegraph/kit/metrics";
import { type Worker } from "@tradegraph/kit/subgraph";
import { repeat } from "@tradegraph/kit/repeat";
import { runAcrossTenants } from "@tradegraph/kit/tenancy";
import { type Models } from "../models.ts";
import { type InventoryDocument } from "../models/inventory.ts";
import { releaseStock } from "./stock-release.ts";

/** Between two looks for expired reservations. */
const intervalMs = 5_000;

/** Time a confirmation that began before the end may still take, milliseconds; clocks may differ a little, too. */
const graceMs = 10_000;

/**
 * Releases reservations whose time is over, such as those of an order service that crashed in between. Several instances
 * may sweep at once: releasing is idempotent. One that cannot be released does not keep the others waiting.
 *
 * @returns how many reservations were released
 * @throws AggregateError of what failed, after all were tried
 */
export async function sweepReservations(models: Models, now = new Date()): Promise<number> {
  const limit = new Date(now.getTime() - graceMs);
  const expired = await runAcrossTenants("expired reservations of all tenants", async () =>
    models.Inventory.find({ "reservations.expiresAt": { $lt: limit } }, { tenantId: 1, reservations: 1 })
      .limit(500)
      .lean<Pick<InventoryDocument, "tenantId" | "reservations">[]>(),
  );
  const keys = new Map(
    expired.flatMap(({ tenantId, reservations }) =>
      reservations
        .filter(({ expiresAt }) => expiresAt < limit)
        .map(({ key }) => [`${tenantId} ${key}`, { tenantId, key }] as const),
    ),
  );
  let released = 0;
  await eachInTenant(keys.values(), "Some expired reservations could not be released.", async ({ key }) => {
    if ((await releaseStock(models, key)) > 0) released += 1;
  });
  return released;
}

/** The sweeper as a worker of the subgraph. */
export function startReservationSweeper({
  models,
  logger,
  metrics,
}: {
  models: Models;
  logger: Logger;
  metrics: Registry;
}): Worker {
  const expired = new Counter({
    name: "stock_reservations_expired_total",
    help: "Reservations that were released because their time was over",
    registers: [metrics],
  });
  return repeat({
    name: "reservation sweeper",
    intervalMs,
    logger,
    work: async () => expired.inc(await sweepReservations(models)),
  });
}
