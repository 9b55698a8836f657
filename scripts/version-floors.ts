// pnpm version-floors: nothing is older than what the requirements and known advisories ask for; exit code 1 names what is.
// It asks no server, so it also holds where `pnpm audit` cannot reach one.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { floors, type Found, tooOld } from "./version-floors/floors.ts";
import { readVersions } from "./version-floors/read-versions.ts";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFile(resolve(root, path), "utf8");

const found: Found[] = readVersions({
  lockFile: await read("pnpm-lock.yaml"),
  dockerfile: await read("Dockerfile"),
  compose: await read("docker-compose.yml"),
});
const wrong = tooOld(found);
for (const line of wrong) console.error(line);
console.log(`${floors.length} floors, ${found.length} versions, ${wrong.length} too old`);
process.exitCode = wrong.length === 0 ? 0 : 1;
