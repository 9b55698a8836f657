import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
import { databaseParameters } from "./database-parameters.ts";

const good = { tls: "tls1.3+", audit_logs: "enabled", profiler: "enabled" };
const found = (parameters: Record<string, string>) =>
  examine(databaseParameters, [
    {
      kind: "docdb.ClusterParameterGroup",
      name: "parameters",
      props: { parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })) },
    },
  ]);

describe("the rule on parameters of the database", () => {
  it("accepts TLS 1.3 with audit and profiler", async () => {
    expect(await found(good)).toEqual([]);
    expect(await found({ ...good, audit_logs: "all" })).toEqual([]);
    expect(await found({ ...good, audit_logs: "ddl,dml_write,dcl" })).toEqual([]);
  });

  it("refuses less", async () => {
    expect(await found({ ...good, tls: "enabled" })).toEqual(["parameters: tls is enabled"]);
    expect(await found({ ...good, tls: "tls1.2+" })).toEqual(["parameters: tls is tls1.2+"]);
    expect(await found({ ...good, audit_logs: "none" })).toEqual(["parameters: audit_logs is none"]);
    expect(await found({})).toHaveLength(3);
  });
});
