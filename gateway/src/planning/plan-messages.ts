// What the gateway and its planning thread tell each other. Everything is text and numbers, which threads copy quickly.
import { type QueryPlannerConfig } from "@apollo/query-planner";

/** Settings of the planner, for the thread and for ApolloGateway: the plans of both are the same. */
export const plannerConfig: QueryPlannerConfig = {};

/** Given to the thread when it starts. */
export interface PlannerStart {
  /** The supergraph as ApolloGateway takes it; already found good by it. */
  sdl: string;
}

/** One operation of a document that is valid for the supergraph. */
export interface PlanQuestion {
  source: string;
  /** Undefined where the document has one operation. */
  operationName: string | undefined;
}

/**
 * - `ready`: the first message of all.
 * - `planned`: the plan as JSON.
 * - `limit`: the planner gave up at one of its own limits, or the plan is too large.
 * - `failed`: anything else; for the log.
 */
export type PlanAnswer =
  { kind: "ready" } | { kind: "planned"; plan: string } | { kind: "limit" } | { kind: "failed"; message: string };
