// Every mutation of the API leaves an entry in the audit log: a walk over all of them, so that a new one cannot be
// forgotten. The committed operations are run, and each entry is found by the request id of its operation.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readOperation } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { buildSchema, Kind, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { demoShop } from "./demo.ts";
import { findThings } from "./findings.ts";
import { operationRuns } from "./operation-runs.ts";
import { type OperationRun, type Stage } from "./runs/operation-run.ts";
import { runOperations } from "./runs/run-operations.ts";

/** Mutations that change nothing and decide nothing, each with the reason. */
const silent: Record<string, string> = {};

let graph: TestGraph;
let stage: Stage;

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  const shop = demoShop(graph);
  stage = { graph, shop, found: await findThings(shop), notes: new Map() };
});

afterAll(() => graph.stop());

const api = buildSchema(readFileSync(resolve(import.meta.dirname, "../schema/generated/api.graphql"), "utf8"));

interface Entry {
  category: string;
  action: string;
  operation?: string;
  actor: { requestId?: string };
}

/** Root fields of the mutations in a document, by operation name. */
function mutationsIn(text: string): [operation: string, fields: string[]][] {
  return parse(text).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.operation === "mutation"
      ? [
          [
            definition.name?.value ?? "",
            definition.selectionSet.selections.flatMap((field) =>
              field.kind === Kind.FIELD ? [field.name.value] : [],
            ),
          ] satisfies [string, string[]],
        ]
      : [],
  );
}

describe("the mutations of the API", () => {
  it("each leave an entry beside the record of the operation", async () => {
    const runs = operationRuns(stage);
    expect(await runOperations(stage, runs)).toEqual([]);
    const names = [...new Set(runs.map(({ operation }: OperationRun) => operation))];
    const fieldsOf = new Map(
      (
        await Promise.all(
          names.map(async (name) => {
            const [client = "", operation = ""] = name.split("/");
            return mutationsIn(await readOperation(operation, client));
          }),
        )
      ).flat(),
    );
    const log = graph.mongo.db(graph.databaseOf("users")).collection("auditLog");
    const all = Object.keys(api.getMutationType()?.getFields() ?? {}).filter((field) => !(field in silent));
    expect(all.length).toBeGreaterThan(1);
    const notAudited = async () => {
      const entries = (await log.find().toArray()) as unknown as Entry[];
      const told = new Set(entries.filter(({ category }) => category !== "access").map(({ actor }) => actor.requestId));
      const audited = entries
        .filter(({ operation, actor }) => operation !== undefined && told.has(actor.requestId))
        .flatMap(({ operation }) => fieldsOf.get(operation ?? "") ?? []);
      return all.filter((field) => !audited.includes(field));
    };
    await vi.waitFor(async () => expect(await notAudited()).toEqual([]), { timeout: 30_000, interval: 1_000 });
  }, 120_000);
});
