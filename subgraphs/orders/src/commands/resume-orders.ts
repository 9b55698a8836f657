import { eachInTenant } from "@tradegraph/kit/each-in-tenant";
import { type Logger } from "@tradegraph/kit/logger";
import { repeat } from "@tradegraph/kit/repeat";
import { type Worker } from "@tradegraph/kit/subgraph";
import { runAcrossTenants } from "@tradegraph/kit/tenancy";
import { type Models } from "../models.ts";
import { type IdempotencyKeyDocument } from "../models/idempotency-key.ts";
import { dropClaim, finishClaim, reservationMs } from "./claim-key.ts";

/** Between two looks for claims that were left behind. */
const intervalMs = 60_000;

/**
 * Ends claims whose runner died long ago, when products has released their units by itself: those with an order are
 * finished, the others forgotten. Several instances may do so at once.
 *
 * @returns how many claims were ended; one that cannot be ended does not keep the others waiting
 * @throws AggregateError of what failed, after all were tried
 */
export async function resumeOrders(models: Models, now = new Date()): Promise<number> {
  const stuck = await runAcrossTenants("claims of all tenants that were left behind", async () =>
    models.IdempotencyKey.find({ state: "running", leaseUntil: { $lt: new Date(now.getTime() - reservationMs) } })
      .hint({ state: 1, leaseUntil: 1 })
      .limit(500)
      .lean<IdempotencyKeyDocument[]>(),
  );
  const problem = "Some claims that were left behind could not be ended.";
  await eachInTenant(stuck, problem, (claim) => endStuck(models, claim));
  return stuck.length;
}

async function endStuck(models: Models, claim: IdempotencyKeyDocument): Promise<void> {
  const isPlaced = (await models.Order.exists({ _id: claim.orderId })) !== null;
  await (isPlaced ? finishClaim(models, claim) : dropClaim(models, claim));
}

/** The same as a worker of the subgraph. */
export const startOrderResumer = ({ models, logger }: { models: Models; logger: Logger }): Worker =>
  repeat({ name: "order resumer", intervalMs, logger, work: () => resumeOrders(models) });
