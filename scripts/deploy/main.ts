// What scripts/deploy.sh starts. Wires the steps of a release to AWS, Pulumi and this machine.
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { EnvError } from "@tradegraph/kit/env";
import { smoke } from "../smoke/checks.ts";
import { assertAccount, assertTools } from "./checks.ts";
import { type DeployEnv, findKeptPulumi, readEnv } from "./env.ts";
import { exitCodes, notStarted, ReleaseError } from "./failure.ts";
import { buildArchive, cleanCommit, findImage, pushArchive } from "./image.ts";
import { assertScanned } from "./image-scan.ts";
import { assertSigned } from "./image-signature.ts";
import { listenForStop } from "./interruption.ts";
import { notify } from "./notify.ts";
import { type DeployOptions, readOptions } from "./options.ts";
import { openPulumi } from "./pulumi.ts";
import { openPartnerCheck } from "./partner-check.ts";
import { type PartnerCredential, partnerCredentials, secretsOf } from "./partner-credentials.ts";
import { ask } from "./question.ts";
import { release, type Steps } from "./release.ts";
import { runTask } from "./run-task.ts";
import { bringSecondRegion, hasSecondRegion } from "./second-region.ts";
import { readStackFile, type StackFile, withSettings } from "./stack-file.ts";
import { waitForServices } from "./wait-services.ts";

const say = (line: string): void => void process.stdout.write(`deploy: ${line}\n`);
/** The slowest answer that a new deployment may give, in milliseconds; the load test is stricter. */
const SMOKE = { slowestMs: 2_000, tries: 10 };

interface Release {
  options: DeployOptions;
  env: DeployEnv;
  file: StackFile;
  /** A folder that is gone afterwards. */
  work: string;
  commit: string;
  credentials: PartnerCredential[];
  signal: AbortSignal;
}

/** A signature takes seconds. */
const SIGNING_MS = 600_000;

function stepsOf({ options, env, file, work, commit, credentials, signal }: Release): Steps {
  const { region } = file;
  const patience = { pollMs: env.DEPLOY_POLL_MS, waitMs: env.DEPLOY_WAIT_MINUTES * 60_000, signal };
  const signing = { ...patience, waitMs: Math.min(patience.waitMs, SIGNING_MS) };
  const ecs = new ECSClient({ region });
  const logs = new CloudWatchLogsClient({ region });
  const registry = (repository: string) => ({ ecr: new ECRClient({ region }), repository, say, signal });
  const policyPack = join(import.meta.dirname, "../../infra/pulumi/policy");
  const write = (text: string) => void process.stdout.write(text);
  return {
    pulumi: openPulumi({ program: options.program, stack: options.stack, policyPack, signal }, write),
    withSettings: (settings, use) => withSettings(file, settings, use),
    image: async (from, repository) => {
      if (typeof from === "object" && "digest" in from) {
        await findImage(registry(repository), from.digest);
        return from.digest;
      }
      const archive = from === "build" ? await buildArchive(work, signal) : from.archive;
      return pushArchive(registry(repository), archive, commit);
    },
    scan: async (repository, digest) => {
      if (env.REQUIRE_SIGNATURE === "true") await assertSigned(registry(repository), digest, signing);
      await assertScanned(registry(repository), digest, options.accepted, patience);
    },
    partners: openPartnerCheck(credentials, { say, signal }),
    ask: (question, expected) => ask(question, expected, process.stdin),
    task: (name, task, cluster) => runTask(name, task, { ecs, logs, cluster, patience, say }),
    services: (names, digest, cluster) => waitForServices(names, digest, { ecs, cluster, patience, say }),
    smoke: (url) => {
      signal.throwIfAborted();
      return smoke(url, { ...SMOKE, pauseMs: env.DEPLOY_POLL_MS });
    },
    secondRegion: async (message) => {
      const program = join(options.program, "../recovery");
      if (!(await hasSecondRegion(program, options.stack))) return;
      say("second region: telling it of the image");
      await bringSecondRegion(openPulumi({ program, stack: options.stack, policyPack, signal }, write), message);
    },
    say,
  };
}

/** Whatever can be wrong before anything happens, then the release. */
async function deploy(options: DeployOptions, env: DeployEnv, signal: AbortSignal): Promise<string> {
  if (!options.yes && !process.stdin.isTTY) throw notStarted("There is nobody to ask here: say --yes.");
  const file = await readStackFile(options.program, options.stack);
  await assertTools(options.from, findKeptPulumi());
  const isFromTree = options.from === "build" || (typeof options.from === "object" && "archive" in options.from);
  const commit = isFromTree ? await cleanCommit() : "";
  await assertAccount(file);
  const isChecked = options.partnerCheck && options.from !== "rollback" && options.from !== "platform";
  const credentials = isChecked ? await partnerCredentials(env, secretsOf(file.region)) : [];
  const work = await mkdtemp(join(tmpdir(), "tradegraph-release-"));
  try {
    return await release(options, stepsOf({ options, env, file, work, commit, credentials, signal }));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return 0;
  const env = readEnv();
  try {
    const text = await deploy(options, env, listenForStop(say));
    say(text);
    say(await notify(env.RELEASE_WEBHOOK_URL, { stack: options.stack, ok: true, text }));
    if (env.GITHUB_OUTPUT !== undefined) await appendFile(env.GITHUB_OUTPUT, `released=${text}\n`);
    return 0;
  } catch (error) {
    const text = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    say(await notify(env.RELEASE_WEBHOOK_URL, { stack: options.stack, ok: false, text }));
    throw error;
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`deploy: ${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof ReleaseError) process.exitCode = exitCodes[error.ending];
    else process.exitCode = error instanceof EnvError ? exitCodes.notStarted : exitCodes.failed;
  },
);
