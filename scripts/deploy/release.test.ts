// The order of a release, with every step recorded instead of done.
import { describe, expect, it } from "vitest";
import { type Check } from "../smoke/checks.ts";
import { ReleaseError } from "./failure.ts";
import { readOptions } from "./options.ts";
import { type LastUpdate, type StackOutputs } from "./pulumi.ts";
import { release, type Steps } from "./release.ts";
import { type ReleaseSettings } from "./stack-file.ts";

const [older, old, fresh] = ["0", "1", "2"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string, string];
const task = { taskDefinitionArn: "arn:task", logGroup: "log", subnetIds: ["subnet"], securityGroupIds: ["sg"] };
const running: StackOutputs = {
  ...{ url: "https://api.example/graphql", cluster: "graph", repository: "registry/app" },
  services: { gateway: { service: "gateway" }, users: { service: "users" } },
  ...{ image: old, previousImage: older, databaseUsers: task, migrate: task },
};
const nothing: StackOutputs = { url: "", cluster: "", repository: "", services: {}, image: "", previousImage: "" };
const ok: Check = { name: "health", ok: true, detail: "200" };

interface World {
  outputs?: StackOutputs;
  last?: Partial<LastUpdate> & { image?: string };
  fails?: Record<string, ReleaseError>;
  smoke?: Check[];
  /** Whether there is a credential to check partners by. */
  checksPartners?: boolean;
  /** Somebody else's update while migrations run. */
  intruder?: boolean;
}

/** Records what is done as lines; `up` keeps its settings, as the real stack would. */
function world({
  outputs = running,
  last = {},
  fails = {},
  smoke = [ok],
  intruder = false,
  checksPartners = true,
}: World = {}) {
  const done: string[] = [];
  const said: string[] = [];
  let state = outputs;
  let current: ReleaseSettings = { imageDigest: "", migrateDigest: "", previousDigest: "" };
  let version = 7;
  /** Of the last update, as `pulumi stack history` has them. */
  let applied: Partial<ReleaseSettings> = { imageDigest: last.image ?? "" };
  const did = (line: string) => {
    done.push(line);
    const error = fails[line];
    if (error) throw error;
  };
  const short = (digest: string) =>
    ({ [older]: "older", [old]: "old", [fresh]: "fresh", "": "none" })[digest] ?? digest;
  const steps: Steps = {
    pulumi: {
      outputs: () => Promise.resolve(state),
      lastUpdate: () => {
        const setting = (key: string) =>
          applied[key.replace("tradegraph-application:", "") as keyof ReleaseSettings] ?? "";
        return Promise.resolve({ ok: true, setting, ...last, version });
      },
      preview: async () => did(`preview ${short(current.imageDigest)}`),
      up: async ({ targets }) => {
        version += 1;
        applied = current;
        did(`up ${short(current.imageDigest)}${targets ? `, tasks of ${short(current.migrateDigest)}` : ""}`);
        const { imageDigest, previousDigest } = current;
        state = {
          ...running,
          ...state,
          repository: running.repository,
          image: imageDigest,
          previousImage: previousDigest,
        };
        if (state.migrate === undefined) state = { ...state, migrate: task };
      },
    },
    withSettings: (settings, use) => {
      current = settings;
      return use("settings.yaml");
    },
    image: async (from) => {
      did("image");
      return typeof from === "object" && "digest" in from ? from.digest : fresh;
    },
    scan: async () => did("scan"),
    partners: checksPartners ? async (url) => did(`partners at ${url}`) : undefined,
    ask: async (_question, expected) => did(`ask ${expected}`),
    task: async (name) => {
      did(`task ${name}`);
      if (intruder) version += 1;
    },
    services: async (names, digest) => did(`wait ${names.join("+")} ${short(digest)}`),
    smoke: () => Promise.resolve(smoke),
    secondRegion: async () => did("second region"),
    say: (line) => void said.push(line),
  };
  const run = (...args: string[]) => {
    const options = readOptions(args);
    if (!options) throw new Error("help");
    return release(options, steps);
  };
  return { done, said, run, recorded: () => [short(state.image), short(state.previousImage)] };
}
const failing = (ending: ReleaseError["ending"]) => new ReleaseError(ending, "as the test wants it");

describe("a release", () => {
  it("scans, previews, asks, migrates with the new image, then brings it to services and tests it", async () => {
    const { done, run, recorded } = world();
    await run("staging", "--image", fresh);
    expect(done).toEqual([
      ...["image", "scan", "preview fresh", "partners at https://api.example/graphql", "ask staging"],
      ...["up old, tasks of fresh", "task databaseUsers", "task migrate"],
      ...["up fresh", "wait gateway+users fresh", "second region"],
    ]);
    expect(recorded()).toEqual(["fresh", "old"]);
  });

  it("makes the registry first where there is nothing at all", async () => {
    const { done, run } = world({ outputs: nothing });
    await run("dev", "--archive", "image.tar", "--yes");
    expect(done.slice(0, 4)).toEqual(["preview none", "up none", "image", "scan"]);
    expect(done).toContain("up fresh");
  });

  it("asks nothing with --yes", async () => {
    const { done, run } = world();
    await run("prod", "--image", fresh, "--yes", "--approved-by", "Ada");
    expect(done.filter((line) => line.startsWith("ask"))).toEqual([]);
  });

  it.each([
    ["the scan", "scan", "notStarted"],
    ["the check of partners", "partners at https://api.example/graphql", "notStarted"],
    ["the question", "ask staging", "notStarted"],
    ["users of databases", "task databaseUsers", "failed"],
    ["a migration", "task migrate", "failed"],
  ] as const)("leaves services alone where %s says no", async (_what, step, ending) => {
    const { done, run } = world({ fails: { [step]: failing(ending) } });
    await expect(run("staging", "--image", fresh)).rejects.toMatchObject({ ending });
    expect(done.at(-1)).toBe(step);
    expect(done).not.toContain("up fresh");
  });

  it("does not pass over partners in silence: prod wants a check, or that nobody wants it", async () => {
    const approved = ["--image", fresh, "--yes", "--approved-by", "Ada"];
    const refused = world({ checksPartners: false });
    await expect(refused.run("prod", ...approved)).rejects.toMatchObject({
      ending: "notStarted",
      message: expect.stringContaining("or say --without-partner-check") as unknown,
    });
    expect(refused.done).toEqual([]);
    for (const [checksPartners, args] of [
      [false, ["prod", "--without-partner-check"]],
      [true, ["prod", "--without-partner-check"]],
      [false, ["staging"]],
    ] as const) {
      const { done, said, run } = world({ checksPartners });
      await run(...args, ...approved);
      expect(done).toContain("up fresh");
      expect(done.filter((line) => line.startsWith("partners"))).toEqual([]);
      expect(said.find((line) => line.startsWith("partners: NOT checked"))).toBeDefined();
    }
  });

  it("leaves services to whoever changed the stack while migrations ran", async () => {
    const { done, run } = world({ intruder: true });
    await expect(run("dev", "--image", fresh, "--yes")).rejects.toMatchObject({ ending: "locked" });
    expect(done).not.toContain("up fresh");
  });

  it("says that migrations are done where services fail", async () => {
    const { run } = world({ fails: { "up fresh": failing("failed") } });
    await expect(run("dev", "--image", fresh, "--yes")).rejects.toMatchObject({
      ending: "takenBack",
      message: expect.stringContaining("Migrations are done") as unknown,
    });
  });

  it("passes the lock on as what it is", async () => {
    const { run } = world({ fails: { "up fresh": failing("locked") } });
    await expect(run("dev", "--image", fresh, "--yes")).rejects.toMatchObject({ ending: "locked" });
  });

  it("names the way back where the smoke test fails", async () => {
    const { done, run, recorded } = world({ smoke: [ok, { name: "GraphQL answers", ok: false, detail: "502" }] });
    await expect(run("staging", "--image", fresh, "--yes")).rejects.toMatchObject({
      ending: "smoke",
      message: expect.stringContaining("scripts/deploy.sh staging --rollback") as unknown,
    });
    expect(done).not.toContain("second region");
    expect(recorded()).toEqual(["fresh", "old"]);
  });

  it("keeps the way back when the same image comes a second time", async () => {
    const { run, recorded } = world();
    await run("dev", "--image", old, "--yes");
    expect(recorded()).toEqual(["old", "older"]);
  });
});

describe("a rollback", () => {
  it("brings the image before, without migrations", async () => {
    const { done, run, recorded } = world();
    expect(await run("staging", "--rollback")).toContain("migrations were not taken back");
    expect(done).toEqual([
      "image",
      "preview older",
      "ask staging",
      "up older",
      "wait gateway+users older",
      "second region",
    ]);
    // Forward again would be to what was left.
    expect(recorded()).toEqual(["older", "none"]);
  });

  it("brings back the recorded image where the last update broke off on its way to another", async () => {
    const { done, run, recorded } = world({ last: { ok: false, image: fresh } });
    await run("dev", "--rollback", "--yes");
    expect(done).toContain("up old");
    expect(recorded()).toEqual(["old", "older"]);
  });

  it.each(["up old, tasks of fresh", "task databaseUsers", "task migrate"])(
    "stays on the image that runs where the last release ended at: %s",
    async (step) => {
      const fails = { [step]: failing("failed") };
      const { done, run, recorded } = world({ fails });
      await expect(run("dev", "--image", fresh, "--yes")).rejects.toMatchObject({ ending: "failed" });
      delete fails[step];
      done.length = 0;
      await run("dev", "--rollback", "--yes");
      expect(done).toContain("up old");
      expect(done.filter((line) => line.startsWith("task"))).toEqual([]);
      expect(recorded()).toEqual(["old", "older"]);
      // That release is dealt with: the next one goes a step back.
      await run("dev", "--rollback", "--yes");
      expect(recorded()).toEqual(["older", "none"]);
    },
  );

  it("says so where no earlier image is on record", async () => {
    const { done, run } = world({ outputs: { ...running, previousImage: "" } });
    await expect(run("dev", "--rollback", "--yes")).rejects.toMatchObject({
      ending: "notStarted",
      message: expect.stringContaining("No earlier image is on record") as unknown,
    });
    expect(done).toEqual([]);
  });
});
