// What operators read about the stack is so: outputs of programs, settings and names at AWS that the pages tell them to use are
// those of the programs themselves, run with the settings of prod.
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { optionalSecrets } from "../programs/foundation/secrets.ts";
import { programs } from "../programs/order.ts";
import { type Config, declaredSettings, settingsOfStack } from "../testing/in-process/declared-settings.ts";
import { type OtherStacks, runProgram } from "../testing/in-process/run-program.ts";
import { mistakes, type Stack } from "./mistakes.ts";

const root = resolve(import.meta.dirname, "../../..");
const pages = [
  ...["OPERATIONS", "DEPLOY-CHECKLIST", "DELIVERY", "RECOVERY", "COSTS", "FUNCTIONS", "DATABASE-USERS", "SECURITY"],
].map((name) => `docs/${name}.md`);
const documents = [...pages, ...globSync("docs/runbooks/*.{md,sh}", { cwd: root })];

/** Settings of prod, and with them what a stack may have and prod has not: pages tell of it as well. */
function settingsOf(program: string): Config {
  const given = settingsOfStack(program, "prod");
  if (program === "foundation") return { ...given, optionalSecrets: Object.keys(optionalSecrets) };
  const source = { sourceRepository: "acme/shop", sourceBranch: "main" };
  return program === "application" ? { ...given, delivery: "codepipeline", ...source } : given;
}

/** All four programs of prod, one after the other, each with the outputs of those before it. */
async function prod(): Promise<Stack> {
  const others: OtherStacks = {};
  const outputs = new Map<string, Set<string>>();
  const names = new Set<string>();
  for (const program of programs) {
    const planned = await runProgram(program, "prod", settingsOf(program), others);
    others[`organization/tradegraph-${program}/prod`] = planned.outputs;
    outputs.set(program, new Set(Object.keys(planned.outputs)));
    const texts = JSON.stringify(planned.resources.map(({ inputs }) => inputs));
    for (const [name] of texts.matchAll(/(?:aws-waf-logs-)?tradegraph-prod(?:[-/][\w/-]*)?/g)) names.add(name);
  }
  const settings = new Map(programs.map((program) => [program, new Set(Object.keys(declaredSettings(program)))]));
  return { outputs, names, settings };
}

describe("pages for operators", { timeout: 120_000 }, () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await prod();
  }, 120_000);

  it.each(documents)("%s says outputs, settings and names as they are", (path) => {
    expect(mistakes(readFileSync(join(root, path), "utf8"), stack)).toEqual([]);
  });
});

describe("the check of pages", () => {
  const stack: Stack = {
    outputs: new Map([
      ["bootstrap", new Set(["backend"])],
      ["application", new Set(["image", "previousImage"])],
    ]),
    settings: new Map([["application", new Set(["leastTasks"])]]),
    names: new Set(["tradegraph-prod", "tradegraph-prod-graph", "tradegraph-prod/REDIS_URL"]),
  };

  it.each([
    ["pulumi stack output backend", []],
    [
      "pulumi -C infra/pulumi/programs/application stack output backend --stack prod",
      ["output backend of application"],
    ],
    ["pulumi stack output plan --cwd infra/pulumi/programs/application", ["output plan of application"]],
    ["outputs `image` and `previousImage` of the program `application`; output `plan`", ["output plan"]],
    ["`leastTasks: 3` and `mostTask: 3`", ["setting mostTask"]],
    ["tradegraph-application:leastTask: 3", ["setting leastTask of application"]],
    ["`$P-graph`, tradegraph-staging-graph, `$P`, `$P/REDIS_URL`, tradegraph-prod-<alarm>", []],
    ["`$P-graf` and `tradegraph-<stack>-grap`", ["name tradegraph-prod-graf", "name tradegraph-prod-grap"]],
  ])("%s", (text, wrong) => {
    expect(mistakes(text, stack)).toEqual(wrong);
  });
});
