// Fills a spool under a limit for the size of files, which whoever starts this has set, and says what became of it.
import process from "node:process";
import { createLogger } from "@tradegraph/kit/logger";
import { openSpool } from "../src/audit/spool.ts";

const [folder = ""] = process.argv.slice(2);
const logger = createLogger({ service: "test", level: "silent", destination: { write: () => undefined } });
const spool = openSpool({ folder, maxBytes: 10_000_000, logger });
let kept = 0;
const keep = (eventId = `record-${kept}`) => {
  kept += 1;
  const record = { eventId, category: "SECURITY", action: "request.refused", outcome: "REFUSED" } as const;
  return spool.keep({ ...record, at: new Date().toISOString(), tenantId: "acme", role: "anonymous" });
};
// Two rounds are more than one file may have; after that there is place again, in another.
for (let round = 0; round < 4; round += 1) await Promise.all(Array.from({ length: 70 }, () => keep()));
await keep("last");
const { ACCESS, SECURITY } = spool.takeLost();
spool.close();
process.stdout.write(JSON.stringify({ kept, lost: ACCESS + SECURITY }));
