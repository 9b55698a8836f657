import { toObjectId } from "@tradegraph/kit/node-id";
import { type Models } from "../models.ts";
import { type PartnerDocument } from "../models/partner.ts";

/** @throws PublicError BAD_USER_INPUT when the text is no id */
export const findPartner = (models: Models, id: string): Promise<PartnerDocument | null> =>
  models.Partner.findOne({ _id: toObjectId(id) }, { outbox: 0 })
    .lean<PartnerDocument>()
    .exec();
