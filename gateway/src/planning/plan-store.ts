// Plans of one generation of the graph, beside the documents they were made from.
import { type QueryPlan, type QueryPlannerConfig } from "@apollo/query-planner";
import { LRUCache } from "lru-cache";
import { type PlanQuestion } from "./plan-messages.ts";

type ApolloStore = NonNullable<QueryPlannerConfig["cache"]>;

export interface PlanStore {
  /** For ApolloGateway, which asks it for each operation it executes. */
  apollo: ApolloStore;
  find: (key: string) => QueryPlan | undefined;
  has: (key: string) => boolean;
  /** @param text the plan as JSON */
  keep: (key: string, text: string, question: PlanQuestion) => QueryPlan;
  /** Gives ApolloGateway this plan when it asks next; it does so before it waits for anything. */
  offer: (key: string, plan: QueryPlan) => void;
  /** The documents that were used last, newest first. */
  recent: (count: number) => PlanQuestion[];
  size: () => { plans: number; bytes: number };
}

interface Stored {
  plan: QueryPlan;
  bytes: number;
  question: PlanQuestion | undefined;
}

/** Measured: a plan takes 0.9 to 1.4 bytes per character of its JSON; the texts and the entry come on top. */
const bytesOf = (textLength: number, question: PlanQuestion | undefined) =>
  2 * textLength + 2 * (question?.source.length ?? 0) + 500;

/** @param maxBytes of memory, estimated; what was used longest ago goes first */
export function createPlanStore(maxBytes: number): PlanStore {
  const plans = new LRUCache<string, Stored>({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  let offered: { key: string; plan: QueryPlan } | undefined;
  return {
    apollo: {
      get(key) {
        const given = offered;
        offered = undefined;
        return Promise.resolve(given?.key === key ? given.plan : plans.get(key)?.plan);
      },
      // Only when ApolloGateway had to plan by itself.
      set(key, plan) {
        plans.set(key, { plan, bytes: bytesOf(JSON.stringify(plan).length, undefined), question: undefined });
        return Promise.resolve();
      },
      delete: (key) => Promise.resolve(plans.delete(key)),
      clear: () => {
        plans.clear();
      },
    },
    find: (key) => plans.get(key)?.plan,
    has: (key) => plans.has(key),
    keep(key, text, question) {
      const plan = JSON.parse(text) as QueryPlan;
      plans.set(key, { plan, bytes: bytesOf(text.length, question), question });
      return plan;
    },
    offer(key, plan) {
      offered = { key, plan };
    },
    recent(count) {
      const documents: PlanQuestion[] = [];
      for (const { question } of plans.values()) {
        if (documents.length >= count) break;
        if (question) documents.push(question);
      }
      return documents;
    },
    size: () => ({ plans: plans.size, bytes: plans.calculatedSize }),
  };
}
