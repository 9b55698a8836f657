// Tables of docs/COSTS.md.
import { budgets } from "../../lib/cost.ts";
import { stackNames, type StackName } from "../../lib/stack-name.ts";
import { type EnvironmentCost } from "./estimate.ts";

/** What a line of the bill is for, by the service of AWS; the first that fits. */
const groups: [name: string, services: RegExp][] = [
  ["Database (DocumentDB)", /^docdb\./],
  ["Programs (Fargate)", /^ecs\./],
  ["Cache (Valkey)", /^elasticache\./],
  ["Network: NAT, addresses, endpoints", /^(ec2|vpc)\./],
  ["Edge: load balancer, CloudFront, firewall, names", /^(lb|cloudfront|wafv2|route53)\./],
  ["Security services", /^(guardduty|cfg|inspector2|macie2|securityhub|cloudtrail|shield)\./],
  ["Watching: logs, alarms, robots", /^(cloudwatch|synthetics|rum|xray)\./],
  ["Backups and files", /^(backup|efs|s3)\./],
  ["Keys and secrets", /^(kms|secretsmanager)\./],
  ["Other", /./],
];
const SECOND_REGION = "Second region (recovery)";

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
const dollars = (usd: number) => Math.round(usd).toLocaleString("en");

function groupOf({ kind, program }: EnvironmentCost["lines"][number]): string {
  if (program === "recovery") return SECOND_REGION;
  return groups.find(([, services]) => services.test(kind))?.[0] ?? "";
}

const table = (head: string[], rows: string[][]): string =>
  [head, head.map((_, at) => (at === 0 ? "---" : "---:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

/** Dollars a month by what they are for. */
export function groupTable(costs: Record<StackName, EnvironmentCost>): string {
  const of = (stack: StackName, group: string) =>
    sum(costs[stack].lines.filter((line) => groupOf(line) === group).map(({ usd }) => usd));
  const rows = [...groups.map(([name]) => name), SECOND_REGION]
    .map((group) => ({ group, usd: stackNames.map((stack) => of(stack, group)) }))
    .filter(({ usd }) => sum(usd) > 0)
    .map(({ group, usd }) => [group, ...usd.map(dollars)]);
  return table(
    ["dollars a month", ...stackNames],
    [
      ...rows,
      ["**all**", ...stackNames.map((stack) => `**${dollars(costs[stack].total)}**`)],
      ["budget (warning at 80 and 100 %)", ...stackNames.map((stack) => dollars(budgets[stack]))],
    ],
  );
}

export interface Knob {
  what: string;
  /** Dollars a month more or less. */
  usd: number;
}

const signed = (usd: number) => `${usd < 0 ? "−" : "+"}${dollars(Math.abs(usd))}`;

/** What each change of a setting makes of the bill, the largest first. */
export const knobTable = (knobs: Knob[]): string =>
  table(
    ["change", "dollars a month"],
    [...knobs].sort((one, other) => one.usd - other.usd).map(({ what, usd }) => [what, signed(usd)]),
  );

/** One environment by what it is for, as one column. */
export const oneTable = (cost: EnvironmentCost): string =>
  table(
    ["what", "dollars a month"],
    [
      ...[...groups.map(([name]) => name), SECOND_REGION]
        .map(
          (group) => [group, sum(cost.lines.filter((line) => groupOf(line) === group).map(({ usd }) => usd))] as const,
        )
        .filter(([, usd]) => usd > 0)
        .map(([group, usd]) => [group, dollars(usd)]),
      ["**all**", `**${dollars(cost.total)}**`],
    ],
  );
