// Each program over the whole space of its settings: whatever is allowed plans, keeps what must never be otherwise, and what
// is not allowed is refused by name. Without an engine, hence fast; settings-space.integration.ts takes a few to the real one.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Around, surroundings } from "../testing/in-process/around.ts";
import { settingsOfStack } from "../testing/in-process/declared-settings.ts";
import { promises } from "../testing/in-process/promises.ts";
import { runProgram } from "../testing/in-process/run-program.ts";
import { settingsSpace } from "../testing/in-process/settings-space.ts";
import { stackNames } from "../lib/stack-name.ts";
import { type Program, programs } from "./order.ts";

/** As many as half a minute has room for: a run of foundation makes three hundred resources. */
const runsOf: Record<Program, number> = { bootstrap: 100, foundation: 40, application: 50, recovery: 30 };
/** A machine that is busy with other things tries fewer. */
const PATIENCE_MS = 120_000;

describe.each(programs)("program %s", { timeout: 300_000 }, (program) => {
  let places: Around[];
  beforeAll(async () => {
    places = await surroundings(program);
  }, 120_000);

  it("plans with every configuration that is allowed, and keeps its promises with each", async () => {
    const spaces = await Promise.all(
      places.map(async ({ fixed, others }) =>
        (await settingsSpace(program, fixed)).map((config) => ({ config, others })),
      ),
    );
    const cases = fc.record({ stack: fc.constantFrom(...stackNames), run: fc.oneof(...spaces) });
    const enough = Date.now() + PATIENCE_MS;
    await fc.assert(
      fc.asyncProperty(cases, async ({ stack, run: { config, others } }) => {
        if (Date.now() > enough) return;
        const planned = await runProgram(program, stack, config, others);
        const broken = Object.entries(promises).map(([sentence, breaks]) => [sentence, breaks(planned)] as const);
        expect(Object.fromEntries(broken.filter(([, found]) => found.length > 0))).toEqual({});
      }),
      // The first example that fails says it all; smaller ones would take minutes.
      { numRuns: runsOf[program], endOnFailure: true },
    );
  });

  it.each(stackNames)("plans with the settings of %s, and keeps its promises", async (stack) => {
    const [{ fixed, others } = { fixed: {}, others: {} }] = places;
    const planned = await runProgram(program, stack, { ...settingsOfStack(program, stack), ...fixed }, others);
    for (const [sentence, breaks] of Object.entries(promises)) expect(breaks(planned), sentence).toEqual([]);
  });
});

describe("settings that are not allowed", () => {
  it.each([
    ["bootstrap", "repository", "acme/*", "owner/name, without a pattern"],
    ["bootstrap", "account", "1234", "12 digits in quotes"],
    ["foundation", "region", "ap-south-1", "Invalid option"],
    ["foundation", "cidr", "10.0.1.0/16", "a block of /16 to /23"],
    ["foundation", "zones", 1, "Too small"],
    ["foundation", "databaseClass", "db.serverless", "a global cluster (databaseGlobal) takes no serverless instances"],
    ["foundation", "databaseCapacity", "4-2", "the lower first"],
    ["foundation", "databaseRetentionDays", 36, "Too big"],
    ["foundation", "recoveryRegion", "us-east-1", "another region than the first"],
    ["foundation", "optionalSecrets", ["NOTHING"], "Invalid option"],
    ["foundation", "warningReceivers", ["http://pager.example"], "a mail address, or https://"],
    ["application", "imageDigest", "latest", "never a tag"],
    ["application", "mostTasks", 1, "2 at least, which is leastTasks"],
    ["application", "taskCpu", 1024, "Fargate has no tasks of 1024 CPU units with 0 MiB", "taskMemory"],
    ["application", "deploymentStrategy", "LINEAR", "Invalid option"],
  ])("of %s, %s %j, are refused by name and file", async (program, key, value, message, named = key) => {
    const config = { ...settingsOfStack(program, "prod"), [key]: value };
    const said = await runProgram(program, "prod", config).then(
      () => "nothing",
      (error: Error) => error.message,
    );
    expect(said).toContain("Pulumi.prod.yaml:");
    expect(said).toContain(`tradegraph-${program}:${named}`);
    expect(said).toContain(message);
  });
});
