import { execFile } from "node:child_process";
import { watch } from "node:fs";
import { basename, resolve } from "node:path";
import process from "node:process";
import { type SupervisedProgram } from "@tradegraph/devservices/supervised-program";

const root = resolve(import.meta.dirname, "../..");

/** Generates and restarts a subgraph when its SDL changes; the gateway reloads the supergraph by itself. */
export function watchSchema(programs: SupervisedProgram[]): void {
  let pending: NodeJS.Timeout | undefined;
  const changed = new Set<string>();
  watch(resolve(root, "schema/subgraphs"), (_event, file) => {
    if (!file?.endsWith(".graphql")) return;
    changed.add(basename(file, ".graphql"));
    clearTimeout(pending);
    pending = setTimeout(() => {
      const names = [...changed];
      changed.clear();
      execFile(process.execPath, ["scripts/generate.ts"], { cwd: root }, (error, _stdout, stderr) => {
        if (error) {
          console.error(stderr);
          return;
        }
        for (const program of programs) if (names.includes(program.service.name)) void program.restart();
      });
    }, 200);
  });
}
