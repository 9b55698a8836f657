// Every alarm has a page that says what to do, and the list of pages has the alarms as they are. `-u` writes the list anew.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import { events } from "../components/notification-events.ts";
import { type AlarmSpec } from "./alarm-spec.ts";
import { alarmTable, compositeTable } from "./alarm-table.ts";

const folder = join(import.meta.dirname, "../../../docs/runbooks");
const listPath = join(folder, "README.md");
const pages = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");

/** Failures that no alarm names. `release-errors` is the one by which ECS takes a deployment back. */
const withoutAlarm = [
  "bad-release",
  "cache-wrong",
  "key-leaked",
  "mongodb-failover",
  "partner-key-leaked",
  "redis-lost",
  "region-lost",
  "release-errors",
];
const sections = [
  "What shop users notice",
  "Look",
  "First five minutes",
  "Causes, likeliest first",
  "Mend",
  "Over when",
  "Escalate",
];

const comparisons = { above: ">", atLeast: "≥", below: "<", outside: "outside a band of" } as const;
const numberOf = ({ comparison, threshold, period, periods }: AlarmSpec) =>
  `${comparisons[comparison]} ${threshold.toLocaleString("en")}, ${period} s × ${periods}`;

interface Row {
  name: string;
  severity: string;
  when: string;
  about: string;
}
const rows: Row[] = [
  ...compositeTable.map(({ name, severity, about, all }) => ({ name, severity, about, when: all.join(" and ") })),
  ...alarmTable.map((spec) => ({ ...spec, when: numberOf(spec) })),
  ...events.map(({ name, severity, about }) => ({ name, severity, about, when: "event" })),
];
const table = [
  "| page | severity | when | what |",
  "| --- | --- | --- | --- |",
  ...rows.map(({ name, severity, when, about }) => `| [${name}](${name}.md) | ${severity} | ${when} | ${about} |`),
].join("\n");

describe("runbooks", () => {
  it("has a page for every alarm, alarm of alarms and event", () => {
    expect(rows.map(({ name }) => `${name}.md`).filter((file) => !pages.includes(file))).toEqual([]);
  });

  it("has no page without an alarm, but for those that are known to have none", () => {
    const known = [...rows.map(({ name }) => name), ...withoutAlarm].map((name) => `${name}.md`);
    expect(pages.filter((file) => !known.includes(file))).toEqual([]);
    expect(withoutAlarm.filter((name) => !pages.includes(`${name}.md`))).toEqual([]);
  });

  it.each(pages)(
    "%s says everything in the same order, and shows at least one command or page to go on with",
    async (file) => {
      const text = await readFile(join(folder, file), "utf8");
      expect(text.match(/^# .*$/gm)?.[0]).toBe(`# ${file.slice(0, -3)}`);
      expect(text.match(/^## .*$/gm)?.map((line) => line.slice(3))).toEqual(sections);
      for (const part of text.split(/^## .*$/m).slice(1)) expect(part.trim()).not.toBe("");
      expect(/^## Look\n\n```sh\n\S/m.test(text)).toBe(true);
    },
  );

  it.each(rows.filter(({ severity }) => severity !== "escalation"))(
    "$name says its severity: $severity",
    async (row) => {
      const [intro = ""] = (await readFile(join(folder, `${row.name}.md`), "utf8")).split("\n## ");
      expect(intro.toLowerCase()).toContain(row.severity);
    },
  );

  it("uses commands that shell.sh has, or that are those of AWS and this repository", async () => {
    const script = await readFile(join(folder, "shell.sh"), "utf8");
    const ours = [...script.matchAll(/^(\w+)\(\) \{/gm)].map(([, name = ""]) => name);
    const known = new Set([...ours, "aws", "curl", "pnpm", "npx", "for", "do"]);
    for (const file of pages) {
      const [, block = ""] = /^## Look\n\n```sh\n(.*?)```/ms.exec(await readFile(join(folder, file), "utf8")) ?? [];
      const words = block
        .replaceAll("\\\n", " ")
        .split(/[\n;]/)
        .map(
          (line) =>
            line
              .trim()
              .replace(/^do /, "")
              .replace(/^\w+=(?:\$\(|\S+ )/, "")
              .trim()
              .split(" ")[0] ?? "",
        );
      const unknown = words.filter((word) => word !== "" && !known.has(word) && !["echo", "done", "#"].includes(word));
      expect(unknown, file).toEqual([]);
    }
  });

  it("has commands that bash reads", () => {
    execFileSync("bash", ["-n", join(folder, "shell.sh")]);
  });

  it("lists them with severity and numbers as they are", async () => {
    const list = await readFile(listPath, "utf8");
    const fresh = list.replace(/(<!-- alarms: begin -->).*(<!-- alarms: end -->)/s, `$1\n\n${table}\n\n$2`);
    const formatted = await format(fresh, { ...(await resolveConfig(listPath)), parser: "markdown" });
    await expect(formatted).toMatchFileSnapshot(listPath);
  });
});
