// The planning thread. Planning is synchronous and may take seconds; here it stops nobody's requests.
import { parentPort, workerData } from "node:worker_threads";
import { operationFromDocument, Supergraph } from "@apollo/federation-internals";
import { QueryPlanner } from "@apollo/query-planner";
import { parse } from "graphql";
import { type PlanAnswer, plannerConfig, type PlannerStart, type PlanQuestion } from "./plan-messages.ts";

/** Characters. Reading a plan of this size takes the gateway some ten milliseconds; plans of large pages have 5,000. */
const maxPlanLength = 2 * 1024 * 1024;
/** What @apollo/query-planner throws at its limits; it has no codes for them. */
const limitMessages = /^(Number of non-local selections exceeds|Exceeded maximum recursive selections)/;

if (!parentPort) throw new Error("This file runs as a thread of the gateway.");
const port = parentPort;
// The gateway has checked the same text.
const supergraph = Supergraph.build((workerData as PlannerStart).sdl, { validateSupergraph: false });
const schema = supergraph.apiSchema();
const planner = new QueryPlanner(supergraph, plannerConfig);

/** As ApolloGateway plans (its src/index.ts, `executor`). */
function plan({ source, operationName }: PlanQuestion): PlanAnswer {
  const named = operationName === undefined ? {} : { operationName };
  try {
    const operation = operationFromDocument(schema, parse(source, { noLocation: true }), named);
    const text = JSON.stringify(planner.buildQueryPlan(operation));
    return text.length > maxPlanLength ? { kind: "limit" } : { kind: "planned", plan: text };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return limitMessages.test(message) ? { kind: "limit" } : { kind: "failed", message };
  }
}

port.on("message", (question: PlanQuestion) => {
  port.postMessage(plan(question));
});
port.postMessage({ kind: "ready" } satisfies PlanAnswer);
