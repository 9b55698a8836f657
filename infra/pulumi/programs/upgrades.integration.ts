// From each recorded release to what the programs are now: nothing is replaced or deleted that nobody has looked at.
import { describe, expect, it } from "vitest";
import { kindOf } from "../lib/cost-rules.ts";
import { stackNames } from "../lib/stack-name.ts";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { openEngine } from "../testing/engine/open-engine.ts";
import { changing, type Outcome } from "../testing/engine/outcome.ts";
import { type Program, programs } from "./order.ts";
import { releasedState, releases, reviewed } from "./releases.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

/** "replace docdb.Cluster database", "delete …": steps after which something is no longer what it was. */
const losses = (outcome: Outcome): string[] => [
  ...new Set(
    changing(outcome)
      .filter(({ op, type }) => /^(?:replace|delete)$/.test(op) && type.startsWith("aws:"))
      .map(({ op, type, name }) => `${op} ${kindOf(type)} ${name}`),
  ),
];

const versions = releases();
const [newest] = versions.toReversed();

describe.skipIf(!cli)("an upgrade", { timeout: 300_000 }, () => {
  it.each(versions)("from %s loses nothing that was not reviewed", async (version) => {
    const lost: Partial<Record<Program, string[]>> = {};
    // Environments differ in sizes; of older releases the one that matters is enough.
    for (const stackName of version === newest ? stackNames : (["prod"] as const)) {
      const engine = await openEngine();
      try {
        for (const program of programs) {
          const state = releasedState(program, version, stackName);
          if (!state) continue;
          const stack = await engine.stack(program, stackName);
          await stack.importState(state);
          const preview = await stack.preview();
          expect(preview.errors, `${program} ${stackName}`).toEqual([]);
          lost[program] = [...new Set([...(lost[program] ?? []), ...losses(preview)])];
        }
      } finally {
        await engine.close();
      }
    }
    for (const program of programs) {
      expect(lost[program]?.sort() ?? [], program).toEqual(reviewed[version]?.[program]?.toSorted() ?? []);
    }
  });

  it("is reviewed for recorded releases alone", () => {
    expect(Object.keys(reviewed).filter((version) => !versions.includes(version))).toEqual([]);
  });
});
