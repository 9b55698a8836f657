// A few configurations of the whole space on the real engine: what one process plans in settings-space.test.ts by hundreds, goes
// up there too. A failure prints its seed and its settings.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { openEngine } from "../testing/engine/open-engine.ts";
import { type Config } from "../testing/in-process/declared-settings.ts";
import { settingsSpace } from "../testing/in-process/settings-space.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

const account = "111111111111";
const others = {
  foundationStack: "organization/tradegraph-foundation/staging",
  recoveryStack: "",
  account,
};

describe.skipIf(!cli)("the real engine", { timeout: 300_000 }, () => {
  it("takes what is allowed: foundation goes up, and application upon it", async () => {
    const foundations = await settingsSpace("foundation", { account });
    const applications = await settingsSpace("application", { ...others, region: "us-east-1", recoveryRegion: "" });
    const both = fc.record({ foundation: foundations, application: applications });
    await fc.assert(
      fc.asyncProperty(both, async ({ foundation, application }) => {
        const engine = await openEngine();
        try {
          const up = await (await engine.stack("foundation", "staging", { config: foundation })).up();
          expect(up.errors).toEqual([]);
          const { region, recoveryRegion } = foundation;
          const config: Config = { ...application, region, recoveryRegion };
          const preview = await (await engine.stack("application", "staging", { config })).preview();
          expect(preview.errors).toEqual([]);
        } finally {
          await engine.close();
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it("prints wrong settings by name and file, and no trace of the program", async () => {
    const engine = await openEngine();
    try {
      const config = { cidr: "10.0.1.0/16", zones: 1, recoveryRegion: "us-east-1" };
      const preview = await (await engine.stack("foundation", "dev", { config })).preview();
      const said = preview.errors.join("\n");
      expect(said).toContain("Pulumi.dev.yaml:\n  tradegraph-foundation:cidr: a block of /16 to /23");
      expect(said).toContain("tradegraph-foundation:zones:");
      expect(said).not.toMatch(/^\s+at .*:\d+/m);
    } finally {
      await engine.close();
    }
  });
});
