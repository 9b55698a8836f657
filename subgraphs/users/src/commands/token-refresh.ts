import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { currentTenant } from "@tradegraph/kit/tenancy";
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { type QueryFilter, Types, type UpdateQuery } from "mongoose";
import { type TokenRefreshInput } from "../generated/resolvers.ts";
import { mostSpent, type SessionDocument } from "../models/session.ts";
import { readActingFor } from "../queries/session-holder.ts";
import { hashOf, newRefreshToken, openSuccessor, sealSuccessor, sessionIdOf } from "../refresh-token.ts";
import { refused, type SignInResult, type SignInTools, tokensOf } from "../sign-in.ts";
import { invalidInput, invalidToken } from "../user-errors.ts";
import { recordSecurity } from "./record-security.ts";
import { type Origin, sessionEnds } from "./session-start.ts";

/** How long the token used last still gives its successor again, for a client whose answer was lost: milliseconds. */
export const graceMs = 10_000;

/** Each is needed only when somebody else changed the session in between. */
const attempts = 10;

/**
 * Exchanges a refresh token for new tokens. Each is good for one use; within {@link graceMs}, and while its successor is
 * unused, using it again gives the same successor again. Any other second use means that two have the token, and nobody
 * knows which of them is the thief: the session ends. A token that was never given out is only refused, so that nobody
 * ends the sessions of others by guessing.
 */
export async function tokenRefresh(
  tools: SignInTools,
  input: TokenRefreshInput,
  origin: Origin,
  now = new Date(),
): Promise<SignInResult> {
  const { models } = tools;
  const sessionId = sessionIdOf(input.refreshToken);
  for (let attempt = 0; sessionId !== undefined && attempt < attempts; attempt += 1) {
    const session = await models.Session.findOne({
      _id: new Types.ObjectId(sessionId),
      revokedAt: null,
    }).lean<SessionDocument | null>();
    const use = session && session.expiresAt > now ? useOf(session, input.refreshToken, now) : undefined;
    if (!session || !use) break;
    if (use === "again") {
      await endReused(tools, session, origin);
      return refused(wrongToken());
    }
    const companyId = await companyFor(tools, session, input.companyId ?? undefined);
    if (companyId === "not theirs") return refused(notTheirs());
    const changed = await use(tools, companyId);
    if (!changed) continue;
    const result = await tokensOf(tools, changed.session, changed.refreshToken, origin);
    if (result) return result;
    break;
  }
  // An id that was made up names nothing, and would make each of many guesses a refusal of its own.
  const isSession = sessionId !== undefined && (await models.Session.exists({ _id: sessionId })) !== null;
  const subject = isSession ? { subject: { type: "Session", id: sessionId } } : {};
  await recordSecurity(models, { action: "token.refused", outcome: "refused", actor: visitor(origin), ...subject });
  return refused(wrongToken());
}

interface Changed {
  session: SessionDocument;
  refreshToken: string;
}

/** @returns undefined when the session was changed by somebody else meanwhile */
type Use = (tools: SignInTools, companyId: Types.ObjectId | undefined) => Promise<Changed | undefined>;

/** What may be done with a token: exchange it, get its successor again, nothing, or ending the session. */
function useOf(session: SessionDocument, presented: string, now: Date): Use | "again" | undefined {
  const hash = hashOf(presented);
  const { previous, tokenHash, spent } = session;
  if (hash === tokenHash) {
    const refreshToken = newRefreshToken(session._id.toHexString());
    const next = {
      tokenHash: hashOf(refreshToken),
      previous: { hash, at: now, sealed: sealSuccessor(presented, refreshToken) },
      lastUsedAt: now,
    };
    return (tools, companyId) =>
      change(tools, session, refreshToken, now, companyId, {
        $set: { ...next, ...sessionEnds(tools.tokens, now) },
        $push: { spent: { $each: [hash], $slice: -mostSpent } },
      });
  }
  if (hash === previous?.hash && now.getTime() - previous.at.getTime() <= graceMs) {
    const refreshToken = openSuccessor(presented, previous.sealed);
    return (tools, companyId) => change(tools, session, refreshToken, now, companyId, {});
  }
  return spent.includes(hash) ? "again" : undefined;
}

/**
 * Changes the session if it still is as it was read. The time of the access token is written before the token is made,
 * so that outdateSessions() knows how far it must go, whatever the clocks of several programs say.
 */
async function change(
  { models }: SignInTools,
  session: SessionDocument,
  refreshToken: string,
  now: Date,
  companyId: Types.ObjectId | undefined,
  update: UpdateQuery<SessionDocument>,
): Promise<Changed | undefined> {
  const { _id, tokenHash, notBefore } = session;
  const asRead: QueryFilter<SessionDocument> = { _id, tokenHash, notBefore, revokedAt: null };
  const issuedAt = Math.max(Math.floor(now.getTime() / 1_000), notBefore);
  const changed = await models.Session.findOneAndUpdate(
    asRead,
    { ...update, $set: { ...(update.$set as object), ...(companyId && { companyId }) }, $max: { issuedAt } },
    { returnDocument: "after" },
  ).lean<SessionDocument | null>();
  return changed ? { session: changed, refreshToken } : undefined;
}

/** The company to act for: the one asked for, which the person must act for, else the session's own. */
async function companyFor({ models }: SignInTools, { userId, companyId }: SessionDocument, asked: string | undefined) {
  if (asked === undefined) return companyId;
  if (!isObjectIdText(asked)) return "not theirs";
  return (await readActingFor(models, userId, new Types.ObjectId(asked)))?.companyId ?? "not theirs";
}

async function endReused({ models, sessionTags }: SignInTools, session: SessionDocument, origin: Origin) {
  const { _id, userId } = session;
  const { $push, $set } = pushOutbox(outboxEntry("token.reused", visitor(origin), { outcome: "refused" }));
  await sessionTags.whileChanging(currentTenant(), userId.toHexString(), async () =>
    models.Session.updateOne(
      { _id, revokedAt: null },
      { $set: { revokedAt: new Date(), revokedReason: "token reused", ...$set }, $push },
    ),
  );
}

/** Who presents a token that does not count is nobody we know. */
const visitor = ({ address, requestId }: Origin): Actor => ({
  role: "anonymous",
  ...(address !== undefined && { address }),
  ...(requestId !== undefined && { requestId }),
});

/** The same for every reason. */
const wrongToken = () => invalidToken("This refresh token does not count: sign in again.", "input", "refreshToken");

const notTheirs = () =>
  invalidInput("companyId", "You do not act for this company; leave it out, or name one of yours.");
