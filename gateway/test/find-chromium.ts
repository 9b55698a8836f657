// Where the browser for page tests is, looking as a shell would.
import { execFileSync } from "node:child_process";

/** @returns undefined when there is none on PATH */
export function findChromium(): string | undefined {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      // Not this name.
    }
  }
  return undefined;
}
