import { createSeedPlan, seedTenants } from "@tradegraph/kit/seed-plan";
import { claimScale, markSeeded } from "./seed-state.ts";
import { type DatabaseName, databaseNames, databases, type Server, withDatabase } from "./databases.ts";

export interface SeedOptions {
  server: Server;
  /** Products per tenant; the rest grows with it. */
  scale?: number | undefined;
  demoPasswordHash: string;
  /** Midnight UTC that dates count back from. */
  today: Date;
  report: (place: { tenant: string; database: DatabaseName; collection: string; done: number; total: number }) => void;
}

/** Seeds both demo shops into all four databases. @returns how many documents were new */
export async function seedDatabases({ server, scale, demoPasswordHash, today, report }: SeedOptions): Promise<number> {
  const smallest = createSeedPlan({ tenantId: seedTenants[0], today, ...(scale && { scale }) });
  await claimScale(server, smallest.counts.products);
  let added = 0;
  for (const database of databaseNames) {
    added += await withDatabase(server, database, async ({ connection }) => {
      let count = 0;
      for (const tenant of seedTenants) {
        const plan = createSeedPlan({ tenantId: tenant, today, ...(scale && { scale }) });
        count += await databases[database].seed({
          connection,
          plan,
          demoPasswordHash,
          report: (collection, done, total) => {
            report({ tenant, database, collection, done, total });
          },
        });
      }
      return count;
    });
  }
  await markSeeded(server);
  return added;
}

/** Today at midnight UTC. */
export const midnight = (now = new Date()): Date => new Date(now.toISOString().slice(0, 10));
