// Every document belongs to a tenant, and no query may forget it (decision 7). The tenant of the running request lives in
// AsyncLocalStorage; this mongoose plugin adds it to every operation and throws where there is none.
import { AsyncLocalStorage } from "node:async_hooks";
import { type Aggregate, type AnyBulkWriteOperation, type PipelineStage, type Query, type Schema } from "mongoose";

interface TenantScope {
  tenantId?: string;
  /** Why this code may touch every tenant; set only by {@link runAcrossTenants}. */
  reason?: string;
}

const scope = new AsyncLocalStorage<TenantScope>();

/** Runs `work` for one tenant: all mongoose operations inside see only its documents. */
export const runForTenant = <T>(tenantId: string, work: () => T): T => scope.run({ tenantId }, work);

/** Runs `work` over all tenants, for jobs such as sweepers and migrations. The reason is for the reader. */
export const runAcrossTenants = <T>(reason: string, work: () => T): T => scope.run({ reason }, work);

/** The tenant of the running request. @throws Error outside {@link runForTenant} */
export function currentTenant(): string {
  const tenantId = scope.getStore()?.tenantId;
  if (!tenantId) throw new Error("No tenant: run this inside runForTenant().");
  return tenantId;
}

/** @returns the filter to add, or undefined when all tenants are meant */
function tenantFilter(given: unknown): { tenantId: string } | undefined {
  const store = scope.getStore();
  if (store?.reason) return undefined;
  const tenantId = currentTenant();
  if (given !== undefined && given !== tenantId) throw new Error("The query names another tenant than the request.");
  return { tenantId };
}

const queryOperations = [
  "find",
  "findOne",
  "findOneAndUpdate",
  "findOneAndReplace",
  "findOneAndDelete",
  "updateOne",
  "updateMany",
  "replaceOne",
  "deleteOne",
  "deleteMany",
  "countDocuments",
  "distinct",
] as const;

/** Stages that read or write another collection, where our filter would not reach. */
const escapingStages = ["$lookup", "$graphLookup", "$unionWith", "$out", "$merge"];

function scopeAggregate(aggregate: Aggregate<unknown>): void {
  const pipeline = aggregate.pipeline();
  const first = pipeline[0] as { $match?: { tenantId?: unknown }; $geoNear?: { query?: object } } | undefined;
  const filter = tenantFilter(first?.$match?.tenantId);
  if (!filter) return;
  const escaping = pipeline.flatMap((stage) => Object.keys(stage)).find((name) => escapingStages.includes(name));
  if (escaping)
    throw new Error(`${escaping} leaves the tenant's documents; read both collections and join in a loader.`);
  // $text and $geoNear are allowed in the first stage only, so the tenant is merged into it instead of put before it.
  if (first?.$match) first.$match = { ...first.$match, ...filter };
  else if (first?.$geoNear) first.$geoNear.query = { ...first.$geoNear.query, ...filter };
  else pipeline.unshift({ $match: filter } as PipelineStage);
}

type BulkFilter = { filter?: { tenantId?: unknown }; document?: unknown; replacement?: unknown } | undefined;

function scopeBulkWrite(operations: AnyBulkWriteOperation[]): void {
  for (const operation of operations) {
    for (const part of Object.values(operation) as BulkFilter[]) {
      if (part?.filter) Object.assign(part.filter, tenantFilter(part.filter.tenantId));
      for (const written of [part?.document, part?.replacement]) {
        if (written) Object.assign(written, tenantFilter((written as { tenantId?: unknown }).tenantId));
      }
    }
  }
}

/** Mongoose plugin; every schema has it (a walking test demands it). Adds the field `tenantId` as well. */
export function tenancy(schema: Schema): void {
  schema.add({ tenantId: { type: String, required: true, immutable: true } });
  schema.pre([...queryOperations], function (this: Query<unknown, unknown>) {
    const filter = tenantFilter((this.getFilter() as { tenantId?: unknown }).tenantId);
    if (filter) this.where(filter);
  });
  schema.pre("estimatedDocumentCount", () => {
    throw new Error("estimatedDocumentCount counts all tenants; use countDocuments.");
  });
  schema.pre("aggregate", function () {
    scopeAggregate(this);
  });
  schema.pre("validate", function () {
    const document = this as unknown as { tenantId?: string };
    const filter = tenantFilter(document.tenantId);
    if (filter) document.tenantId ??= filter.tenantId;
  });
  schema.pre("insertMany", (documents: unknown) => {
    for (const document of [documents].flat() as { tenantId?: unknown }[]) {
      Object.assign(document, tenantFilter(document.tenantId));
    }
  });
  schema.pre("bulkWrite", (operations: unknown) => {
    scopeBulkWrite(operations as AnyBulkWriteOperation[]);
  });
}
