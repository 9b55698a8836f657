import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { DeploymentHook } from "./deployment-hook.ts";

const made = async () => {
  const recorded = await mockEngine();
  new DeploymentHook("deployment-hook", {
    name: "tradegraph-dev-deployment-hook",
    loadBalancer: "internal-1.elb.amazonaws.com",
    host: "api.example.com",
    isShop: true,
    operation: "",
    vpc: { subnetIds: ["subnet-1"], securityGroupId: "sg-hooks" },
    logsKeyArn: "arn:logs",
    logRetentionDays: 30,
  });
  return recorded;
};

describe("DeploymentHook", () => {
  it("asks the load balancer from inside, by the visitors' host and the header of tests", async () => {
    const { inputs } = await (await made()).only("lambda.Function");
    const { variables } = inputs["environment"] as { variables: Record<string, string> };
    expect(JSON.parse(variables["SMOKE_TEST"] ?? "")).toEqual({
      url: "https://internal-1.elb.amazonaws.com",
      host: "api.example.com",
      shop: true,
      operation: "",
      testHeader: "x-amzn-ecs-blue-green-test",
      testValue: "green",
    });
    expect(inputs["vpcConfig"]).toEqual({ subnetIds: ["subnet-1"], securityGroupIds: ["sg-hooks"] });
  });

  it("has longer than its three questions take", async () => {
    expect((await (await made()).only("lambda.Function")).inputs["timeout"]).toBeGreaterThan(30);
  });

  it("lets ECS start this function and nothing else", async () => {
    const recorded = await made();
    const [role] = (await recorded.ofKind("iam.Role")).filter(({ name }) => name === "deployment-hook-start");
    expect(String(role?.inputs["assumeRolePolicy"])).toContain('"Service":"ecs.amazonaws.com"');
    const [policy] = (await recorded.ofKind("iam.RolePolicy")).filter(({ name }) => name === "deployment-hook-start");
    const { Statement } = JSON.parse(String(policy?.inputs["policy"])) as { Statement: object[] };
    const arn = "arn:aws:lambda:us-east-1:111111111111:deployment-hook";
    expect(Statement).toMatchObject([{ Action: "lambda:InvokeFunction", Resource: [arn, `${arn}:*`] }]);
  });
});
