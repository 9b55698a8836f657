// Whoever has taken the role for a failover may do what docs/RECOVERY.md tells them to.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { approverRights } from "./region-switch-rights.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/RECOVERY.md"), "utf8");
const from = page.indexOf("**1. Detect.**");
const steps = page.slice(from, page.indexOf("\n## ", from));

/** Where the prefix of rights is not the command's own. */
const prefixes: Record<string, string> = { elbv2: "elasticloadbalancing" };
const rightOf = (service: string, command: string) =>
  `${prefixes[service] ?? service}:${command.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase())}`;

// By hand means: with rights of one's own, should the plan not answer.
const blocks = steps.split(/^\*\*\d\. /m).map((step) => step.replace(/By hand[^]*?```sh[^]*?```/, ""));
const wanted = [...new Set(blocks.join("\n").matchAll(/\baws ([a-z0-9-]+) ([a-z-]+)/g))].map(
  ([, service = "", command = ""]) => rightOf(service, command),
);
const given = new Set(approverRights("arn:plan", "arn:store").flatMap(({ Action }) => Action));

it("may do every command of the seven steps", () => {
  expect(wanted).toContain("arc-region-switch:StartPlanExecution");
  expect(wanted).toContain("cloudfront-keyvaluestore:PutKey");
  expect(wanted.filter((right) => !given.has(right))).toEqual([]);
});
