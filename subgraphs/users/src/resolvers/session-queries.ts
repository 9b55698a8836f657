import { type QueryResolvers } from "../generated/resolvers.ts";
import { listSessions } from "../queries/list-sessions.ts";
import { readSessionStates } from "../queries/session-states.ts";

export const sessionQueries: QueryResolvers = {
  sessions: (_, _args, { models, viewer }) => listSessions(models, viewer),
  sessionStates: (_, { ids }, { models }) => readSessionStates(models, ids),
};
