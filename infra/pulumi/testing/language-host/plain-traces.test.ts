import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const exec = promisify(execFile);
const plainTraces = join(import.meta.dirname, "plain-traces.ts");

it("leaves traces as Node writes them, whatever a script wants to make of them", async () => {
  const script = `
    "use strict";
    Error.prepareStackTrace = () => "a reader of source maps";
    console.log(new TypeError("wrong").stack);
  `;
  const { stdout } = await exec(process.execPath, ["--require", plainTraces, "--eval", script]);
  expect(stdout).toMatch(/^TypeError: wrong\n\s+at \[eval\]:4:17/);
});
