import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { canaryCode, functionNames, scriptsOf } from "./function-code.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe.each(functionNames)("the code of %s", (name) => {
  it("has its handler where Lambda looks for it, and every file that it imports", () => {
    const scripts = scriptsOf(name);
    expect(Object.keys(scripts)).toContain(`${name}/handler.mjs`);
    for (const [path, text] of Object.entries(scripts)) {
      for (const [, module = ""] of text.matchAll(/from "(\.[^"]+)"/g)) {
        expect(Object.keys(scripts)).toContain(join(dirname(path), module));
      }
    }
  });

  it("is JavaScript that Node runs without knowing TypeScript", () => {
    // Inside the package, where the AWS SDK is found, as in Lambda.
    const folder = mkdtempSync(join(import.meta.dirname, "../node_modules/.function-"));
    folders.push(folder);
    for (const [path, text] of Object.entries(scriptsOf(name))) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const look = `import(${JSON.stringify(join(folder, name, "handler.mjs"))}).then(({ handler }) => process.stdout.write(typeof handler))`;
    const env = { PATH: "", AWS_REGION: "us-east-1" };
    const seen = execFileSync(process.execPath, ["--no-experimental-strip-types", "-e", look], { env });
    expect(seen.toString()).toBe("function");
  });

  it("is the same each time, and holds no tests and no paths of this machine", () => {
    const scripts = scriptsOf(name);
    expect(scriptsOf(name)).toEqual(scripts);
    expect(Object.keys(scripts).filter((path) => /\.test\.|^[./]/.test(path))).toEqual([]);
    expect(JSON.stringify(scripts)).not.toContain(import.meta.dirname);
  });
});

describe("the code of canaries", () => {
  it("has a version that changes with its journey", () => {
    const journey = { url: "https://api.example.com", walk: "health", operation: "" } as const;
    expect(canaryCode(journey).version).toBe(canaryCode(journey).version);
    expect(canaryCode({ ...journey, walk: "catalogue" }).version).not.toBe(canaryCode(journey).version);
  });
});
