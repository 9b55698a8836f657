import { actorOf } from "@tradegraph/kit/outbox";
import { type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { endSessions, type SessionTools } from "./end-sessions.ts";

export interface LogoutTools extends SessionTools {
  viewer: Viewer;
  requestId: string;
}

/** Ends the session of the request, or all sessions of its user. @returns how many were ended */
export async function logout(tools: LogoutTools, everywhere: boolean): Promise<number> {
  const { userId, sessionId } = tools.viewer;
  if (userId === undefined || (sessionId === undefined && !everywhere)) return 0;
  return endSessions(tools, new Types.ObjectId(userId), {
    reason: everywhere ? "logout everywhere" : "logout",
    only: everywhere || sessionId === undefined ? undefined : [sessionId],
    actor: actorOf(tools.viewer, tools.requestId),
  });
}
