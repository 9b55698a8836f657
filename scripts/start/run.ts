// One run of the graph, from taking the data folder to leaving nothing behind.
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writePrivate } from "@tradegraph/devservices/data-folder";
import { signingKeys } from "@tradegraph/kit/env";
import { subgraphs } from "../../services.ts";
import { readEnv } from "../env.ts";
import { type Running, runningFile } from "../running.ts";
import { midnight } from "../seed-databases.ts";
import { bringUp, type Started } from "./bring-up.ts";
import { endRecorded, resetData, takeDataFolder } from "./data.ts";
import { type Ending } from "./ending.ts";
import { readyTable } from "./table.ts";
import { watchSchema } from "./watch-schema.ts";

export interface RunOptions {
  reset?: boolean;
  watch?: boolean;
  scale?: number;
  data: string;
}

/** What is beginning when the end comes has this long to finish or fail. */
const settleMs = 15_000;

/** Gateway first, so that no request finds half a graph; databases last. */
async function stopAll({ programs, redis, mongo }: Started): Promise<void> {
  await Promise.all(programs.filter(({ service }) => service.name === "gateway").map((program) => program.stop()));
  await Promise.all(programs.map((program) => program.stop()));
  await Promise.all([redis?.stop(), mongo?.stop()]);
}

/** Runs the graph until the end comes. @throws Error that says why it cannot start; nothing runs any more then */
export async function run(options: RunOptions, ending: Ending): Promise<void> {
  const { signal } = ending;
  const { scale, watch } = options;
  const env = readEnv();
  const dataDir = resolve(options.data);
  const begun = performance.now();
  const { ledger, ended } = await takeDataFolder(dataDir);
  if (ended.length > 0) console.log(`Ended what an earlier start left: ${ended.join(", ")}.`);
  const started: Started = { programs: [] };
  const trouble = { onTrouble: console.error, onDisaster: ending.fail };
  let up: Promise<void> = Promise.resolve();
  try {
    if (options.reset) await resetData(dataDir);
    up = bringUp({ dataDir, env, ledger, scale, watch, signal, ...trouble }, started);
    await Promise.race([up, ending.come]);
    if (!signal.aborted && started.graph && started.mongo) {
      const { graph, mongo, redis } = started;
      const { encryptionKeyFile, secrets } = graph;
      const urls = subgraphs.map(({ name }) => [name, `http://127.0.0.1:${graph.ports[name]}/graphql`]);
      const running: Running = {
        ...{ mongoUri: mongo.uri, demoPassword: secrets.demoPassword, encryptionKeyFile },
        ...(redis && { redisUri: redis.uri }),
        operator: { url: `http://127.0.0.1:${env.OPERATOR_PORT}`, key: secrets.operatorKey },
        internal: {
          keys: signingKeys.parse(secrets.signingKeys),
          urls: Object.fromEntries(urls) as Record<string, string>,
        },
      };
      await writePrivate(runningFile(dataDir), JSON.stringify(running));
      if (watch) watchSchema(started.programs);
      console.log(readyTable(graph, [mongo.choice, redis?.choice ?? "no Redis"], join(dataDir, "logs"), midnight()));
      console.log(`  Ready in ${((performance.now() - begun) / 1_000).toFixed(1)} s.`);
      await ending.come;
    }
  } catch (error) {
    // Steps that notice the end fail with its reason, which has been said.
    if (!signal.aborted) throw error;
  } finally {
    ending.quietly();
    await Promise.race([up.catch(() => undefined), sleep(settleMs)]);
    try {
      await stopAll(started);
    } finally {
      await endRecorded(ledger);
      await rm(runningFile(dataDir), { force: true });
      ledger.close();
    }
  }
}
