import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { stepsOf, switchSteps } from "./region-switch-steps.ts";
import { RegionSwitch, type RegionSwitchArgs } from "./region-switch.ts";

const place = (region: string, name: string) => ({
  clusterArn: `arn:aws:ecs:${region}:111111111111:cluster/graph`,
  serviceArn: `arn:aws:ecs:${region}:111111111111:service/graph/${name}`,
});
const services = ["orders", "gateway"].map((name) => ({
  name,
  home: place("us-east-1", name),
  recovery: place("us-west-2", name),
}));
const databases = {
  home: "arn:aws:rds:us-east-1:111111111111:cluster:one",
  recovery: "arn:aws:rds:us-west-2:111111111111:cluster:one",
};
const databaseArns = Object.values(databases);
const made = async (changed: Partial<RegionSwitchArgs> = {}) => {
  const recorded = await mockEngine("prod");
  new RegionSwitch("switch", {
    name: "tradegraph-prod-region-switch",
    account: "111111111111",
    homeRegion: "us-east-1",
    recoveryRegion: "us-west-2",
    globalClusterId: "world",
    databaseArns: databases,
    services,
    healthAlarms: { "high-latency": "arn:alarm" },
    keyValueStoreArn: "arn:store",
    ...changed,
  });
  return recorded;
};
interface Statement {
  Sid?: string;
  Action: string | string[];
  Resource: string | string[];
}
const policyOf = async (name: string, changed?: Partial<RegionSwitchArgs>) => {
  const policies = await (await made(changed)).ofKind("iam.RolePolicy");
  const text = policies.find((one) => one.name === name)?.inputs["policy"];
  return (JSON.parse(String(text)) as { Statement: Statement[] }).Statement;
};
const steps = stepsOf({ approverRoleArn: "arn:role", globalClusterId: "world", databaseArns, services });
const waitsOf = (part: object) =>
  [...JSON.stringify(part).matchAll(/"timeoutMinutes":(\d+)/g)].map(([, minutes]) => Number(minutes));

describe("the steps of a switch", () => {
  it("are seven, and take an hour together at most (RTO of BAK-4)", () => {
    expect(switchSteps).toHaveLength(7);
    expect(switchSteps.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(60);
  });

  it("wait for their minutes and no longer, inside as well", () => {
    for (const [index, step] of steps.entries()) {
      expect(new Set(waitsOf(step)), String(step.name)).toEqual(new Set([switchSteps[index]?.minutes]));
    }
    expect(waitsOf(steps)).toHaveLength(6 + services.length);
  });

  it("lose nothing in a drill, and promote the copy in a disaster", () => {
    expect(steps.find(({ name }) => name === "3-database")).toMatchObject({
      executionBlockType: "DocumentDb",
      documentDbConfigs: [
        {
          behavior: "switchoverOnly",
          ungracefuls: [{ ungraceful: "failover" }],
          globalClusterIdentifier: "world",
          databaseClusterArns: databaseArns,
        },
      ],
    });
  });

  it("start programs only when the database writes, and send visitors only when programs run", () => {
    expect(steps.map(({ name }) => name)).toEqual([
      ...["1-detect", "2-assess", "3-database", "4-services", "5-traffic", "6-verify", "7-monitor"],
    ]);
  });
});

describe("RegionSwitch", () => {
  it("goes both ways by the same steps: a plan for an active and a passive region activates either", async () => {
    const { inputs } = await (await made()).only("arcregionswitch.Plan");
    expect(inputs).toMatchObject({
      recoveryApproach: "activePassive",
      regions: ["us-east-1", "us-west-2"],
      primaryRegion: "us-east-1",
      recoveryTimeObjectiveMinutes: 60,
    });
    const workflows = inputs["workflows"] as { steps: object[] }[];
    expect(workflows).toMatchObject([
      { workflowTargetAction: "activate", workflowTargetRegion: "us-west-2" },
      { workflowTargetAction: "activate", workflowTargetRegion: "us-east-1" },
    ]);
    expect(workflows[0]?.steps).toHaveLength(switchSteps.length);
    expect(workflows[1]?.steps).toEqual(workflows[0]?.steps);
  });

  it("starts by no alarm, but measures by some how long recovery took", async () => {
    const { inputs } = await (await made()).only("arcregionswitch.Plan");
    expect(inputs).not.toHaveProperty("triggers");
    expect(inputs["associatedAlarms"]).toEqual([
      { alarmType: "applicationHealth", mapBlockKey: "high-latency", resourceIdentifier: "arn:alarm" },
    ]);
  });

  it("may change the services and clusters of the plan, and no others", async () => {
    const statements = await policyOf("switch-execution");
    const resourcesOf = (sid: string) => statements.find(({ Sid }) => Sid === sid)?.Resource;
    expect(resourcesOf("Services")).toEqual(
      services.flatMap(({ home, recovery }) => [home.serviceArn, recovery.serviceArn]),
    );
    expect(resourcesOf("Database")).toEqual(["arn:aws:rds::111111111111:global-cluster:world", ...databaseArns]);
    for (const { Action } of statements.filter(({ Resource }) => Resource === "*")) {
      for (const action of [Action].flat()) expect(action).toMatch(/:(?:Get|List|Describe)/);
    }
  });

  it("is started by people with a second factor, and run by AWS for this account", async () => {
    const roles = await (await made()).ofKind("iam.Role");
    const trustOf = (wanted: string) => String(roles.find(({ name }) => name === wanted)?.inputs["assumeRolePolicy"]);
    const { Statement } = JSON.parse(trustOf("switch-approver")) as { Statement: { Condition: object }[] };
    // A session of single sign-on never says that there was a second factor; that is asked for where people sign in.
    expect(Statement.map(({ Condition }) => Condition)).toEqual([
      { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/*" } },
      { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    ]);
    expect(trustOf("switch-execution")).toContain('"aws:SourceAccount":"111111111111"');
  });

  it("lets the same people send visitors, once CloudFront knows both regions", async () => {
    const sidsOf = async (keyValueStoreArn: string | null) =>
      (await policyOf("switch-approver", { keyValueStoreArn })).map(({ Sid }) => Sid);
    expect(await sidsOf("arn:store")).toContain("Traffic");
    expect(await sidsOf(null)).not.toContain("Traffic");
  });
});
