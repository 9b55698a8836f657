import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { floors, isOlder, tooOld } from "./floors.ts";
import { readVersions } from "./read-versions.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const ours = {
  lockFile: read("pnpm-lock.yaml"),
  dockerfile: read("Dockerfile"),
  compose: read("docker-compose.yml"),
};

describe("floors of versions", () => {
  it("hold in this tree", () => {
    expect(tooOld(readVersions(ours))).toEqual([]);
  });

  it.each([
    [
      "a second, older copy of a package",
      {
        lockFile: `${ours.lockFile}\n`.replace(
          "\npackages:\n",
          "\npackages:\n\n  mongoose@8.0.0:\n    resolution: {}\n",
        ),
      },
      "mongoose 8.0.0 in pnpm-lock.yaml: at least 9.9.2",
    ],
    [
      "an older Node in the image",
      { dockerfile: "FROM node:20.1.0-slim\n" },
      "node 20.1.0 in Dockerfile: at least 26.0.0",
    ],
    [
      "an older database in compose",
      { compose: "services:\n  a:\n    image: mongo:6.0.5\n  b:\n    image: redis:8\n" },
      "mongo 6.0.5",
    ],
    ["something that went away", { compose: "services:\n  a:\n    image: mongo:8\n" }, "redis: not found"],
  ])("see %s", (_what, changed, line) => {
    expect(tooOld(readVersions({ ...ours, ...changed })).join("\n")).toContain(line);
  });

  it("compare numbers, not letters", () => {
    expect(isOlder("9.10.0", "9.9.2")).toBe(false);
    expect(isOlder("9.9.2-alpha.1", "9.9.2")).toBe(false);
    expect(isOlder("8", "7.0.0")).toBe(false);
    expect(isOlder("5.4.9", "5.5.0")).toBe(true);
  });
});

describe("renovate.json", () => {
  interface Rule {
    matchPackageNames?: string[];
    allowedVersions?: string;
    enabled?: boolean;
  }
  const renovate = JSON.parse(read("renovate.json")) as {
    packageRules: Rule[];
    customManagers: { matchStrings: string[]; managerFilePatterns: string[] }[];
  };
  const allowed = (name: string) =>
    renovate.packageRules.find((rule) => rule.matchPackageNames?.includes(name) && rule.allowedVersions);

  it("never offers what we cannot take", () => {
    const { catalog } = parse(read("pnpm-workspace.yaml")) as { catalog: Record<string, string> };
    expect(allowed("graphql")?.allowedVersions).toBe(catalog["graphql"]);
    expect(allowed("typescript")?.allowedVersions).toBe("<7");
    for (const { name, least } of floors) expect(allowed(name)?.allowedVersions ?? "", name).not.toContain(`<${least}`);
  });

  it("finds the versions that stand in files of ours", () => {
    const texts: Record<string, string> = {
      cli: read("infra/pulumi/testing/engine/cli.ts"),
      ci: read(".github/workflows/ci.yml"),
      tools: read("scripts/delivery-tools.ts"),
    };
    const matches = renovate.customManagers.flatMap(({ matchStrings }) =>
      matchStrings.flatMap((pattern) =>
        Object.values(texts).flatMap((text) => [...text.matchAll(new RegExp(pattern, "gu"))]),
      ),
    );
    expect(matches.map(({ groups }) => groups?.["depName"] ?? "pulumi").sort()).toEqual([
      "github.com/rhysd/actionlint",
      "github.com/zricethezav/gitleaks/v8",
      "pulumi",
      "sigs.k8s.io/kustomize/kustomize/v5",
    ]);
  });
});
