// Program for tests: what `start` does, reduced to its MongoDB. Arguments: data folder, or "ephemeral". Ends at end of input.
import { openLedger, reclaimLeftovers } from "../src/process-ledger.ts";
import { resolveMongod } from "../src/resolve-mongo.ts";
import { startMongo } from "../src/start-mongo.ts";

const [dataDir = ""] = process.argv.slice(2);
const server = await resolveMongod();
const mongo = await (dataDir === "ephemeral" ? startMongo({ server, ephemeral: true }) : persistent());
process.stdout.write(`${JSON.stringify({ uri: mongo.uri, pid: mongo.process.pid, folder: mongo.folder })}\n`);
process.stdin.on("end", () => process.exit(0)).resume();

async function persistent() {
  await reclaimLeftovers(`${dataDir}/processes.json`);
  return startMongo({ server, dataDir, ledger: openLedger(`${dataDir}/processes.json`) });
}
