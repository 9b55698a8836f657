// Calls all four subgraphs about one person, signed.
import { createInternalClient, type InternalClient } from "@tradegraph/kit/internal-client";
import { type SigningKey } from "@tradegraph/kit/internal-assertion";
import { type PersonExportPage } from "@tradegraph/kit/person-data";

export interface Graph {
  keys: readonly SigningKey[];
  /** GraphQL endpoint of each subgraph, by name. */
  urls: Record<string, string>;
}

export interface Person {
  tenantId: string;
  userId: string;
}

/** Some records of one part, such as a person's orders; a part of many records comes in several pieces, in a row. */
export interface ExportPiece {
  service: string;
  part: string;
  records: object[];
}

/** The person's own subgraph: it knows whether there is such a person, and who may not be erased. */
const owner = "users";

/** Long: a person may have many orders. */
const timeoutMs = 60_000;

/** A client of each subgraph, the owner's first. */
const openClients = ({ keys, urls }: Graph): [string, InternalClient][] =>
  Object.entries(urls)
    .sort(([a], [b]) => Number(b === owner) - Number(a === owner))
    .map(([service, url]) => [service, createInternalClient({ service, url, keys, timeoutMs })]);

const closeAll = (clients: [string, InternalClient][]) => Promise.all(clients.map(([, client]) => client.close()));

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Everything that all subgraphs know, piece by piece. @throws Error naming the subgraph that refuses or is away */
export async function* exportPerson(graph: Graph, { tenantId, userId }: Person): AsyncGenerator<ExportPiece> {
  const clients = openClients(graph);
  try {
    for (const [service, client] of clients) {
      let next: PersonExportPage["next"];
      do {
        const page = await client
          .callRoute<PersonExportPage>("person-export", { userId, ...(next && { next }) }, tenantId)
          .catch((error: unknown) => {
            throw new Error(`${service}: ${wordsOf(error)}`, { cause: error });
          });
        for (const [part, records] of Object.entries(page.records)) yield { service, part, records };
        next = page.next;
      } while (next);
    }
  } finally {
    await closeAll(clients);
  }
}

export type Counts = Record<string, number>;

export interface Erasure {
  /** How many of what were changed or removed, by subgraph. */
  done: Record<string, Counts>;
  /** Which subgraphs refused or are away, and why: erase again. Empty when the person is erased. */
  problems: string[];
}

/**
 * Erases in all subgraphs, the person's account first: from then on they change nothing any more. Stops there when the
 * account cannot be erased; another subgraph's failure does not keep the rest from it.
 */
export async function erasePerson(graph: Graph, { tenantId, userId }: Person): Promise<Erasure> {
  const clients = openClients(graph);
  const erasure: Erasure = { done: {}, problems: [] };
  try {
    // The owner once more in the end: what the person was doing when the account was closed is over by then.
    for (const [service, client] of [...clients, ...clients.slice(0, 1)]) {
      try {
        const counts = await client.callRoute<Counts>("person-erase", { userId }, tenantId);
        erasure.done[service] = sumOf(erasure.done[service] ?? {}, counts);
      } catch (error) {
        erasure.problems.push(`${service}: ${wordsOf(error)}`);
        if (service === owner) break;
      }
    }
    return erasure;
  } finally {
    await closeAll(clients);
  }
}

const sumOf = (one: Counts, other: Counts): Counts =>
  Object.fromEntries(Object.keys({ ...one, ...other }).map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
