// Workflows by actionlint (GitHub's schema, types of expressions, every `run` through shellcheck) and scripts by shellcheck.
// Both are tools of the machine: `pnpm delivery:tools` gets them, and without them this skips with one line.
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { findTool, HOW_TO_GET } from "./delivery-tools/find-tool.ts";

const exec = promisify(execFile);
const root = resolve(import.meta.dirname, "..");
const [actionlint, shellcheck] = await Promise.all([findTool("actionlint"), findTool("shellcheck")]);
if (!actionlint || !shellcheck) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

const said = async (command: string, args: string[], input?: string): Promise<string> => {
  const run = exec(command, args, { cwd: root });
  if (input !== undefined) run.child.stdin?.end(input);
  return run.then(
    ({ stdout }) => stdout,
    (error: unknown) => (error as { stdout?: string }).stdout || String(error),
  );
};

describe.skipIf(!actionlint || !shellcheck)("what delivers", { timeout: 60_000 }, () => {
  const lint = (...args: string[]) => ["-no-color", "-shellcheck", shellcheck ?? "", "-pyflakes=", ...args];

  it("has workflows that GitHub understands", async () => {
    const workflows = readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`);
    expect(await said(actionlint ?? "", lint(...workflows))).toBe("");
  });

  it("would hear of a workflow that GitHub does not understand", async () => {
    const wrong = "on: push\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps:\n      - runs: echo $HOME\n";
    expect(await said(actionlint ?? "", lint("-"), wrong)).toContain("step must run script");
  });

  it("has scripts without the traps of the shell", async () => {
    const scripts = readdirSync(join(root, "scripts")).filter((name) => name.endsWith(".sh"));
    expect(scripts).toContain("deploy.sh");
    expect(await said(shellcheck ?? "", [...scripts.map((name) => `scripts/${name}`), ".ci/run"])).toBe("");
  });
});
