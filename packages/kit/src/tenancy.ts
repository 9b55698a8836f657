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

/** The tenant of the running request; undefined outside of one, and for work over all tenants. */
export const tenantIfAny = (): string | undefined => scope.getStore()?.tenantId;

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

/** Names of all stages, those inside `$facet` too. */
const stageNames = (pipeline: readonly object[]): string[] =>
  pipeline.flatMap((stage) =>
    Object.entries(stage).flatMap(([name, part]: [string, unknown]) => [
      name,
      ...(name === "$facet" ? Object.values(part as Record<string, object[]>).flatMap(stageNames) : []),
    ]),
  );

function scopeAggregate(aggregate: Aggregate<unknown>): void {
  const pipeline = aggregate.pipeline();
  const first = pipeline[0] as
    { $match?: { tenantId?: unknown }; $geoNear?: { query?: { tenantId?: unknown } } } | undefined;
  const filter = tenantFilter((first?.$match ?? first?.$geoNear?.query)?.tenantId);
  if (!filter) return;
  const escaping = stageNames(pipeline).find((name) => escapingStages.includes(name));
  if (escaping)
    throw new Error(`${escaping} leaves the tenant's documents; read both collections and join in a loader.`);
  // $text and $geoNear are allowed in the first stage only, so the tenant is merged into it instead of put before it.
  // A copy, because the stage is the caller's, who may use it for other tenants too.
  if (first?.$match) pipeline[0] = { ...first, $match: { ...first.$match, ...filter } } as PipelineStage;
  else if (first?.$geoNear)
    pipeline[0] = {
      ...first,
      $geoNear: { ...first.$geoNear, query: { ...first.$geoNear.query, ...filter } },
    } as PipelineStage;
  else pipeline.unshift({ $match: filter } as PipelineStage);
}

/**
 * Refuses an update that would take a document out of its tenant. mongoose's `immutable` misses `$setOnInsert`, `$rename`
 * and replacements.
 */
function refuseMoving(update: unknown): void {
  const filter = tenantFilter(undefined);
  if (!filter) return;
  if (Array.isArray(update))
    throw new Error("An update by a pipeline cannot be kept within the tenant; use operators.");
  for (const [name, part] of Object.entries((update ?? {}) as Record<string, unknown>)) {
    const fields = name.startsWith("$") ? Object.entries(part as object) : [[name, part] as const];
    const moves = fields.some(([path, value]: readonly [string, unknown]) =>
      path === "tenantId" ? value !== filter.tenantId || name === "$unset" : name === "$rename" && value === "tenantId",
    );
    if (moves) throw new Error("A document never changes its tenant.");
  }
}

/** Puts what is written whole into the tenant. */
const ownWhole = (written: { tenantId?: unknown }) => Object.assign(written, tenantFilter(written.tenantId));

type BulkPart =
  { filter?: { tenantId?: unknown }; update?: unknown; document?: object; replacement?: object } | undefined;

function scopeBulkWrite(operations: AnyBulkWriteOperation[]): void {
  for (const operation of operations) {
    for (const part of Object.values(operation) as BulkPart[]) {
      if (part?.filter) Object.assign(part.filter, tenantFilter(part.filter.tenantId));
      if (part?.update) refuseMoving(part.update);
      for (const written of [part?.document, part?.replacement]) if (written) ownWhole(written);
    }
  }
}

/** Mongoose plugin; every schema has it (a walking test demands it). Adds the field `tenantId` as well. */
export function tenancy(schema: Schema): void {
  schema.add({ tenantId: { type: String, required: true, immutable: true, dataClass: "internal" } });
  schema.pre([...queryOperations], function (this: Query<unknown, unknown>) {
    const filter = tenantFilter((this.getFilter() as { tenantId?: unknown }).tenantId);
    if (filter) this.where(filter);
  });
  schema.pre(["updateOne", "updateMany", "findOneAndUpdate"], function (this: Query<unknown, unknown>) {
    refuseMoving(this.getUpdate());
  });
  schema.pre(["replaceOne", "findOneAndReplace"], function (this: Query<unknown, unknown>) {
    ownWhole(this.getUpdate() as { tenantId?: unknown });
  });
  schema.pre("estimatedDocumentCount", () => {
    throw new Error("estimatedDocumentCount counts all tenants; use countDocuments.");
  });
  schema.pre("aggregate", function () {
    scopeAggregate(this);
  });
  // Before saving as well, because validation can be switched off.
  schema.pre(["validate", "save"], function () {
    const document = this as unknown as { tenantId?: string; $where?: object };
    const filter = tenantFilter(document.tenantId);
    if (!filter) return;
    document.tenantId ??= filter.tenantId;
    // A document that was put together by hand may carry the id of another tenant's.
    document.$where = { ...document.$where, ...filter };
  });
  schema.pre("insertMany", (documents: unknown) => {
    for (const document of [documents].flat() as { tenantId?: unknown }[]) ownWhole(document);
  });
  schema.pre("bulkWrite", (operations: unknown) => {
    scopeBulkWrite(operations as AnyBulkWriteOperation[]);
  });
}
