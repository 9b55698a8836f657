import { describe, expect, it } from "vitest";
import { priceTable } from "./price-table.ts";
import { nodeHour, prices, usage } from "./prices.ts";

describe("priceTable", () => {
  it("has a line for each price, with its unit and where it was read", () => {
    const lines = priceTable("prod").split("\n");
    expect(lines).toHaveLength([prices, nodeHour, usage].flatMap((each) => Object.keys(each)).length);
    expect(lines).toContain(
      "   0.04048  fargate vcpu, per vCPU-hour, x86 (ECS on Fargate, cost architecture (awsi.click))",
    );
    expect(lines).toContain("     0.045  nat gateway, per hour and zone (estimate)");
    expect(lines).toContain("    0.2628  db.r6g.large, per hour");
  });

  it("takes what is charged by use from the environment", () => {
    expect(priceTable("prod")).toContain("        30  guardduty.Detector, per month, by use");
    expect(priceTable("dev")).toContain("         2  guardduty.Detector, per month, by use");
  });
});
