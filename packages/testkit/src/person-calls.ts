// Export and erasure of a person as `pnpm person` asks one subgraph for them.
import { createInternalClient } from "@tradegraph/kit/internal-client";
import { type PersonExportPage } from "@tradegraph/kit/person-data";
import { testKeys } from "./test-database.ts";
import { testTenant } from "./test-subgraph.ts";

type Records = Record<string, Record<string, unknown>[]>;

export interface PersonCalls {
  /** Records by part, of all pages. */
  exported: (userId: string, tenantId?: string) => Promise<Records>;
  /** One call; the body as given. */
  page: (body: unknown, tenantId?: string) => Promise<PersonExportPage>;
  erase: (userId: unknown, tenantId?: string) => Promise<Record<string, number>>;
  close: () => Promise<void>;
}

export function createPersonCalls({ service, url }: { service: string; url: string }): PersonCalls {
  const client = createInternalClient({ service, url, keys: testKeys });
  const page = (body: unknown, tenantId = testTenant) =>
    client.callRoute<PersonExportPage>("person-export", body, tenantId);
  return {
    page,
    async exported(userId, tenantId) {
      const all: Records = {};
      let next: PersonExportPage["next"];
      do {
        const answer = await page({ userId, ...(next && { next }) }, tenantId);
        for (const [name, records] of Object.entries(answer.records))
          (all[name] ??= []).push(...(records as Records[string]));
        next = answer.next;
      } while (next);
      return all;
    },
    erase: (userId, tenantId = testTenant) => client.callRoute("person-erase", { userId }, tenantId),
    close: () => client.close(),
  };
}

/** The answer's status when a caller is nobody, or one without the role or scope. */
export const unsignedStatus = async (url: string, route: string): Promise<number> =>
  (await fetch(new URL(`/internal/${route}`, url), { method: "POST", body: "{}" })).status;
