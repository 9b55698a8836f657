import { isObjectIdText } from "@tradegraph/kit/node-id";
import { actorOf } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { invalidToken, type UserErrorRecord } from "../user-errors.ts";
import { endSessions } from "./end-sessions.ts";
import { type LogoutTools } from "./logout.ts";

export interface EndedSessions {
  ended: number;
  userErrors: UserErrorRecord[];
}

/** Ends one of the viewer's sessions. One of somebody else is answered like one that does not exist. */
export async function sessionRevoke(tools: LogoutTools, id: string): Promise<EndedSessions> {
  const { userId } = tools.viewer;
  const ended =
    userId !== undefined && isObjectIdText(id)
      ? await endSessions(tools, new Types.ObjectId(userId), {
          reason: "revoked",
          only: [id],
          actor: actorOf(tools.viewer, tools.requestId),
        })
      : 0;
  return {
    ended,
    userErrors: ended > 0 ? [] : [invalidToken("You have no such session, or it has ended already.", "id")],
  };
}
