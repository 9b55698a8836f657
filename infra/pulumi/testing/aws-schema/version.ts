// The installed version of @pulumi/aws, and where what was read from it is kept.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";

const packageFile = createRequire(import.meta.url).resolve("@pulumi/aws/package.json");

/** The folder of the package. */
export const awsFolder = dirname(packageFile);

export const awsVersion = (JSON.parse(readFileSync(packageFile, "utf8")) as { version: string }).version;

/** Counts up with every change of the reader in this folder: an older reading is not used again. */
const READER = 3;

/** Folder below the cache for readings of one version of @pulumi/aws by this version of the reader. */
export const cachedIn = (version: string): string => `aws-schema/${version}-${READER}`;
