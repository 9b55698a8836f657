import { type Candidate, type ServerBinary } from "./candidate.ts";
import { findOnPath } from "./find-on-path.ts";
import { verifiedVersion, type Trial } from "./verified-binary.ts";

export function mongoFromPath(searchPath: string[], trial: Trial): Candidate<ServerBinary> {
  const source = "PATH";
  return {
    source,
    async find() {
      const [binary] = await findOnPath("mongod", searchPath);
      if (binary === undefined) throw new Error("no mongod there");
      return { source, binary, version: await verifiedVersion(binary, trial) };
    },
  };
}
