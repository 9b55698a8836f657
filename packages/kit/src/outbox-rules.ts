// What every collection with an outbox needs, whatever its commands do: an entry stands in one document only, because it
// is one event; and a document whose entries nobody carries away says so when it is full.
import { type AnyBulkWriteOperation, type mongo, type Query, type Schema } from "mongoose";
import { serviceUnavailable } from "./errors.ts";

/** Code of MongoDB for a document that the collection's validator refuses. */
export const documentRefused = 121;

interface Push {
  $push?: { outbox?: { $each?: { _id: unknown }[] } };
}
interface Written {
  outbox?: { _id: unknown }[];
}

/** Mongoose plugin; does nothing for a schema without an outbox. */
export function outboxRules(schema: Schema): void {
  if (!schema.path("hasOutbox")) return;
  schema.pre("updateMany", function (this: Query<unknown, unknown>) {
    if ((this.getUpdate() as Push | null)?.$push?.outbox)
      throw new Error("An outbox entry is of one document: use bulkWrite with an entry for each.");
  });
  schema.pre("bulkWrite", (operations: unknown) => {
    const parts = (operations as AnyBulkWriteOperation[]).flatMap((operation) => Object.entries(operation));
    if (parts.some(([name, part]) => name === "updateMany" && (part as { update?: Push }).update?.$push?.outbox))
      throw new Error("An outbox entry is of one document: use updateOne with an entry for each.");
    refuseRepeated(parts.flatMap(([, part]) => entriesOf(part as { update?: Push; document?: Written })));
  });
  schema.pre("insertMany", (documents: unknown) => {
    refuseRepeated([documents as Written[]].flat().flatMap(({ outbox = [] }) => outbox));
  });
  // Three parameters make it a handler of errors.
  const explain = (error: Error, _result: unknown, next: (error?: Error) => void) => {
    next(isOutboxFull(error) ? outboxFull() : error);
  };
  schema.post(["updateOne", "findOneAndUpdate"], explain);
  schema.post("bulkWrite", explain);
}

const entriesOf = ({ update, document }: { update?: Push; document?: Written }) =>
  update?.$push?.outbox?.$each ?? document?.outbox ?? [];

function refuseRepeated(entries: readonly { _id: unknown }[]): void {
  if (new Set(entries.map(({ _id }) => String(_id))).size < entries.length)
    throw new Error("An outbox entry is of one document: make one for each.");
}

const outboxFull = () =>
  serviceUnavailable(
    "What changed here before has not been passed on yet, so nothing can change now; try again later.",
  );

interface Refusal {
  code?: number | string;
  errInfo?: mongo.Document;
  writeErrors?: Refusal | Refusal[];
}

/** Whether the database refused a document because of its outbox, as far as it tells; DocumentDB does not. */
function isOutboxFull(error: unknown): boolean {
  const { code, errInfo, writeErrors = [] } = (error ?? {}) as Refusal;
  if ([writeErrors].flat().some(isOutboxFull)) return true;
  const details = errInfo?.details as { schemaRulesNotSatisfied?: { propertiesNotSatisfied?: Place[] }[] } | undefined;
  const places = (details?.schemaRulesNotSatisfied ?? []).flatMap((rule) => rule.propertiesNotSatisfied ?? []);
  return code === documentRefused && places.some((place) => place.propertyName === "outbox" && isTooLong(place));
}

interface Place {
  propertyName?: string;
  details?: { operatorName?: string }[];
}

const isTooLong = ({ details = [] }: Place) => details.some(({ operatorName }) => operatorName === "maxItems");
