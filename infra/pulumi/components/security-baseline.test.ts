import { describe, expect, it } from "vitest";
import { configRules, conformanceTemplate, ruleParameters } from "../lib/config-rules.ts";
import { type Made, mockEngine } from "../testing/mocks.ts";
import { SecurityBaselineShield } from "./security-baseline-shield.ts";
import { SecurityBaseline } from "./security-baseline.ts";

const made = async (thorough = true) => {
  const recorded = await mockEngine("prod");
  new SecurityBaseline("security", {
    stack: "prod",
    account: "111111111111",
    region: "us-east-1",
    keyArn: "arn:aws:kms:us-east-1:111111111111:key/logs",
    logDays: 365,
    fileDays: 731,
    emptyOnDestroy: false,
    dataBuckets: [{ name: "assets", arn: "arn:aws:s3:::assets" }],
    thorough,
  });
  return recorded;
};
const statementsOf = ({ inputs }: Made) =>
  (JSON.parse(String(inputs["policy"])) as { Statement: { Sid: string; Condition: object; Resource: unknown }[] })
    .Statement;

describe("SecurityBaseline", () => {
  it("keeps a signed, encrypted trail of all regions, with a log that alarms look at", async () => {
    const recorded = await made();
    expect((await recorded.only("cloudtrail.Trail")).inputs).toMatchObject({
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/logs",
      s3BucketName: "tradegraph-prod-audit-111111111111",
    });
    const group = await recorded.only("cloudwatch.LogGroup");
    expect(group.inputs).toMatchObject({ retentionInDays: 365, kmsKeyId: expect.any(String) as string });
    expect((await recorded.ofKind("cloudwatch.LogMetricFilter")).length).toBeGreaterThan(5);
  });

  it("lets this trail and Config of this account write their files, and nobody else", async () => {
    const statements = statementsOf(await (await made()).only("s3.BucketPolicy"));
    const by = Object.fromEntries(statements.map((statement) => [statement.Sid, statement]));
    expect(Object.keys(by)).toEqual(["TlsOnly", "TrailLooks", "TrailWrites", "ConfigLooks", "ConfigWrites"]);
    expect(by["TrailWrites"]?.Condition).toEqual({
      StringEquals: {
        "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111111111111:trail/tradegraph-prod-trail",
        "s3:x-amz-acl": "bucket-owner-full-control",
      },
    });
    expect(by["ConfigWrites"]?.Resource).toMatch(/\/AWSLogs\/111111111111\/\*$/);
  });

  it("archives files after 90 days and lets them go when their time is over", async () => {
    const { inputs } = await (await made()).only("s3.BucketLifecycleConfiguration");
    expect(inputs["rules"]).toContainEqual(
      expect.objectContaining({
        transitions: [{ days: 90, storageClass: "GLACIER" }],
        expiration: { days: 731 },
      }),
    );
  });

  it("records every access to customers' data where it is to be thorough", async () => {
    const selectors = async (thorough: boolean) =>
      (await (await made(thorough)).only("cloudtrail.Trail")).inputs["advancedEventSelectors"] as object[];
    expect(await selectors(true)).toHaveLength(2);
    expect(JSON.stringify((await selectors(true))[1])).toContain("arn:aws:s3:::assets/");
    expect(await selectors(false)).toHaveLength(1);
  });

  it("switches on what looks for attackers, weak images, personal data and open doors", async () => {
    const recorded = await made();
    const kinds = (await recorded.all()).map(({ type }) => type.replace(/^aws:(\w+)\/.*:(\w+)$/, "$1.$2"));
    expect(kinds).toEqual(
      expect.arrayContaining([
        ...["guardduty.Detector", "inspector2.Enabler", "macie2.Account", "macie2.ClassificationJob"],
        ...["accessanalyzer.Analyzer", "securityhub.Account", "cfg.Recorder", "cfg.ConformancePack"],
      ]),
    );
    expect((await recorded.only("cfg.RecorderStatus")).inputs["isEnabled"]).toBe(true);
    const features = await recorded.ofKind("guardduty.DetectorFeature");
    expect(features.map(({ inputs }) => `${inputs["name"]} ${inputs["status"]}`)).toContain("S3_DATA_EVENTS ENABLED");
  });

  it("watches tasks alone, and says so of everything AWS would answer for", async () => {
    const features = await (await made()).ofKind("guardduty.DetectorFeature");
    const watched = features.find(({ inputs }) => inputs["name"] === "RUNTIME_MONITORING")?.inputs;
    expect(watched?.["additionalConfigurations"]).toEqual([
      { name: "EKS_ADDON_MANAGEMENT", status: "DISABLED" },
      { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
      { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "ENABLED" },
    ]);
  });

  it("gives Config a template with every rule once", async () => {
    const { inputs } = await (await made()).only("cfg.ConformancePack");
    const { Resources } = JSON.parse(String(inputs["templateBody"])) as {
      Resources: Record<string, { Properties: { ConfigRuleName: string } }>;
    };
    for (const name of Object.keys(Resources)) expect(name).toMatch(/^[A-Za-z0-9]+$/);
    expect(Object.values(Resources).map(({ Properties }) => Properties.ConfigRuleName)).toEqual(
      Object.keys(configRules),
    );
    expect(new Set(Object.values(configRules)).size).toBe(Object.keys(configRules).length);
  });

  it("tells rules what AWS takes none without, and what its defaults would find wrong here", () => {
    const { Resources } = JSON.parse(conformanceTemplate(configRules, "us-east-1")) as {
      Resources: Record<string, { Properties: { InputParameters?: object; Source: { SourceIdentifier: string } } }>;
    };
    const told = Object.fromEntries(
      Object.values(Resources).map(({ Properties }) => [
        Properties.Source.SourceIdentifier,
        Properties.InputParameters,
      ]),
    );
    // docs.aws.amazon.com/config/latest/developerguide: the two rules of ours whose parameters are not optional.
    expect(told["ACCESS_KEYS_ROTATED"]).toEqual({ maxAccessKeyAge: "90" });
    expect(told["ECS_NO_ENVIRONMENT_SECRETS"]).toEqual({
      secretKeys: expect.stringMatching(/^(?!.*MONGODB_URI).*REDIS_URL/) as string,
    });
    expect(told["IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"]).toEqual({ excludePermissionBoundaryPolicy: "true" });
    expect(Object.keys(ruleParameters).filter((name) => !(name in configRules))).toEqual([]);
  });

  it("asks about CloudFront only where Config knows of it", () => {
    expect(conformanceTemplate(configRules, "us-east-1")).toContain("CLOUDFRONT_ASSOCIATED_WITH_WAF");
    expect(conformanceTemplate(configRules, "eu-west-1")).not.toContain("CLOUDFRONT_");
  });

  it("closes the account: no public bucket, no bare disk, no short password", async () => {
    const recorded = await made();
    expect((await recorded.only("s3.AccountPublicAccessBlock")).inputs).toMatchObject({
      ...{ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    });
    expect((await recorded.only("ebs.EncryptionByDefault")).inputs["enabled"]).toBe(true);
    expect((await recorded.only("iam.AccountPasswordPolicy")).inputs["minimumPasswordLength"]).toBe(14);
  });

  it("orders no Shield Advanced by itself, and protects what it is told to", async () => {
    expect(await (await made()).ofKind("shield.Subscription")).toEqual([]);
    const recorded = await mockEngine("prod");
    new SecurityBaselineShield("shield", { protects: { edge: "arn:aws:cloudfront::1:distribution/E1" } });
    expect((await recorded.only("shield.Protection")).inputs["resourceArn"]).toMatch(/distribution/);
    expect((await recorded.only("shield.Subscription")).inputs["autoRenew"]).toBe("DISABLED");
  });
});
