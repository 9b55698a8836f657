// scripts/deploy.sh itself, on the real engine and with a stand-in for AWS: one story of an environment, in order.
import { execFile, spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { childEnvironment } from "../testing/env.ts";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { type Engine, openEngine } from "../testing/engine/open-engine.ts";
import { type StackRun } from "../testing/engine/stack-run.ts";
import { type AwsFake, openAwsFake } from "./aws-fake.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

const root = resolve(import.meta.dirname, "../../..");
const [first, second, third] = ["1", "2", "3"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string, string];
/** Milliseconds for a test: a minute is usual, but a machine that does much else takes its time for five runs of Pulumi. */
const patience = 600_000;

/** A shop that is well, or not. */
async function openShop() {
  const shop = { healthy: true, url: "" };
  const server: Server = createServer((request, response) => {
    request.resume().once("end", () => {
      response.statusCode = shop.healthy ? 200 : 503;
      const answers = request.url === "/health" ? { status: "ok" } : { data: { products: { nodes: [] } } };
      response.end(JSON.stringify(answers));
    });
  });
  // What is no query is refused: the second check of GraphQL.
  server.prependListener("request", (request, response) => {
    request.on("data", (part: Buffer) => {
      if (part.includes("thisFieldIsNotThere"))
        response.end(JSON.stringify({ errors: [{ message: "no such field" }] }));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  shop.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return Object.assign(shop, { close: () => new Promise((done) => server.close(done)) });
}

describe.skipIf(!cli)("scripts/deploy.sh", { timeout: patience }, () => {
  let engine: Engine;
  let application: StackRun;
  let aws: AwsFake;
  let shop: Awaited<ReturnType<typeof openShop>>;
  beforeAll(async () => {
    engine = await openEngine();
    aws = await openAwsFake("111111111111");
    shop = await openShop();
    expect((await (await engine.stack("foundation", "dev")).up()).errors).toEqual([]);
    application = await engine.stack("application", "dev", { config: { imageDigest: first } });
    expect((await application.up()).errors).toEqual([]);
    for (const digest of [first, second, third]) aws.images.set(digest, []);
  }, patience);
  afterAll(async () => {
    await engine.close();
    await Promise.all([aws.close(), shop.close()]);
  });
  beforeEach(() => {
    Object.assign(aws, {
      account: "111111111111",
      taskEnds: 0,
      deployments: { status: "SUCCESSFUL" },
      serviceImage: first,
    });
    aws.started.length = 0;
    aws.calls.length = 0;
    shop.healthy = true;
  });

  const environment = () =>
    childEnvironment({
      ...engine.environment,
      AWS_ENDPOINT_URL: aws.url,
      ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "us-east-1" },
      ...{ HTTP_PROXY: undefined, HTTPS_PROXY: undefined },
      ...{ DEPLOY_POLL_MS: "20", DEPLOY_WAIT_MINUTES: "1" },
    });
  const script = join(root, "scripts/deploy.sh");
  const fixed = () => ["--program", application.folder, "--smoke-url", shop.url];

  const deploy = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((done) => {
      execFile(script, [...args, ...fixed()], { env: environment(), maxBuffer: 1 << 26 }, (error, out, err) => {
        done({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, out, err });
      });
    });
  /** What the state says: the image that runs and the one before. */
  const recorded = async () => {
    const { deployment } = (await application.exportState()) as {
      deployment: { resources: { type: string; outputs: Record<string, unknown> }[] };
    };
    const stack = deployment.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
    return [stack["image"], stack["previousImage"]];
  };

  it.each([
    ["an environment that is none", ["production"], "There is no environment"],
    ["an image that is not there", ["dev", "--yes", "--image", `sha256:${"9".repeat(64)}`], "has no image sha256:9999"],
    ["no answer where it asks", ["dev", "--image", second], "There is nobody to ask here: say --yes."],
    ["no earlier image", ["dev", "--yes", "--rollback"], "No earlier image is on record"],
  ])("touches nothing for %s", async (_what, args, message) => {
    const { code, err } = await deploy(...args);
    expect(err).toContain(message);
    expect(err).toContain("Nothing was touched.");
    expect(code).toBe(2);
    expect(aws.started).toEqual([]);
    expect(await recorded()).toEqual([first, ""]);
  });

  it("touches nothing with credentials of another account", async () => {
    aws.account = "999999999999";
    const { code, err } = await deploy("dev", "--yes", "--image", second);
    expect(err).toContain("These credentials are of account 999999999999; the stack lives in 111111111111.");
    expect(code).toBe(2);
    expect(aws.calls).toEqual(["STS.GetCallerIdentity"]);
  });

  it("refuses an image with a critical finding that nobody has looked at", async () => {
    const bad = `sha256:${"4".repeat(64)}`;
    aws.images.set(bad, ["CVE-2026-0001"]);
    const { code, err } = await deploy("dev", "--yes", "--image", bad);
    expect(err).toContain("The image has critical findings: CVE-2026-0001.");
    expect(code).toBe(2);
  });

  it("leaves services alone where a migration fails, and shows its log", async () => {
    aws.taskEnds = 1;
    const { code, out, err } = await deploy("dev", "--yes", "--image", second);
    expect(err).toContain("ended with 1");
    expect(err).toContain("migration 0007 failed: duplicate key");
    expect([code, out.slice(-200)]).toEqual([1, expect.anything()]);
    expect(await recorded()).toEqual([first, ""]);
    expect(aws.calls).not.toContain("ECS.DescribeServiceDeployments");
    // That image never ran: the way back is to the one that does, and not to the one before it.
    const back = await deploy("dev", "--yes", "--rollback");
    expect(back.err).toBe("");
    expect([back.code, await recorded()]).toEqual([0, [first, ""]]);
  });

  it("goes on after it was killed, with the migration that still runs, and brings the image", async () => {
    aws.taskEnds = "runs";
    aws.serviceImage = second;
    const killed = spawn(script, ["dev", "--yes", "--image", second, ...fixed()], {
      env: environment(),
      stdio: "ignore",
    });
    const ended = new Promise((done) => killed.once("exit", done));
    await expect.poll(() => aws.started, { timeout: patience, interval: 50 }).not.toEqual([]);
    killed.kill("SIGKILL");
    await ended;
    const before = [...aws.started];
    const again = deploy("dev", "--yes", "--image", second);
    // It has found the task: only then may that end.
    const looks = () => aws.calls.lastIndexOf("ECS.DescribeTasks") > aws.calls.lastIndexOf("ECS.ListTasks");
    aws.calls.length = 0;
    await expect
      .poll(() => aws.calls.includes("ECS.ListTasks") && looks(), { timeout: patience, interval: 50 })
      .toBe(true);
    aws.taskEnds = 0;
    const { code, out, err } = await again;
    expect(err).toBe("");
    expect(code).toBe(0);
    // The one under way was not started a second time.
    expect(aws.started[0]).toBe(before[0]);
    expect(aws.started.filter((name) => name === before[0])).toHaveLength(1);
    expect(out).toContain("smoke: passed  GraphQL answers");
    expect(await recorded()).toEqual([second, first]);
  });

  it("lets Pulumi end well where ^C comes in the middle of an update, and leaves no lock and a way back", async () => {
    const before = await recorded();
    await engine.inject({ hold: ["ecs.TaskDefinition products"] });
    const stopped = spawn(script, ["dev", "--yes", "--image", third, ...fixed()], { env: environment() });
    let out = "";
    for (const stream of [stopped.stdout, stopped.stderr]) {
      stream.on("data", (text: Buffer) => {
        out += text.toString();
      });
    }
    let hasEnded = false;
    const ended = new Promise((done) => stopped.once("close", done)).finally(() => (hasEnded = true));
    // The preview before it shows the same resource with other words.
    const bringing = /services: bringing the image[^]*aws:ecs:TaskDefinition products creating/;
    await expect.poll(() => hasEnded || bringing.test(out), { timeout: patience, interval: 50 }).toBe(true);
    expect(out).toMatch(bringing);
    stopped.kill("SIGINT");
    await expect.poll(() => out, { timeout: patience, interval: 50 }).toContain("SIGINT: stopping");
    await engine.inject();
    expect(await ended).toBe(130);
    expect(out).toContain("Stopped by SIGINT. What is done stays done: the same command goes on from here.");
    // No lock is in the way, and the image of before is what it goes back to, not the one before that.
    aws.serviceImage = String(before[0]);
    const back = await deploy("dev", "--yes", "--rollback");
    expect(back.err).toBe("");
    expect(back.out).toContain(`to ${aws.serviceImage}; migrations are not taken back`);
    expect(back.code).toBe(0);
    expect(await recorded()).toEqual(before);
  });

  it("says so where ECS takes the image back, and --rollback makes state and services agree", async () => {
    aws.deployments = { status: "ROLLBACK_SUCCESSFUL", reason: "alarm tradegraph-dev-release-errors" };
    const { code, err } = await deploy("dev", "--yes", "--image", third);
    expect(err).toMatch(/ECS has taken \w+ back: alarm tradegraph-dev-release-errors/);
    expect(code).toBe(4);
    aws.deployments = { status: "SUCCESSFUL" };
    aws.serviceImage = second;
    aws.started.length = 0;
    const back = await deploy("dev", "--yes", "--rollback");
    expect(back.err).toBe("");
    expect(back.out).toContain("migrations are not taken back");
    expect(back.code).toBe(0);
    expect(aws.started).toEqual([]);
    expect(await recorded()).toEqual([second, ""]);
  });

  it("names the way back where the smoke test fails, and refuses while another release has the lock", async () => {
    shop.healthy = false;
    aws.serviceImage = second;
    const { code, out, err } = await deploy("dev", "--yes", "--image", second);
    expect(out).toContain("smoke: FAILED  health: answered 503, not 200");
    expect(err).toContain("scripts/deploy.sh dev --rollback");
    expect(code).toBe(5);
    const locks = join(new URL(engine.environment["PULUMI_BACKEND_URL"] ?? "").pathname, ".pulumi/locks");
    const folder = join(locks, "organization/tradegraph-application/dev");
    await mkdir(folder, { recursive: true });
    const lock = { pid: 1, username: "ada", hostname: "laptop", timestamp: "2026-01-01T00:00:00Z" };
    await writeFile(join(folder, "other.json"), JSON.stringify(lock));
    const refused = await deploy("dev", "--yes", "--image", second);
    await rm(join(folder, "other.json"));
    expect(refused.err).toContain("Another release has the stack's lock: created by ada@laptop");
    expect(refused.code).toBe(3);
  });

  it("is what a pipeline of AWS starts too, where the stack says so, within the policies", async () => {
    const policyPacks = [join(root, "infra/pulumi/policy")];
    const config = { delivery: "codepipeline", approveReleases: true, imageDigest: second };
    const pipeline = await engine.stack("application", "dev", { config, policyPacks });
    const preview = await pipeline.preview();
    expect(preview.policies.filter(({ level }) => level === "mandatory")).toEqual([]);
    expect(preview.errors).toEqual([]);
    const made = preview.steps.filter(({ op }) => op === "create").map(({ type }) => type.split(":").at(-1));
    expect(made).toEqual(
      expect.arrayContaining(["Pipeline", "Project", "Connection", "CodePipelineRelease", "SigningProfile", "Secret"]),
    );
    const release = await readFile(join(root, "infra/pulumi/delivery/release.yml"), "utf8");
    expect(release).toContain("scripts/deploy.sh");
  });
});
