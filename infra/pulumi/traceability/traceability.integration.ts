// The clauses of the requirements, on what the engine plans for prod; docs/TRACEABILITY.md is written from the same run (-u).
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programs } from "../programs/order.ts";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { type Engine, openEngine } from "../testing/engine/open-engine.ts";
import { kindOf } from "../lib/cost-rules.ts";
import { pageOf, type ShownProof } from "./page.ts";
import { Planned, type Resource } from "./proof.ts";
import { table } from "./table.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

describe.skipIf(!cli)("what the stack prod shows", () => {
  let engine: Engine;
  let planned: Planned;
  beforeAll(async () => {
    engine = await openEngine();
    const all: Resource[] = [];
    for (const program of programs) {
      const up = await (await engine.stack(program, "prod")).up();
      expect(up.errors).toEqual([]);
      for (const { type, name, protect, inputs } of up.steps)
        all.push({ program, kind: kindOf(type), name, protect, inputs });
    }
    planned = new Planned(all);
  }, 300_000);
  afterAll(() => engine.close());

  it.each(table)("$id: $says", ({ shown }) => {
    expect(shown(planned)).not.toEqual([]);
  });

  it("has resources for each id of AWS, BAK and OBS, not files alone", () => {
    const byResources = new Set(
      table.filter(({ shown }) => shown(planned).some((one) => "kind" in one)).map(({ id }) => id),
    );
    const ids = table.map(({ id }) => id).filter((id) => /^(?:AWS|BAK|OBS)-/.test(id));
    expect(ids.filter((id) => !byResources.has(id))).toEqual([]);
  });

  it("is what docs/TRACEABILITY.md says", async () => {
    const proofs = table.flatMap((proof): ShownProof[] => {
      try {
        return [{ ...proof, by: proof.shown(planned) }];
      } catch {
        return []; // its own test says why
      }
    });
    await expect(pageOf(proofs)).toMatchFileSnapshot(join(import.meta.dirname, "../../../docs/TRACEABILITY.md"));
  });
});
