import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Models } from "../models.ts";
import { type PartnerDocument } from "../models/partner.ts";

/** One page of the shop's partners by name. Who may see it is decided in permissions.ts: partners are no entities. */
export function listPartners(
  models: Models,
  args: ConnectionArguments,
  limit: number,
): Promise<Connection<PartnerDocument>> {
  const hint = { tenantId: 1, nameSort: 1, _id: 1 } as const;
  return readConnection(
    { args, sort: { path: "nameSort", direction: 1 }, filter: {}, limit },
    ({ filter, sort, limit }) =>
      models.Partner.find(filter, { outbox: 0 }).sort(sort).limit(limit).hint(hint).lean<PartnerDocument[]>(),
    (most) => models.Partner.countDocuments({}, { limit: most, hint }),
  );
}
