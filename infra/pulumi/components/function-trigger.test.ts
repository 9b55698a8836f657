import * as lambda from "@pulumi/aws/lambda/index.js";
import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { FunctionTrigger } from "./function-trigger.ts";

describe("FunctionTrigger", () => {
  it("starts the function by its own rule alone, with the pattern as it was given", async () => {
    const recorded = await mockEngine();
    const target = new lambda.Function("target", { name: "target", role: "arn:role" });
    const pattern = { source: ["aws.backup"], detail: { restoreTestingPlanArn: ["arn:plan"] } };
    new FunctionTrigger("restore", { name: "restore", description: "…", pattern, function: target });
    const rule = await recorded.only("cloudwatch.EventRule");
    expect(JSON.parse(String(rule.inputs["eventPattern"]))).toEqual(pattern);
    expect((await recorded.only("lambda.Permission")).inputs).toMatchObject({
      principal: "events.amazonaws.com",
      function: "target",
      sourceArn: "arn:aws:cloudwatch:us-east-1:111111111111:restore",
    });
    expect((await recorded.only("cloudwatch.EventTarget")).inputs).toMatchObject({ rule: "restore" });
  });
});
