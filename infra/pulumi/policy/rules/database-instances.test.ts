import { describe, expect, it } from "vitest";
import { examine, type Example } from "../examine.ts";
import { databaseInstances } from "./database-instances.ts";

const cluster = { kind: "docdb.Cluster", name: "database", props: { masterUsername: "admin" } };
const instances = (count: number, of = "database"): Example[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: "docdb.ClusterInstance",
    name: `${of}-${index}`,
    refers: { clusterIdentifier: [of] },
  }));

describe("the rule on instances of the database", () => {
  it("wants three in prod, two in staging, one in dev", async () => {
    expect(await examine(databaseInstances, [cluster, ...instances(3)])).toEqual([]);
    expect(await examine(databaseInstances, [cluster, ...instances(2)])).toEqual(["database: 2 instances, not 3"]);
    expect(await examine(databaseInstances, [cluster, ...instances(1)], { stack: "staging" })).toHaveLength(1);
    expect(await examine(databaseInstances, [cluster, ...instances(1)], { stack: "dev" })).toEqual([]);
  });

  it("does not count the instances of another cluster, and lets a copy elsewhere be small", async () => {
    const copy = { kind: "docdb.Cluster", name: "copy", props: { region: "us-west-2" } };
    expect(await examine(databaseInstances, [cluster, copy, ...instances(2), ...instances(1, "copy")])).toEqual([
      "database: 2 instances, not 3",
    ]);
  });
});
