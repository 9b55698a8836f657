import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findCli, HOW_TO_GET } from "./cli.ts";
import { type Engine, openEngine } from "./open-engine.ts";
import { changing, type Outcome } from "./outcome.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

const programs = join(import.meta.dirname, "../programs");

/** How a failed run shows itself. */
const wentWell = (outcome: Outcome) => expect(outcome.errors.join("\n")).toBe("");
const labels = (outcome: Outcome) =>
  changing(outcome).map(({ op, type, name }) => `${op} ${type.split(":").at(-1)} ${name}`);

describe("plugins", () => {
  it.each(["aws-stub/main.ts", "language-host/main.ts"])(
    "%s says its port and ends when the CLI is gone",
    async (file) => {
      const child = spawn(process.execPath, [join(import.meta.dirname, "..", file), "127.0.0.1:9"]);
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      expect(line.toString()).toMatch(/^\d+\n$/);
      child.stdin.end();
      const [code] = (await once(child, "exit")) as [number | null];
      expect(code).toBe(0);
    },
  );
});

describe.skipIf(!cli)("the real engine with the stub of AWS", { timeout: 120_000 }, () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openEngine({ checkpoints: true });
  });
  afterEach(() => engine.close());

  it("previews, goes up, finds nothing to do, sees drift and puts it right", async () => {
    const stack = await engine.stack("bootstrap", "dev");
    const preview = await stack.preview();
    wentWell(preview);
    const up = await stack.up();
    wentWell(up);
    expect(up.changes).toEqual(preview.changes);
    expect(up.outputs).toMatchObject({
      backend: "s3://tradegraph-dev-state-111111111111?region=us-east-1&awssdk=v2",
      deployRoleArn: "arn:aws:iam::111111111111:role/tradegraph-dev-github-deploy",
    });

    const again = await stack.up();
    wentWell(again);
    expect(labels(again)).toEqual([]);

    await engine.inject({ drift: { "kms.Key secrets": { enableKeyRotation: false } } });
    const refresh = await stack.refresh();
    wentWell(refresh);
    expect(labels(refresh)).toEqual(["update Key secrets"]);
    await engine.inject();
    const repair = await stack.up();
    expect(labels(repair)).toEqual(["update Key secrets"]);
    expect(changing(repair)[0]?.changed).toEqual(["enableKeyRotation"]);
  });

  it("makes a resource again that somebody deleted, but only by saying so in the preview", async () => {
    const stack = await engine.stack("bootstrap", "staging");
    wentWell(await stack.up());
    await engine.inject({ drift: { "iam.RolePolicy github-deploy": null } });
    wentWell(await stack.refresh());
    await engine.inject();
    expect(labels(await stack.preview())).toEqual(["create RolePolicy github-deploy"]);
  });

  it("keeps what was made before a failure and goes on from there", async () => {
    const stack = await engine.stack("bootstrap", "prod");
    await engine.inject({
      fail: { create: { "s3.BucketPolicy state": "AccessDenied: not authorized to perform s3:PutBucketPolicy" } },
    });
    const failed = await stack.up();
    expect(failed.ok).toBe(false);
    expect(failed.errors.join("\n")).toContain("AccessDenied: not authorized to perform s3:PutBucketPolicy");
    await engine.inject();
    const made = resourcesOf(await stack.exportState());
    expect(made.some((urn) => urn.endsWith("Bucket::state"))).toBe(true);
    const second = await stack.up();
    wentWell(second);
    expect(labels(second)).toContain("create BucketPolicy state");
    // What was made before is not made again.
    expect(changing(second).filter(({ urn }) => made.includes(urn))).toEqual([]);
  });

  it("waits where AWS throttles, and gives up where it does so for good", async () => {
    const stack = await engine.stack("bootstrap", "dev", { config: { keepOldStateDays: 45 } });
    wentWell(await stack.up());
    const other = await engine.stack("bootstrap", "dev", { config: { keepOldStateDays: 46 } });
    await engine.inject({ throttle: { "s3.BucketLifecycleConfiguration state": 1000 } });
    expect((await other.up()).errors.join("\n")).toContain("ThrottlingException: Rate exceeded");
    await engine.inject({ throttle: { "s3.BucketLifecycleConfiguration state": 5 } });
    const patient = await other.up();
    wentWell(patient);
    expect(labels(patient)).toEqual(["update BucketLifecycleConfiguration state"]);
  });

  it("says what would be replaced, and refuses it where it is protected", async () => {
    wentWell(await (await engine.stack("bootstrap", "dev")).up());
    const moved = await engine.stack("bootstrap", "dev", { config: { account: "999999999999" } });
    const preview = await moved.preview();
    expect(preview.ok).toBe(false);
    expect(preview.errors.join("\n")).toMatch(/unable to replace resource .*s3\/bucket:Bucket::state/);
  });

  it("takes over the state of another run, as an upgrade from a release does", async () => {
    const released = await engine.stack("bootstrap", "dev");
    wentWell(await released.up());
    const state = await released.exportState();
    const fresh = await openEngine();
    try {
      const upgraded = await fresh.stack("bootstrap", "dev", { config: { keepOldStateDays: 31 } });
      await upgraded.importState(state);
      const preview = await upgraded.preview();
      wentWell(preview);
      expect(labels(preview)).toEqual(["update BucketLifecycleConfiguration state"]);
    } finally {
      await fresh.close();
    }
  });

  it("leaves what is protected when somebody destroys the stack", async () => {
    const stack = await engine.stack("bootstrap", "dev");
    const before = await stack.up();
    wentWell(before);
    const destroy = await stack.destroy();
    expect(destroy.ok).toBe(false);
    expect(destroy.errors.join("\n")).toContain("protected");
    const left = resourcesOf(await stack.exportState());
    const kept = before.steps.filter(({ protect }) => protect).map(({ urn }) => urn);
    expect(kept.length).toBeGreaterThan(8);
    expect(left).toEqual(expect.arrayContaining(kept));
  });

  it("shows the policies to every resource, and fails where one is mandatory", async () => {
    const policyPacks = [join(import.meta.dirname, "../../policy")];
    const good = await engine.stack("bootstrap", "dev", { policyPacks });
    const mandatory = ({ policies }: Outcome) => policies.filter(({ level }) => level === "mandatory");
    expect(mandatory(await good.preview())).toEqual([]);
    const untagged = await engine.stack(join(programs, "untagged"), "dev", { policyPacks });
    const preview = await untagged.preview();
    expect(preview.ok).toBe(false);
    const found = mandatory(preview).map(({ policy, urn }) => `${policy} ${urn.split("::").at(-1)}`);
    // What carries none at all is found by its provider.
    expect(found.sort()).toEqual(expect.arrayContaining(["tags alarms", "tags aws"]));
  });

  it.each([
    ["value", /versioningConfiguration\.status.*expected one of Enabled, Suspended, Disabled, got "On"/],
    ["name", /"tradegraph-production-gateway-blue" is 34 characters long; AWS takes at most 32/],
    ["provider", /Default provider for 'aws' disabled/],
    ["function", /no answer for aws:index\/getRegions:getRegions/],
  ])("refuses a wrong %s, and says so", async (what, message) => {
    const stack = await engine.stack(join(programs, "wrong"), "dev", { config: { what } });
    const preview = await stack.preview();
    expect(preview.ok).toBe(false);
    expect(preview.errors.join("\n")).toMatch(message);
  });

  it("names every wrong setting at once, by its key in the stack file", async () => {
    const stack = await engine.stack("bootstrap", "dev", { config: { account: "12", repository: "acme/*" } });
    const errors = (await stack.preview()).errors.join("\n");
    expect(errors).toContain("tradegraph-bootstrap:account: 12 digits in quotes");
    expect(errors).toContain("tradegraph-bootstrap:repository: owner/name, without a pattern");
  });
});

const resourcesOf = (state: unknown) =>
  (state as { deployment: { resources: { urn: string }[] } }).deployment.resources.map(({ urn }) => urn).sort();
