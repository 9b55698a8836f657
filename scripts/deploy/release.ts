// A release from beginning to end, in the order that leaves visitors on the old image until the new one has proven itself.
import { type DeployOptions } from "./options.ts";
import { type PartnerCheck, partnerStep } from "./partner-check.ts";
import { type LastUpdate, type Pulumi, type StackOutputs, type TaskOutput } from "./pulumi.ts";
import { notStarted, ReleaseError } from "./failure.ts";
import { type ReleaseSettings } from "./stack-file.ts";
import { type Check } from "../smoke/checks.ts";
import { checkLine } from "../smoke/check-line.ts";

/** What a release does to the world. */
export interface Steps {
  pulumi: Pulumi;
  /** Calls `use` with a stack file that has these settings. */
  withSettings: <T>(settings: ReleaseSettings, use: (file: string) => Promise<T>) => Promise<T>;
  /** Makes sure of the image and returns its digest. */
  image: (from: Exclude<DeployOptions["from"], "rollback" | "platform">, repository: string) => Promise<string>;
  scan: (repository: string, digest: string) => Promise<void>;
  /** Undefined without a credential for it. */
  partners: PartnerCheck | undefined;
  ask: (question: string, expected: string) => Promise<void>;
  task: (name: string, task: TaskOutput, cluster: string) => Promise<void>;
  services: (names: string[], digest: string, cluster: string) => Promise<void>;
  smoke: (url: string) => Promise<Check[]>;
  /** Tells the second region, where there is one. */
  secondRegion: (message: string) => Promise<void>;
  say: (line: string) => void;
}

/** URNs of what the tasks before the services are made of. */
const taskTargets = ["**::migrate*", "**::database-users*"];

/** @returns one line on what was released @throws ReleaseError with how far it came */
export async function release(options: DeployOptions, steps: Steps): Promise<string> {
  const { pulumi, say } = steps;
  const before = await pulumi.outputs();
  if (options.from === "rollback") return goBack(options, before, steps);
  const ready = before.repository === "" ? await platform(options, steps) : before;
  if (options.from === "platform") return "the platform is there, without services";
  const checkPartners = partnerStep(options, ready, steps);
  const digest = await steps.image(options.from, ready.repository);
  await steps.scan(ready.repository, digest);
  const previousDigest = ready.image === digest ? ready.previousImage : ready.image;
  const settings = { imageDigest: digest, migrateDigest: "", previousDigest };
  say(`from ${ready.image || "nothing"} to ${digest}`);
  await steps.withSettings(settings, (settingsFile) => pulumi.preview({ settingsFile }));
  await checkPartners();
  await confirm(`Release ${digest}?`, options, steps);
  const seen = await migrations(digest, ready, options, steps);
  await nobodyElse(seen, steps);
  await bring(settings, `release ${digest}`, options, steps);
  return `${digest} runs`;
}

/** Everything but the services: there is no image before there is a registry. */
async function platform(options: DeployOptions, steps: Steps): Promise<StackOutputs> {
  const none = { imageDigest: "", migrateDigest: "", previousDigest: "" };
  steps.say("there is nothing yet: the registry and all that stands around the services come first");
  await steps.withSettings(none, (settingsFile) => steps.pulumi.preview({ settingsFile }));
  await confirm("Make all that?", options, steps);
  await steps.withSettings(none, (settingsFile) => steps.pulumi.up({ settingsFile, ...signed("platform", options) }));
  return steps.pulumi.outputs();
}

/** Defines the tasks of the new image, services untouched, and runs them one after the other. */
async function migrations(digest: string, ready: StackOutputs, options: DeployOptions, steps: Steps) {
  const { pulumi, say } = steps;
  const settings = { imageDigest: ready.image, migrateDigest: digest, previousDigest: ready.previousImage };
  say("migrations: defining their tasks");
  await steps.withSettings(settings, (settingsFile) =>
    pulumi.up({ settingsFile, targets: taskTargets, ...signed(`migrate ${digest}`, options) }),
  );
  const seen = await pulumi.lastUpdate();
  const { databaseUsers, migrate, cluster } = await pulumi.outputs();
  if (!migrate) throw new ReleaseError("failed", "The stack has no task `migrate`; services still run what they ran.");
  if (databaseUsers) await steps.task("databaseUsers", databaseUsers, cluster);
  await steps.task("migrate", migrate, cluster);
  return seen;
}

/** Between two of our updates Pulumi's lock is free: whoever came in between wins. */
async function nobodyElse(seen: LastUpdate | undefined, { pulumi }: Steps): Promise<void> {
  const now = await pulumi.lastUpdate();
  if (now?.version === seen?.version) return;
  throw new ReleaseError(
    "locked",
    "Somebody else has changed the stack while migrations ran. Services were left to them: look, then start again.",
  );
}

async function bring(settings: ReleaseSettings, what: string, options: DeployOptions, steps: Steps): Promise<void> {
  const { pulumi, say } = steps;
  say("services: bringing the image");
  await steps
    .withSettings(settings, (settingsFile) => pulumi.up({ settingsFile, ...signed(what, options) }))
    .catch(failed);
  const { services, cluster, url } = await pulumi.outputs();
  const names = Object.values(services).map(({ service }) => service);
  await steps.services(names, settings.imageDigest, cluster);
  const checks = await steps.smoke(options.smokeUrl ?? url);
  for (const check of checks) say(`smoke: ${checkLine(check)}`);
  if (!checks.every(({ ok }) => ok)) {
    throw new ReleaseError(
      "smoke",
      `The new image runs, but its smoke test failed. The way back: scripts/deploy.sh ${options.stack} --rollback`,
    );
  }
  await steps.secondRegion(what);
}

function failed(error: unknown): never {
  if (!(error instanceof ReleaseError) || error.ending !== "failed") throw error;
  throw new ReleaseError(
    "takenBack",
    `${error.message}\nMigrations are done; some services may have the new image, those that failed are back on the old one. ` +
      "The same command goes on from here, --rollback brings all back.",
  );
}

/**
 * Whether the last update was of a release that did not come to its end: it failed on the way to another image, or it was the
 * one that defines the tasks before services (`migrateDigest`), after which a release brings services with an update of its own.
 */
function brokeOff(last: LastUpdate | undefined, running: string): boolean {
  const setting = (key: string) => last?.setting(`tradegraph-application:${key}`) ?? "";
  if (setting("migrateDigest") !== "") return true;
  const tried = setting("imageDigest");
  return last?.ok === false && tried !== "" && tried !== running;
}

/** To the image that ran before. Where the last release broke off, that is the recorded one, which services should still run. */
async function goBack(options: DeployOptions, before: StackOutputs, steps: Steps): Promise<string> {
  const isHalfway = brokeOff(await steps.pulumi.lastUpdate(), before.image);
  const target = isHalfway ? before.image : before.previousImage;
  if (target === "") throw notStarted("No earlier image is on record; say which one with --image sha256:….");
  steps.say(
    `back from ${before.image || "nothing"} to ${target}; migrations are not taken back: old code must bear the new schema (docs/DELIVERY.md)`,
  );
  await steps.image({ digest: target }, before.repository);
  // What was left must not be where the next rollback leads.
  const settings = { imageDigest: target, migrateDigest: "", previousDigest: isHalfway ? before.previousImage : "" };
  await steps.withSettings(settings, (settingsFile) => steps.pulumi.preview({ settingsFile }));
  await confirm(`Go back to ${target}?`, options, steps);
  await bring(settings, `rollback to ${target}`, options, steps);
  return `back on ${target}; migrations were not taken back`;
}

const confirm = async (question: string, { stack, yes }: DeployOptions, { ask }: Steps): Promise<void> =>
  yes ? undefined : ask(`${question} This is ${stack}.`, stack);

const signed = (what: string, { approvedBy }: DeployOptions) => ({
  message: approvedBy === undefined ? what : `${what}, approved by ${approvedBy}`,
});
