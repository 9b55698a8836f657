// From functions/<name> to what Lambda and Synthetics run: our own files without their types. The runtime has the AWS SDK, so
// nothing is bundled, and lines in stack traces are those of the repository.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, relative } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type Journey } from "../functions/canaries/robot.ts";

const functionsFolder = join(import.meta.dirname, "../functions");

export const functionNames = [
  "deployment-hook",
  "restore-verification",
  "rotation",
  "redeploy",
  "purge-assets",
] as const;
export type FunctionName = (typeof functionNames)[number];

/** Imports as the formatter writes them; what comes from the runtime stays as it is. */
const IMPORT = /(\bfrom |\bimport )"([^"]+)"/g;
const OF_RUNTIME = /^(?:node:|@aws-sdk\/client-)/;

/**
 * JavaScript of a file and of all it imports, by path in the archive.
 * @throws for an import that the runtime does not have
 */
export function scriptsOf(name: FunctionName): Record<string, string> {
  const scripts: Record<string, string> = {};
  const add = (file: string) => {
    const path = relative(functionsFolder, file).replaceAll("\\", "/").replace(/\.ts$/, ".mjs");
    if (path in scripts) return;
    const source = readFileSync(file, "utf8");
    scripts[path] = "";
    scripts[path] = stripTypeScriptTypes(source).replaceAll(IMPORT, (found, word: string, module: string) => {
      if (OF_RUNTIME.test(module)) return found;
      if (!module.startsWith(".")) throw new Error(`${path}: Lambda has no ${module}`);
      add(join(dirname(file), module));
      return `${word}"${module.replace(/\.ts$/, ".mjs")}"`;
    });
  };
  add(join(functionsFolder, name, "handler.ts"));
  return scripts;
}

/** What `pulumi up` uploads; it changes when a file does, and on every machine in the same way. */
export const functionCode = (name: FunctionName): pulumi.asset.AssetArchive => archiveOf(scriptsOf(name));

/** The script of a canary in CommonJS, as the runtime of Synthetics takes it. */
export function canaryScript(journey: Journey): string {
  const script = stripTypeScriptTypes(readFileSync(join(functionsFolder, "canaries/robot.ts"), "utf8"));
  const local = script.replaceAll(/^export (?=const|function|async)/gm, "       ");
  return `${local}\nexports.handler = () => walk(${JSON.stringify(journey)});\n`;
}

/** The archive of a canary, and a name for it that changes when its script does. */
export function canaryCode(journey: Journey): { archive: pulumi.asset.AssetArchive; version: string } {
  const script = canaryScript(journey);
  return {
    archive: archiveOf({ "nodejs/node_modules/robot.js": script }),
    version: createHash("sha256").update(script).digest("hex").slice(0, 16),
  };
}

const archiveOf = (scripts: Record<string, string>) =>
  new pulumi.asset.AssetArchive(
    Object.fromEntries(Object.entries(scripts).map(([path, text]) => [path, new pulumi.asset.StringAsset(text)])),
  );
