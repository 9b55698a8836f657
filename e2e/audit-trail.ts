// What stories about the audit log share: operations that can be found there again, and the comparison with the databases.
import { randomUUID } from "node:crypto";
import { type TestGraph } from "@tradegraph/testkit/start-graph";
import { expect, vi } from "vitest";
import { subgraphs } from "../services.ts";

export interface Trail {
  /** Request ids of all operations that were answered. */
  answered: string[];
  /** Sends an operation under a request id of its own. @returns its data; nothing when it was not run or has errors */
  send: <T>(query: string, variables?: object, token?: string) => Promise<T | undefined>;
  /** Subjects of all entries of an action. */
  subjectsOf: (action: string) => Promise<string[]>;
  /** Resolves when nothing waits in any document, and every answered operation has exactly one record. */
  complete: () => Promise<void>;
}

const patience = { timeout: 40_000, interval: 500 };

export function createTrail(graph: TestGraph, tenantId: string): Trail {
  const answered: string[] = [];
  const find = (filter: object) =>
    graph.mongo
      .db(graph.databaseOf("users"))
      .collection("auditLog")
      .find(filter, { projection: { _id: 0, subject: 1, actor: 1 } })
      .toArray();

  return {
    answered,
    async send<T>(query: string, variables: object = {}, token?: string) {
      const requestId = randomUUID();
      try {
        const response = await fetch(graph.url, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            "x-request-id": requestId,
            "x-tenant-id": tenantId,
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ query, variables }),
        });
        const { data, errors } = (await response.json()) as { data?: T; errors?: object[] };
        // Nobody could be asked who calls, or it was nobody who may: no operation was run.
        if (response.status === 503 || response.status === 401) return undefined;
        answered.push(requestId);
        return errors ? undefined : data;
      } catch {
        return undefined;
      }
    },
    subjectsOf: async (action) => (await find({ action })).map(({ subject }) => String((subject as { id: string }).id)),
    async complete() {
      await vi.waitFor(async () => expect(await waitingDocuments(graph)).toBe(0), patience);
      await vi.waitFor(async () => {
        const access = await find({ category: "access" });
        const recorded = access.map(({ actor }) => String((actor as { requestId?: string }).requestId));
        expect(notOnce(answered, recorded)).toEqual({});
      }, patience);
    },
  };
}

/** How often each of these came up, leaving out those that came up once. */
export function notOnce(expected: readonly string[], found: readonly string[]): Record<string, number> {
  const counts = new Map(expected.map((id) => [id, 0]));
  for (const id of found) if (counts.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return Object.fromEntries([...counts].filter(([, count]) => count !== 1));
}

/** Documents of all databases with entries that nobody has carried on. */
export async function waitingDocuments(graph: TestGraph): Promise<number> {
  let waiting = 0;
  for (const { name } of subgraphs) {
    for (const collection of await graph.mongo.db(graph.databaseOf(name)).collections())
      waiting += await collection.countDocuments({ hasOutbox: true });
  }
  return waiting;
}
