// Thrown inside Apollo Server, which wants headers as a map.
import { GraphQLError } from "graphql";

/** The planner gave up; whoever sends the same again gets the same. */
export const takesTooMuchPlanning = () =>
  new GraphQLError("Working out how to run this operation takes too long: ask for less at once, or split it.", {
    extensions: { code: "QUERY_PLANNING_LIMIT", http: { status: 400 } },
  });

/** Nothing is wrong with the operation. */
export function noPlanNow() {
  // Typed for everybody else, who throws outside of Apollo Server.
  const headers = new Map([["retry-after", "2"]]) as unknown as Record<string, string>;
  return new GraphQLError("The gateway is busy with other new operations: send it again.", {
    extensions: { code: "SERVICE_UNAVAILABLE", retryable: true, http: { status: 503, headers } },
  });
}
