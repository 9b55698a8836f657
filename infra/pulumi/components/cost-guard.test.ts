import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { CostGuard } from "./cost-guard.ts";

const made = async (monthlyDollars: number, monitorArn = "") => {
  const recorded = await mockEngine("prod");
  new CostGuard("cost", { stack: "prod", monthlyDollars, monitorArn, topicArn: "arn:warning" });
  return recorded;
};

describe("CostGuard", () => {
  it("warns at 80 and 100 % of the month's budget, and when the forecast is above it", async () => {
    const { inputs } = await (await made(2000)).only("budgets.Budget");
    expect(inputs).toMatchObject({ budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "2000", limitUnit: "USD" });
    const notifications = inputs["notifications"] as {
      threshold: number;
      notificationType: string;
      subscriberSnsTopicArns: string[];
    }[];
    expect(notifications.map(({ threshold, notificationType }) => [threshold, notificationType])).toEqual([
      [80, "ACTUAL"],
      [100, "ACTUAL"],
      [100, "FORECASTED"],
    ]);
    for (const { subscriberSnsTopicArns } of notifications) expect(subscriberSnsTopicArns).toEqual(["arn:warning"]);
  });

  it("hears of jumps of a twentieth of the budget", async () => {
    const recorded = await made(150);
    const { inputs } = await recorded.only("costexplorer.AnomalySubscription");
    expect(inputs["thresholdExpression"]).toMatchObject({ dimension: { values: ["8"] } });
    expect(inputs["frequency"]).toBe("IMMEDIATE");
    await recorded.only("costexplorer.AnomalyMonitor");
  });

  it("listens to the monitor that the account has already, of which AWS allows one", async () => {
    const arn = "arn:aws:ce::333333333333:anomalymonitor/1";
    const recorded = await made(150, arn);
    expect(await recorded.ofKind("costexplorer.AnomalyMonitor")).toEqual([]);
    const { inputs } = await recorded.only("costexplorer.AnomalySubscription");
    expect(inputs["monitorArnLists"]).toEqual([arn]);
  });
});
