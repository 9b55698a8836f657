// renovate.json as far as it is ours to get wrong. Renovate itself is a big program with a schema of its own: what is checked here
// is that no option is misspelt, and that every version that stands outside of manifests is found by a rule.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const written = JSON.parse(read("renovate.json")) as object;

/** "/…/" is a regular expression, as `managerFilePatterns` and `matchPackageNames` take it. RE2 knows no looking around. */
const pattern = z
  .string()
  .refine((text) => !/\(\?<?[=!]/.test(text) && isRegExp(text), "no regular expression for RE2");
const names = z.array(
  z.string().refine((name) => !/^!?\/./.test(name) || isRegExp(inner(name)), "no regular expression"),
);
const schedule = z.array(z.string().regex(/^(?:at any time|before \d+am on (?:monday|the first day of the month))$/));
const age = z.string().regex(/^\d+ days?$/);

const updates = {
  enabled: z.boolean(),
  schedule,
  labels: z.array(z.string()),
  groupName: z.string(),
  minimumReleaseAge: age.nullable(),
  automerge: z.boolean(),
  allowedVersions: z.string(),
};
const rule = z.strictObject({
  ...updates,
  description: z.string(),
  matchPackageNames: names,
  matchManagers: z.array(z.enum(["github-actions"])),
  matchDatasources: z.array(z.enum(["docker"])),
  matchUpdateTypes: z.array(z.enum(["major", "minor", "patch", "digest"])),
  matchDepTypes: z.array(z.enum(["dependencies", "devDependencies"])),
});
const customManager = z.strictObject({
  customType: z.literal("regex"),
  description: z.string(),
  managerFilePatterns: z.array(z.string().regex(/^\/.*\/$/)),
  matchStrings: z.array(pattern),
  depNameTemplate: z.string().optional(),
  datasourceTemplate: z.enum(["go", "docker"]),
});
const options = z.strictObject({
  $schema: z.url(),
  extends: z.array(
    z.enum(["config:recommended", ":semanticCommitsDisabled", "helpers:pinGitHubActionDigestsToSemver"]),
  ),
  timezone: z.literal("UTC"),
  schedule,
  minimumReleaseAge: age,
  internalChecksFilter: z.enum(["strict", "flexible", "none"]),
  prConcurrentLimit: z.int().min(1),
  rangeStrategy: z.enum(["pin", "bump", "replace", "auto"]),
  lockFileMaintenance: z.strictObject(updates).partial(),
  vulnerabilityAlerts: z.strictObject(updates).partial(),
  osvVulnerabilityAlerts: z.boolean(),
  labels: z.array(z.string()),
  packageRules: z.array(rule.partial()),
  customManagers: z.array(customManager),
});

const inner = (text: string) => text.replace(/^!?\/|\/i?$/g, "");
function isRegExp(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** What a regex manager finds: "<file>: <dependency> <version>". */
function found({ managerFilePatterns, matchStrings, depNameTemplate }: z.output<typeof customManager>): string[] {
  const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);
  const ours = files.filter((file) => managerFilePatterns.some((one) => new RegExp(inner(one)).test(file)));
  return ours.flatMap((file) =>
    matchStrings.flatMap((one) =>
      [...read(file).matchAll(new RegExp(one, "g"))].map(
        ({ groups = {} }) => `${file}: ${groups["depName"] ?? depNameTemplate} ${groups["currentValue"]}`,
      ),
    ),
  );
}

describe("renovate.json", () => {
  it("has only options that there are, with values they can have", () => {
    expect(options.safeParse(written).error?.issues ?? []).toEqual([]);
  });

  it.each([
    ["an option that is none", { packageRule: [] }],
    ["a condition that is none", { packageRules: [{ matchPackages: ["node"] }] }],
    ["an expression that RE2 does not take", { packageRules: [{ matchPackageNames: ["/(node/"] }] }],
    ["a time in words that it does not know", { schedule: ["mondays"] }],
  ])("would be refused with %s", (_what, wrong) => {
    expect(options.safeParse({ ...written, ...wrong }).success).toBe(false);
  });

  it("finds every version that stands in a workflow, a step or a script, by expressions that all find something", () => {
    const { customManagers } = options.parse(written);
    for (const { matchStrings, ...manager } of customManagers)
      for (const one of matchStrings) expect(found({ ...manager, matchStrings: [one] }), one).not.toEqual([]);
    const versions = customManagers.flatMap(found);
    const places = execFileSync("git", ["ls-files", ".github/workflows", "infra/pulumi/delivery", "scripts/*.ts"], {
      cwd: root,
      encoding: "utf8",
    });
    // Modules of Go, as `go run` and `go install` take them.
    const pinned = places
      .split("\n")
      .flatMap((file) =>
        file === "" || file.endsWith(".test.ts")
          ? []
          : [...read(file).matchAll(/[\w.]+\.\w+\/[\w./-]+@(v\d[\d.]+)/g)].map(
              ([, version = ""]) => `${file} ${version}`,
            ),
      );
    expect(pinned.length).toBeGreaterThan(3);
    expect(versions.join("\n")).toMatch(/aws-otel-collector v\d/);
    const known = versions.map((line) => line.replace(/: \S+ /, " "));
    expect(pinned.filter((line) => !known.includes(line))).toEqual([]);
  });
});
