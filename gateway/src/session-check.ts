// Whether the session of an access token still counts: a token that was revoked is refused at once, not when it ends.
// users knows; Redis remembers what it said, see session-memory.ts. Without either nobody with a token comes in.
import { serviceUnavailable } from "@tradegraph/kit/errors";
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Logger } from "@tradegraph/kit/logger";
import { serviceViewer } from "@tradegraph/kit/viewer";
import DataLoader from "dataloader";
import { type SessionMemory, type SessionName, type SessionState } from "./session-memory.ts";
import { refuseToken } from "./token-refusal.ts";

export interface PresentedSession extends SessionName {
  /** `iat` of the token, seconds since 1970. */
  issuedAt: number;
}

/** @throws PublicError UNAUTHENTICATED, or SERVICE_UNAVAILABLE when nobody can tell */
export type CheckSession = (session: PresentedSession) => Promise<void>;

type Question = Pick<SessionName, "tenantId" | "sessionId">;

const query = "query SessionStates($ids: [ID!]!) { sessionStates(ids: $ids) { id isActive notBefore } }";

export function createSessionCheck(options: {
  users: Pick<InternalClient, "call">;
  memory: SessionMemory;
  logger: Logger;
}): CheckSession {
  const { users, memory, logger } = options;

  const ask = async (tenantId: string, sessionIds: string[]): Promise<Map<string, SessionState>> => {
    const viewer = serviceViewer(tenantId, ["sessions"]);
    const ids = [...new Set(sessionIds)];
    const { sessionStates } = await users.call<{ sessionStates: (SessionState & { id: string })[] | null }>({
      ...{ query, variables: { ids }, viewer },
    });
    return new Map((sessionStates ?? []).map((state) => [state.id, state]));
  };

  const askAll = async (questions: readonly Question[]): Promise<(SessionState | Error)[]> => {
    const byTenant = Map.groupBy(questions, ({ tenantId }) => tenantId);
    const answers = new Map(
      await Promise.all(
        [...byTenant].map(async ([tenantId, group]) => {
          const asked = ask(
            tenantId,
            group.map(({ sessionId }) => sessionId),
          );
          return [tenantId, await asked.catch((error: unknown) => report(error))] as const;
        }),
      ),
    );
    return questions.map(({ tenantId, sessionId }) => answers.get(tenantId)?.get(sessionId) ?? cannotTell());
  };

  const report = (error: unknown) => {
    logger.error({ error: String(error) }, "Sessions cannot be checked");
    return undefined;
  };

  // Nothing is kept: a question joins others only until they are sent, so its answer is never older than itself.
  const loader = new DataLoader<Question, SessionState>(askAll, {
    cache: false,
    maxBatchSize: 1_000,
    batchScheduleFn: (send) => setTimeout(send, 1),
  });

  return async (session) => {
    const { state: remembered, remember } = await memory.recall(session);
    const { tenantId, sessionId } = session;
    const state = remembered ?? (await loader.load({ tenantId, sessionId }));
    if (!remembered) remember?.(state);
    if (!state.isActive) throw refuseToken("SESSION_ENDED", "The session has ended: sign in again.");
    if (session.issuedAt < state.notBefore)
      throw refuseToken("TOKEN_OUTDATED", "The access token is outdated: refresh it.");
  };
}

const cannotTell = () => serviceUnavailable("Access tokens cannot be verified at the moment; try again.", "users");
