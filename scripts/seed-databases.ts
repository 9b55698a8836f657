import { openFieldCipher } from "@tradegraph/kit/field-cipher";
import { type KeyManagement } from "@tradegraph/kit/key-management";
import { createLogger } from "@tradegraph/kit/logger";
import { sealedPathsOf } from "@tradegraph/kit/sealed-field";
import { createSeedPlan, seedTenants } from "@tradegraph/kit/seed-plan";
import { claimScale, markSeeded } from "./seed-state.ts";
import { type DatabaseName, databaseNames, databases, type Server, withDatabase } from "./databases.ts";

export interface SeedOptions {
  server: Server;
  /** Products per tenant; the rest grows with it. */
  scale?: number | undefined;
  demoPasswordHash: string;
  /** Wraps the data keys that seeded documents are sealed with. */
  keyManagement: KeyManagement;
  /** Midnight UTC that dates count back from. */
  today: Date;
  report: (place: { tenant: string; database: DatabaseName; collection: string; done: number; total: number }) => void;
}

/** Seeds both demo shops into all four databases. @returns how many documents were new */
export async function seedDatabases(options: SeedOptions): Promise<number> {
  const { server, scale, demoPasswordHash, keyManagement, today, report } = options;
  const logger = createLogger({ service: "scripts", level: "warn" });
  const smallest = createSeedPlan({ tenantId: seedTenants[0], today, ...(scale && { scale }) });
  await claimScale(server, smallest.counts.products);
  let added = 0;
  for (const database of databaseNames) {
    added += await withDatabase(server, database, async ({ connection }) => {
      let count = 0;
      const { schemas } = databases[database];
      const hasSealed = "dataKeys" in schemas;
      const keys = { service: database, connection, keyManagement, sealed: sealedPathsOf(schemas), logger };
      const cipher = hasSealed ? await openFieldCipher(keys) : undefined;
      for (const tenant of seedTenants) {
        const plan = createSeedPlan({ tenantId: tenant, today, ...(scale && { scale }) });
        count += await databases[database].seed({
          connection,
          plan,
          demoPasswordHash,
          ...(cipher && { cipher }),
          report: (collection, done, total) => {
            report({ tenant, database, collection, done, total });
          },
        });
      }
      await cipher?.refresh();
      return count;
    });
  }
  await markSeeded(server);
  return added;
}

/** Today at midnight UTC. */
export const midnight = (now = new Date()): Date => new Date(now.toISOString().slice(0, 10));
