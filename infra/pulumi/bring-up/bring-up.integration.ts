// `pnpm infra:up` as a person calls it, on the engine without an account: bootstrap, and after it a small program.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { type Engine, openEngine } from "../testing/engine/open-engine.ts";
import { copySettings } from "../testing/engine/stack-settings.ts";
import { childEnvironment } from "../testing/env.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

const testPrograms = join(import.meta.dirname, "../testing/programs");

const root = join(import.meta.dirname, "../../..");
const { scripts } = createRequire(import.meta.url)("../../../package.json") as { scripts: Record<string, string> };

/** A call that people see the output of and answer. */
class Call {
  readonly child: ChildProcessWithoutNullStreams;
  output = "";
  readonly #ended: Promise<number | null>;

  constructor(args: string[], env: NodeJS.ProcessEnv, command = "infra:up") {
    const [, file = ""] = (scripts[command] ?? "").split(" ");
    this.child = spawn(process.execPath, [join(root, file), ...args], { env, cwd: root });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on("data", (text: Buffer) => {
        this.output += text.toString();
      });
    }
    this.#ended = once(this.child, "close").then(([code]) => code as number | null);
  }

  /** Waits until it has said something. */
  async says(text: RegExp): Promise<void> {
    while (!text.test(this.output)) {
      const ended = await Promise.race([once(this.child.stdout, "data"), this.#ended]);
      if (!Array.isArray(ended) && !text.test(this.output)) throw new Error(`it ended:\n${this.output}`);
    }
  }

  answer(text: string): void {
    this.child.stdin.write(`${text}\n`);
  }

  async end(): Promise<{ code: number | null; output: string }> {
    const code = await this.#ended;
    return { code, output: this.output };
  }
}

describe("pnpm infra:up", { timeout: 180_000 }, () => {
  const empty = { PATH: "/nonexistent", HOME: "/nonexistent", XDG_CACHE_HOME: "/nonexistent" };

  it("says in one line what is wrong with its options", async () => {
    const { code, output } = await new Call(["--stack", "production"], childEnvironment({})).end();
    expect([code, output]).toEqual([
      1,
      "error: option '--stack <stack>' argument 'production' is invalid. Allowed choices are dev, staging, prod.\n",
    ]);
  });

  it.each([
    ["up", ["--stack", "dev", "--destroy"], "error: unknown option '--destroy'"],
    ["up", [], "error: required option '--stack <stack>' not specified"],
    ["plan", ["--stack", "dev", "--cheap"], "error: unknown option '--cheap'"],
    ["plan", ["--stack", "production"], "error: option '--stack <stack>' argument 'production' is invalid."],
    ["record", ["--version", "1.2.0"], "error: unknown option '--version'"],
    ["record", ["next"], "error: command-argument value 'next' is invalid for argument 'version'."],
    ["record", [], "error: missing required argument 'version'"],
  ])("says in one line what is wrong, without a trace: infra:%s %j", async (command, args, said) => {
    const { code, output } = await new Call(args, childEnvironment({}), `infra:${command}`).end();
    expect(output).toContain(said);
    expect(output.split("\n").filter((line) => line.trimStart().startsWith("at "))).toEqual([]);
    expect(code).toBe(1);
  });

  it.each([
    ["up", ["--stack", "dev"], ""],
    ["plan", ["--stack", "dev"], "error: "],
    ["record", ["1.2.0"], "error: "],
  ])("says in one line that there is no CLI: infra:%s", async (command, args, before) => {
    const { code, output } = await new Call(args, childEnvironment(empty), `infra:${command}`).end();
    expect([code, output]).toEqual([1, `${before}${HOW_TO_GET}\n`]);
  });
});

describe.skipIf(!cli)("pnpm infra:up on the engine", { timeout: 180_000 }, () => {
  let engine: Engine;
  let settings: string;
  beforeAll(async () => {
    engine = await openEngine();
    settings = await mkdtemp(join(tmpdir(), "tradegraph-settings-"));
    for (const [name, source] of [
      ["bootstrap", "bootstrap"],
      ["foundation", join(testPrograms, "topic")],
    ] as const) {
      await mkdir(join(settings, name));
      await copySettings(join(settings, name), source, "dev");
    }
  });
  afterEach(() => engine.inject());
  afterAll(async () => {
    await engine.close();
    await rm(settings, { recursive: true, force: true });
  });
  const credentials = { AWS_ACCESS_KEY_ID: "stub", AWS_SECRET_ACCESS_KEY: "stub" };
  const call = (env: Record<string, string | undefined> = credentials, ...more: string[]) =>
    new Call(
      ["--stack", "dev", "--settings", settings, "--secrets-provider", "passphrase", ...more],
      childEnvironment({ ...engine.environment, ...env }),
    );
  /** Puts the second program's topic right or wrong for the policies. */
  const owner = (name: string) =>
    writeFile(
      join(settings, "foundation/Pulumi.dev.yaml"),
      `config:\n  pulumi:disable-default-providers: [aws]\n  tradegraph-topic:owner: "${name}"\n`,
    );

  it("says in one line that there are no credentials", async () => {
    const none = {
      ...{ AWS_EC2_METADATA_DISABLED: "true", HOME: settings, AWS_PROFILE: undefined },
      ...{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    };
    const { code, output } = await call({ ...none, XDG_CACHE_HOME: cacheOf(engine) }).end();
    expect([code, output.trim()]).toEqual([
      1,
      "no credentials for AWS: `aws sso login` and AWS_PROFILE, or a role in the environment",
    ]);
  });

  it("does nothing where the answer is no, nor where somebody presses ^C at the question", async () => {
    const declined = call();
    await declined.says(/Do it\? \[y\/N\]/);
    declined.answer("no");
    expect(await declined.end()).toMatchObject({ code: 1 });
    expect(declined.output).toContain(
      "Up: nothing. Left: bootstrap, foundation.\nYou said no. To go on: pnpm infra:up --stack dev",
    );

    const stopped = call();
    await stopped.says(/Do it\? \[y\/N\]/);
    stopped.child.kill("SIGINT");
    expect(await stopped.end()).toMatchObject({ code: 130 });
    expect(stopped.output).toContain("Up: nothing.");
  });

  it("lets the CLI end well where ^C comes in the middle, and goes on from there", async () => {
    await engine.inject({ hold: ["s3.Bucket state"] });
    const stopped = call();
    await stopped.says(/Do it\? \[y\/N\]/);
    stopped.answer("yes");
    await stopped.says(/aws:s3:Bucket state creating/);
    // The preview has shown the same line, with "create".
    stopped.child.kill("SIGINT");
    await stopped.says(/Stopping/);
    await engine.inject();
    expect(await stopped.end()).toMatchObject({ code: 130 });
    expect(stopped.output).toContain("Up: nothing. Left: bootstrap, foundation.\nYou stopped it; what stands is kept.");
  });

  it("stops in the middle of a failure, and the second run makes only what is missing", async () => {
    await engine.inject({ fail: { create: { "s3.BucketPolicy state": "AccessDenied: not authorized" } } });
    const failed = await call(credentials, "--yes").end();
    expect(failed.code).toBe(1);
    expect(failed.output).toContain("AccessDenied: not authorized");
    expect(failed.output).toContain("It was refused, for the reason above; what stands is kept.");
    expect(failed.output).not.toContain("== foundation");
  });

  it("goes on after it, and stops at the first program that a policy refuses", async () => {
    await owner("");
    const refused = await call(credentials, "--yes").end();
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/bootstrap is up: \d+ create/);
    expect(refused.output).toContain("tags are missing: Owner");
    expect(refused.output).toContain("Up: bootstrap. Left: foundation.");
    await owner("platform");
    const done = await call(credentials, "--yes").end();
    expect(done.output).toContain("bootstrap: there is nothing to do.");
    expect(done.output).toContain("Up: bootstrap, foundation.");
    expect(done.code).toBe(0);
  });
});

describe.skipIf(!cli)("pnpm infra:plan", { timeout: 180_000 }, () => {
  it("leaves nothing in the temporary folder where somebody stops it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tradegraph-stopped-"));
    // Others keep their own there, such as what they have compiled.
    const ours = async () => (await readdir(folder)).filter((name) => name.startsWith("tradegraph-"));
    try {
      const stopped = new Call(["--stack", "dev"], childEnvironment({ TMPDIR: folder }), "infra:plan");
      await stopped.says(/== bootstrap/);
      expect(await ours()).not.toEqual([]);
      stopped.child.kill("SIGINT");
      const { code, output } = await stopped.end();
      expect(code).toBe(130);
      expect(output).not.toContain("== Cost");
      expect(await ours()).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** The folder in which the engine's CLI is kept: HOME is another one in that test. */
const cacheOf = ({ environment }: Engine): string =>
  (environment["NODE_COMPILE_CACHE"] ?? "").replace(/\/tradegraph\/.*$/, "");
