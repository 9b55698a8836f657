import { Types } from "mongoose";
import { placeOf } from "../lockout.ts";
import { type Models } from "../models.ts";
import { type SessionDocument } from "../models/session.ts";

/** Latest sessions that are looked at. */
const mostLooked = 200;

/**
 * Whether somebody has signed in to this account from the same place, as far as its sessions are still kept. Asks the
 * database the same whether there is such an account or not.
 *
 * @param account e-mail address in the form of `emailKey`
 */
export async function isKnownNetwork(models: Models, account: string, address: string | undefined): Promise<boolean> {
  const user = await models.User.findOne({ emailLower: account }, { _id: 1 }).lean();
  const sessions = await models.Session.find({ userId: user?._id ?? new Types.ObjectId() }, { address: 1 })
    .sort({ _id: -1 })
    .limit(mostLooked)
    .hint({ tenantId: 1, userId: 1, _id: 1 })
    .lean<Pick<SessionDocument, "address">[]>();
  const place = placeOf(address);
  return address !== undefined && sessions.some((session) => session.address && placeOf(session.address) === place);
}
