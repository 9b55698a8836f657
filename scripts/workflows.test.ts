// Rules for .github/workflows that keep a release from being taken over: no key that lasts, nothing that moves under us, no
// words of strangers in a shell. delivery-lint.integration.ts checks the rest with actionlint.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  uses?: string;
  permissions?: unknown;
  environment?: unknown;
  concurrency?: { group: string };
  "timeout-minutes"?: number;
  steps?: Step[];
}
interface Workflow {
  on: Record<string, unknown> | string | string[];
  permissions?: unknown;
  jobs: Record<string, Job>;
}

const folder = resolve(import.meta.dirname, "../.github/workflows");
const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));

const events = ({ on }: Workflow): string[] =>
  typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on);

/** What a workflow does that none may. */
function wrongs(text: string): string[] {
  const workflow = parse(text) as Workflow;
  const found: string[] = [];
  const forbidden = ["pull_request_target", "workflow_run", "issue_comment"].filter((one) =>
    events(workflow).includes(one),
  );
  for (const event of forbidden) found.push(`${event} runs what strangers wrote with our rights`);
  if (/aws-(?:access-key-id|secret-access-key)|AWS_SECRET_ACCESS_KEY/.test(text)) found.push("a key that lasts");
  if (JSON.stringify(workflow.permissions) !== '{"contents":"read"}')
    found.push("permissions must begin with contents: read");
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (job.permissions === "write-all") found.push(`${name}: write-all`);
    if (job.uses === undefined && job["timeout-minutes"] === undefined) found.push(`${name}: no timeout-minutes`);
    if (job.uses?.startsWith("./") === false) found.push(`${name}: a workflow of others`);
    for (const step of job.steps ?? []) found.push(...wrongsOf(step).map((wrong) => `${name}: ${wrong}`));
  }
  // The version is for people, and for Renovate, which keeps both in step.
  for (const [line] of text.matchAll(/^.*uses: [^.\s]\S*$/gm)) found.push(`no version beside ${line.trim()}`);
  return found;
}

function wrongsOf({ uses, run = "", with: given = {} }: Step): string[] {
  const found: string[] = [];
  if (uses !== undefined && !uses.startsWith("./") && !/@[0-9a-f]{40}$/.test(uses)) found.push(`${uses} can move`);
  if (run.includes("${{")) found.push("an expression inside `run`: pass it by env");
  if (uses?.startsWith("actions/checkout@") && given["persist-credentials"] !== false)
    found.push("checkout keeps its token");
  if (uses?.includes("configure-aws-credentials@") && given["role-to-assume"] === undefined) found.push("no role");
  return found;
}

const sha = "08c6903cd8c0fde910a37f88322edcfb5dd907a8";
const good = `
on: push
permissions: { contents: read }
jobs:
  one:
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@${sha} # v5.0.0
        with: { persist-credentials: false }
      - run: pnpm check
`;

describe("workflows", () => {
  it.each(files)("%s keeps to the rules", (file) => {
    expect(wrongs(readFileSync(join(folder, file), "utf8"))).toEqual([]);
  });

  it.each([
    ["a tag", `@${sha} # v5.0.0`, "@v5 # v5", "actions/checkout@v5 can move"],
    ["no version", " # v5.0.0", "", "no version beside"],
    ["strangers with our rights", "on: push", "on: pull_request_target", "pull_request_target"],
    ["a key", "with: {", "with: { aws-access-key-id: a,", "a key that lasts"],
    ["no permissions", "permissions: { contents: read }", "", "permissions must begin"],
    ["too many permissions", "{ contents: read }", "write-all", "permissions must begin"],
    ["no end", "    timeout-minutes: 5\n", "", "no timeout-minutes"],
    [
      "words of strangers",
      "run: pnpm check",
      'run: echo "${{ github.event.issue.title }}"',
      "an expression inside `run`",
    ],
    ["a token left behind", "persist-credentials: false", "fetch-depth: 0", "checkout keeps its token"],
  ])("refuses %s", (_what, before, after, wrong) => {
    expect(wrongs(good)).toEqual([]);
    expect(good).toContain(before);
    expect(wrongs(good.replace(before, after)).join("\n")).toContain(wrong);
  });

  it("brings main to prod only through staging, and both by the environment whose role may", () => {
    const deploy = parse(readFileSync(join(folder, "deploy.yml"), "utf8")) as {
      on: { push: { branches: string[] } };
      jobs: Record<string, { needs?: unknown; if?: string; with?: { environment: string } }>;
    };
    expect(deploy.on.push.branches).toEqual(["main", "staging"]);
    expect(deploy.jobs["staging"]).toMatchObject({
      needs: "image",
      if: "github.ref == 'refs/heads/main' || github.ref == 'refs/heads/staging'",
      with: { environment: "staging" },
    });
    expect(deploy.jobs["prod"]).toMatchObject({
      needs: "staging",
      if: "github.ref == 'refs/heads/main'",
      with: { environment: "prod" },
    });
    const { jobs } = parse(readFileSync(join(folder, "release.yml"), "utf8")) as Workflow;
    expect(jobs["release"]?.environment).toBe("${{ inputs.environment }}");
  });

  it("releases nothing that has not passed ci, neither on a push nor in the weekly rebuild", () => {
    for (const name of ["deploy", "rebuild"]) {
      const { jobs } = parse(readFileSync(join(folder, `${name}.yml`), "utf8")) as {
        jobs: Record<string, { needs?: unknown; uses?: string }>;
      };
      expect(jobs["ci"]?.uses).toBe("./.github/workflows/ci.yml");
      expect([jobs["image"]?.needs, jobs["staging"]?.needs, jobs["prod"]?.needs]).toEqual(["ci", "image", "staging"]);
    }
  });

  it("tells people of a push and of a weekly rebuild that end before they release, whatever step it was", () => {
    for (const name of ["deploy", "rebuild"]) {
      const { jobs } = parse(readFileSync(join(folder, `${name}.yml`), "utf8")) as {
        jobs: Record<string, { if?: string; needs?: string[]; steps?: Step[] }>;
      };
      const { notify, ...others } = jobs;
      expect(notify?.if).toBe("failure()");
      expect(notify?.needs).toEqual(Object.keys(others));
      expect(notify?.steps?.[0]?.run).toContain('"$WEBHOOK"');
    }
  });

  it("lint, test, audit, look at versions and secrets, and build and scan the image of each change", () => {
    const { jobs } = parse(readFileSync(join(folder, "ci.yml"), "utf8")) as Workflow;
    const all = Object.values(jobs).flatMap(({ steps = [] }) => steps);
    const runs = all.map(({ run = "" }) => run).join("\n");
    const wanted = ["pnpm@12 check", "bash .ci/run", "audit --prod", "version-floors", "gitleaks", "buildx build"];
    expect(wanted.filter((command) => !runs.includes(command))).toEqual([]);
    const scan = all.find(({ uses = "" }) => uses.startsWith("aquasecurity/trivy-action@"));
    expect(scan?.with).toMatchObject({ severity: "CRITICAL", "exit-code": "1" });
    expect(all.filter((step) => "continue-on-error" in step)).toEqual([]);
  });

  it("goes back outside the queue of releases, to the same environment, and tests where they test", () => {
    const [release, rollback] = ["release", "rollback"].map((name) => {
      const text = readFileSync(join(folder, `${name}.yml`), "utf8");
      return { text, job: (parse(text) as Workflow).jobs[name] };
    });
    expect(rollback?.job?.environment).toBe(release?.job?.environment);
    // A release that waits for its approval would hold it up, and the next push would put it out of the queue.
    expect(release?.job?.concurrency?.group).toBe("release-${{ inputs.environment }}");
    expect(rollback?.job?.concurrency).toEqual({
      group: "rollback-${{ inputs.environment }}",
      "cancel-in-progress": false,
    });
    for (const workflow of [release, rollback]) {
      expect(workflow?.text).toContain('--smoke-url "$SMOKE_URL"');
      // GitHub tells the step's own process that somebody cancels; a child of its shell would hear nothing.
      expect(workflow?.text).toMatch(/^ +exec scripts\/deploy\.sh /m);
    }
  });

  it("releases only what the workflow `image` has attested", () => {
    const text = readFileSync(join(folder, "release.yml"), "utf8");
    expect(text).toContain('--source-digest "$COMMIT"');
    expect(text).toContain('--signer-workflow "$REPOSITORY/.github/workflows/image.yml"');
  });
});

describe("workflows and steps of CodePipeline", () => {
  const steps = resolve(import.meta.dirname, "../infra/pulumi/delivery");
  const texts = [
    ...files.map((name) => join(folder, name)),
    ...readdirSync(steps).flatMap((name) => (name.endsWith(".yml") ? [join(steps, name)] : [])),
  ].map((path) => readFileSync(path, "utf8"));
  const all = texts.join("\n");

  it("call only commands that there are", () => {
    const { scripts } = JSON.parse(readFileSync(resolve(import.meta.dirname, "../package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const called = new Set([...all.matchAll(/pnpm@12 ([\w:-]+)/g)].map(([, name = ""]) => name));
    expect(called.size).toBeGreaterThan(5);
    const own = [...called].filter((name) => !["install", "audit", "exec"].includes(name));
    expect(own.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("read only variables and secrets that docs/DELIVERY.md tells to set", () => {
    const read = [
      ...[...all.matchAll(/\b(?:vars|secrets)\.([A-Z_]+)/g)].map(([, name = ""]) => name),
      ...[...all.matchAll(/format\('([A-Z_]+)\{0\}'/g)].map(([, name = ""]) => `${name}<stack>`),
    ];
    const page = readFileSync(resolve(import.meta.dirname, "../docs/DELIVERY.md"), "utf8");
    expect(new Set(read).size).toBeGreaterThan(8);
    expect([...new Set(read)].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
