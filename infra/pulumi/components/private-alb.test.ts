import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { policyDocument } from "../lib/policy-document.ts";
import { mockEngine } from "../testing/mocks.ts";
import { PrivateAlbRoute } from "./private-alb-route.ts";
import { albWritesLogs, PrivateAlb } from "./private-alb.ts";

const made = async () => {
  const recorded = await mockEngine();
  new PrivateAlb("alb", {
    name: "tradegraph-prod-alb",
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupId: "sg-alb",
    certificateArn: "arn:certificate",
    logsBucket: "logs",
    deletionProtection: true,
  });
  return recorded;
};
const routed = async () => {
  const recorded = await mockEngine();
  const route = new PrivateAlbRoute("gateway", {
    prefix: "tradegraph-staging",
    vpcId: "vpc-1",
    listenerArn: "arn:listener",
    order: 5,
    paths: ["/graphql", "/health"],
    port: 4000,
    readyPath: "/ready",
    drainSeconds: 25,
  });
  return { recorded, route };
};

describe("PrivateAlb", () => {
  it("has no public address, drops malformed headers, writes down requests and cannot be deleted by mistake", async () => {
    const { inputs } = await (await made()).only("lb.LoadBalancer");
    expect(inputs).toMatchObject({
      internal: true,
      securityGroups: ["sg-alb"],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: true,
      accessLogs: { enabled: true, bucket: "logs" },
      preserveHostHeader: true,
    });
  });

  it("speaks TLS 1.2 and 1.3 only, and answers 404 where there is no route", async () => {
    const { inputs } = await (await made()).only("lb.Listener");
    expect(inputs).toMatchObject({ port: 443, protocol: "HTTPS", certificateArn: "arn:certificate" });
    expect(inputs["sslPolicy"]).toMatch(/^ELBSecurityPolicy-TLS13-1-2-/);
    expect(inputs["defaultActions"]).toMatchObject([{ type: "fixed-response", fixedResponse: { statusCode: "404" } }]);
  });

  it("lets ECS shift traffic by AWS's own narrow policy", async () => {
    const recorded = await made();
    const { inputs } = await recorded.only("iam.RolePolicyAttachment");
    expect(inputs["policyArn"]).toBe("arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers");
    const { Statement } = JSON.parse(String((await recorded.only("iam.Role")).inputs["assumeRolePolicy"])) as {
      Statement: { Principal: object }[];
    };
    expect(Statement.map(({ Principal }) => Principal)).toEqual([{ Service: "ecs.amazonaws.com" }]);
  });
});

describe("PrivateAlbRoute", () => {
  it("has two target groups that differ in nothing but the name", async () => {
    const { recorded } = await routed();
    const groups = await recorded.ofKind("lb.TargetGroup");
    const names = groups.map(({ inputs }) => String(inputs["name"]));
    expect(names).toEqual(["tradegraph-staging-gateway-blue", "tradegraph-staging-gateway-green"]);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(32);
    const [blue, green] = groups.map(({ inputs }) => ({ ...inputs, name: "" }));
    expect(blue).toEqual(green);
    expect(blue).toMatchObject({
      targetType: "ip",
      port: 4000,
      deregistrationDelay: 25,
      healthCheck: { path: "/ready", matcher: "200" },
    });
  });

  it("sends requests with the header of tests another way, before the rule for all", async () => {
    const { recorded } = await routed();
    const rules = await recorded.ofKind("lb.ListenerRule");
    const [test, production] = [
      rules.find(({ name }) => name === "gateway-test"),
      rules.find(({ name }) => name === "gateway-production"),
    ];
    expect(Number(test?.inputs["priority"])).toBeLessThan(Number(production?.inputs["priority"]));
    const paths = { pathPattern: { values: ["/graphql", "/health"] } };
    expect(production?.inputs["conditions"]).toEqual([paths]);
    expect(test?.inputs["conditions"]).toEqual([
      paths,
      { httpHeader: { httpHeaderName: "x-amzn-ecs-blue-green-test", values: ["green"] } },
    ]);
  });
});

describe("albWritesLogs", () => {
  it("lets load balancers of this account and region write where they write, and read nothing", async () => {
    await mockEngine();
    const statement = albWritesLogs(pulumi.output("arn:aws:s3:::logs"), "111111111111", "us-east-1");
    const { Statement } = JSON.parse(await valueOf(policyDocument(statement))) as { Statement: object[] };
    expect(Statement).toEqual([
      {
        Sid: "AccessLogs",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::logs/alb/AWSLogs/111111111111/*",
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/*" },
        },
      },
    ]);
  });
});

const valueOf = <Value>(output: pulumi.Output<Value>) =>
  new Promise<Value>((resolve) => {
    output.apply((value) => resolve(value as Value));
  });
