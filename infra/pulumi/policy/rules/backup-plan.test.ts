import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { backupPlan } from "./backup-plan.ts";

interface Rule {
  ruleName: string;
  schedule: string;
  scheduleExpressionTimezone?: string;
  lifecycle: { deleteAfter: number };
  copyActions?: { destinationVaultArn: string; lifecycle: { deleteAfter: number } }[];
}
const rule = (ruleName: string, schedule: string, days: number): Rule => ({
  ruleName,
  schedule,
  lifecycle: { deleteAfter: days },
  copyActions: [{ destinationVaultArn: "arn:aws:backup:us-west-2:1:vault", lifecycle: { deleteAfter: days } }],
});
const daily = rule("daily", "cron(0 2 * * ? *)", 30);
const weekly = rule("weekly", "cron(0 3 ? * SUN *)", 30);
const monthly = rule("monthly", "cron(0 4 1 * ? *)", 365);
const found = (rules: Rule[], stack: "dev" | "staging" | "prod" = "prod") =>
  examine(backupPlan, [{ kind: "backup.Plan", name: "plan", props: { rules, region: "us-east-1" } }], { stack });

describe("the rule on backups", () => {
  it("accepts 30, 30 and 365 days with copies", async () => {
    expect(await found([daily, weekly, monthly])).toEqual([]);
  });

  it("refuses other days in prod, more of them included", async () => {
    const longer = { ...daily, lifecycle: { deleteAfter: 31 } };
    expect(await found([longer, weekly, monthly])).toEqual(["plan: daily is kept 31 days, not 30"]);
    const shorter = { ...monthly, lifecycle: { deleteAfter: 364 } };
    expect(await found([daily, weekly, shorter])).toEqual(["plan: monthly is kept 364 days, not 365"]);
  });

  it("refuses a plan without one of them, at another hour, or without a copy", async () => {
    expect(await found([daily, monthly])).toEqual(["plan: 0 rules for weeklyDays, not one"]);
    const later = { ...daily, schedule: "cron(0 5 * * ? *)" };
    expect(await found([later, weekly, monthly])).toEqual(["plan: 0 rules for dailyDays, not one"]);
    const { copyActions: _, ...alone } = weekly;
    expect(await found([daily, alone, monthly])).toEqual(["plan: weekly has no copy in another region"]);
    const brief = { ...monthly, copyActions: [{ destinationVaultArn: "x", lifecycle: { deleteAfter: 7 } }] };
    expect(await found([daily, weekly, brief])).toEqual(["plan: the copy of monthly is kept 7 days, not 365"]);
  });

  it("refuses a copy that stays in the region, or is kept longer than the backup", async () => {
    const [copy] = daily.copyActions ?? [];
    const near = { ...copy!, destinationVaultArn: "arn:aws:backup:us-east-1:1:vault" };
    expect(await found([{ ...daily, copyActions: [near] }, weekly, monthly])).toEqual([
      "plan: the copy of daily stays in us-east-1",
    ]);
    const longer = { ...copy!, lifecycle: { deleteAfter: 31 } };
    expect(await found([{ ...daily, copyActions: [longer] }, weekly, monthly])).toEqual([
      "plan: the copy of daily is kept 31 days, not 30",
    ]);
    const later = { ...copy!, destinationVaultArn: UNKNOWN };
    expect(await found([{ ...daily, copyActions: [later] }, weekly, monthly])).toEqual([]);
  });

  it("takes 02:00 by UTC alone", async () => {
    const by = (scheduleExpressionTimezone: string) => ({ ...daily, scheduleExpressionTimezone });
    expect(await found([by("Etc/UTC"), weekly, monthly])).toEqual([]);
    expect(await found([by("Europe/Berlin"), weekly, monthly])).toEqual([
      "plan: daily begins by the clock of Europe/Berlin, not by UTC",
    ]);
  });

  it("wants 7 and 14 days at least elsewhere", async () => {
    const week = { ...daily, lifecycle: { deleteAfter: 7 } };
    expect(await found([week], "dev")).toEqual([]);
    expect(await found([week], "staging")).toEqual(["plan: daily is kept 7 days, not 14"]);
    expect(await found([daily], "staging")).toEqual([]);
  });
});
