import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { UserMonitoring } from "./user-monitoring.ts";

const made = async () => {
  const recorded = await mockEngine();
  new UserMonitoring("visits", {
    name: "tradegraph-dev-visits",
    account: "111111111111",
    region: "us-east-1",
    domain: "shop.example.com",
    percent: 10,
  });
  return recorded;
};

describe("UserMonitoring", () => {
  it("measures a share of visits to the storefront, without cookies and without a log that never ends", async () => {
    const { inputs } = await (await made()).only("rum.AppMonitor");
    expect(inputs).toMatchObject({
      domain: "shop.example.com",
      cwLogEnabled: false,
      appMonitorConfiguration: { sessionSampleRate: 0.1, allowCookies: false },
    });
  });

  it("gives browsers a role for sending measurements to this monitor, and for nothing else", async () => {
    const recorded = await made();
    const { Statement } = JSON.parse(String((await recorded.only("iam.RolePolicy")).inputs["policy"])) as {
      Statement: object[];
    };
    expect(Statement).toEqual([
      {
        Sid: "SendMeasurements",
        Effect: "Allow",
        Action: "rum:PutRumEvents",
        Resource: "arn:aws:rum:us-east-1:111111111111:appmonitor/tradegraph-dev-visits",
      },
    ]);
    const attached = await recorded.only("cognito.IdentityPoolRoleAttachment");
    expect(Object.keys(attached.inputs["roles"] as object)).toEqual(["unauthenticated"]);
  });

  it("lets nobody take that role but guests of its own pool, in the flow that Cognito narrows", async () => {
    const recorded = await made();
    const trust = JSON.parse(String((await recorded.only("iam.Role")).inputs["assumeRolePolicy"])) as {
      Statement: object[];
    };
    expect(trust.Statement).toMatchObject([
      {
        Principal: { Federated: "cognito-identity.amazonaws.com" },
        Condition: {
          StringEquals: { "cognito-identity.amazonaws.com:aud": "visits-id" },
          "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
        },
      },
    ]);
    expect((await recorded.only("cognito.IdentityPool")).inputs["allowClassicFlow"]).toBe(false);
  });
});
