import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pageOf } from "./page.ts";
import { file, Planned, type Resource } from "./proof.ts";
import { requirementIds } from "./requirement-ids.ts";
import { table } from "./table.ts";

const register = requirementIds(readFileSync(join(import.meta.dirname, "../../../docs/requirements.md"), "utf8"));
const shown = new Set(table.map(({ id }) => id));

describe("the table of requirements", () => {
  it.each(register.filter((id) => /^(?:AWS|BAK|OBS)-/.test(id)))("shows %s", (id) => {
    expect(shown).toContain(id);
  });

  it("names no requirement that there is not", () => {
    expect([...shown].filter((id) => !register.includes(id))).toEqual([]);
  });

  it("says each clause once", () => {
    const clauses = table.map(({ id, says }) => `${id}: ${says}`);
    expect(clauses.filter((clause, index) => clauses.indexOf(clause) !== index)).toEqual([]);
  });
});

describe("requirementIds", () => {
  it("reads ids, lists and ranges from the first column alone", () => {
    const page =
      "| AWS-1 to AWS-3 | done by SEC-9 |\n| OBS-4, OBS-5 slow queries | x |\n| id | state |\nBAK-1 in a text\n";
    expect(requirementIds(page)).toEqual(["AWS-1", "AWS-2", "AWS-3", "OBS-4", "OBS-5"]);
  });

  it("finds the families of the register", () => {
    for (const id of ["AWS-1", "AWS-9", "BAK-1", "BAK-5", "OBS-1", "OBS-5", "OPS-1", "SEC-3"])
      expect(register).toContain(id);
  });
});

const bucket = (name: string, inputs: Resource["inputs"]): Resource => ({
  ...{ program: "foundation", kind: "s3.Bucket", name, protect: false, inputs },
});

describe("a proof", () => {
  const planned = new Planned([bucket("assets", { rules: [{ days: 90 }] }), bucket("logs", { rules: [] })]);

  it("fails where a resource is otherwise, is not there, or too few are so", () => {
    expect(() => planned.every("s3.Bucket", /^/, (it) => it.list("rules").length > 0)).toThrow(
      "not so: s3.Bucket logs",
    );
    expect(() => planned.every("s3.Bucket", "exports", () => true)).toThrow("no s3.Bucket exports");
    expect(() => planned.some("s3.Bucket", 2, (it) => it.at("rules.0.days") === 90)).toThrow(
      "1 of kind s3.Bucket are so",
    );
    expect(planned.some("s3.Bucket", 1, (it) => it.are({ "rules.0.days": 90 })).map(({ name }) => name)).toEqual([
      "assets",
    ]);
  });

  it("fails where a file is missing or says something else", () => {
    expect(() => file("docs/nothing.md")).toThrow("no file docs/nothing.md");
    expect(() => file("services.ts", /no such words/)).toThrow("services.ts does not say");
    expect(file("services.ts", /gateway/)).toEqual([{ file: "services.ts" }]);
  });
});

describe("pageOf", () => {
  it("lists kinds and names in order, many by their number", () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ kind: "ecs.Service", name: `service-${index}` }));
    const by = [{ kind: "s3.Bucket", name: "b" }, { kind: "s3.Bucket", name: "a" }, ...many, { file: "services.ts" }];
    const page = pageOf([{ id: "AWS-1", says: "it is there", shown: () => [], by }]);
    expect(page).toContain(
      "## AWS-1\n\n- it is there: 7 × `ecs.Service`; `s3.Bucket` `a`, `b`; [services.ts](../services.ts)\n",
    );
  });
});
