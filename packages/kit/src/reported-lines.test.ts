import { GraphQLError } from "graphql";
import { describe, expect, it } from "vitest";
import { conflict, PublicError, serviceUnavailable } from "./errors.ts";
import { createLogger, type LoggedFault } from "./logger.ts";
import { reportOf } from "./reported-lines.ts";

function linesOf(work: (logger: ReturnType<typeof createLogger>) => void, level = "info") {
  const faults: LoggedFault[] = [];
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  work(createLogger({ service: "test", level, destination, onFault: (fault) => void faults.push(fault) }));
  return { reports: faults.map(reportOf), written };
}

const error = new TypeError("x is not a function");
const full = Object.assign(new Error("full"), { code: "ENOSPC" });

describe("reportOf", () => {
  it("takes errors in lines at error and fatal, with what the line and its logger know", () => {
    const { reports, written } = linesOf((logger) => {
      const child = logger.child({ requestId: "r-1" });
      child.error({ error, operationName: "Q", code: "INTERNAL_SERVER_ERROR", query: "{ secret }" }, "Failed");
      logger.error(error);
      logger.fatal({ err: full, step: "redis" }, "Ends");
      logger.warn({ error }, "Trying on");
    });
    expect(reports).toEqual([
      {
        problem: error,
        context: { level: "error", requestId: "r-1", operationName: "Q", code: "INTERNAL_SERVER_ERROR" },
      },
      { problem: error, context: { level: "error" } },
      { problem: full, context: { level: "fatal", code: "ENOSPC", part: "redis" } },
    ]);
    // All lines are written as they are without a listener.
    expect(written.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      ...["Failed", "x is not a function", "Ends", "Trying on"],
    ]);
  });

  it("takes the sentence of a worker's line that has no error", () => {
    const { reports } = linesOf((logger) => {
      logger.error({ eventId: "e", type: "t" }, "An event cannot be published");
      logger.error("Keys are gone");
    });
    expect(reports.map((report) => report?.problem)).toEqual(["An event cannot be published", "Keys are gone"]);
  });

  it("leaves out what was expected, and what another program reports", () => {
    const located = new GraphQLError("m", { originalError: conflict("Read again.") });
    const { reports } = linesOf((logger) => {
      logger.error({ error: serviceUnavailable("away") }, "Refused");
      logger.error({ error: located }, "Refused");
      logger.error({ error: new PublicError("INTERNAL_SERVER_ERROR", "An internal call failed.") }, "Refused");
      logger.error({ requestId: "r-1", subgraph: "orders" }, "A subgraph gave no answer");
      logger.error({ error: "Error: connect ECONNREFUSED" }, "Sessions cannot be checked");
      logger.error({ error, reportedBy: "orders" }, "An operation failed");
    });
    expect(reports).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  it("takes the error inside of one of GraphQL, and that itself where there is no other", () => {
    const own = new GraphQLError("m", { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } });
    const { reports } = linesOf((logger) => {
      logger.error({ error: new GraphQLError("m", { originalError: error }) }, "An operation failed");
      logger.error({ error: own }, "An operation failed");
    });
    expect(reports.map((report) => report?.problem)).toEqual([error, own]);
  });
});
