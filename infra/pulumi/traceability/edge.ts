import { containersOf } from "./network.ts";
import { file, type Planned, type Proof, proofs } from "./proof.ts";

const graph = /^(?:gateway|products|orders|users|content)$/;
const WANTED = ["IpReputationList", "KnownBadInputsRuleSet", "CommonRuleSet"];

interface Statement {
  Effect: string;
  Action?: string | string[];
  Resource?: string | string[];
}
const statementsOf = (policy: unknown) => (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement;
const isSweeping = ({ Effect, Action = [], Resource = [] }: Statement) =>
  Effect === "Allow" &&
  [Action].flat().some((action) => action === "*" || action === "*:*") &&
  [Resource].flat().includes("*");
const tables = (planned: Planned) =>
  planned.every("iam.RolePolicy", /^/, (it) => !statementsOf(it.at("policy")).some(isSweeping));

export const edge: Proof[] = [
  ...proofs("AWS-4", (says) => [
    says("CloudFront stands in front and reaches the load balancer privately", (planned) => [
      ...planned.every("cloudfront.Distribution", /^/, (it) => it.are({ enabled: true })),
      ...planned.every("cloudfront.VpcOrigin", /^/, (it) =>
        it.are({ "vpcOriginEndpointConfig.originProtocolPolicy": "https-only" }),
      ),
    ]),
    says("WAF refuses bad addresses, bad inputs, common attacks, floods and more requests than a rate", (planned) => [
      ...planned.every("wafv2.WebAcl", /^/, (it) => {
        const rules = it.text("rules");
        return [...WANTED, "AntiDDoSRuleSet", "rateBasedStatement"].every((name) => rules.includes(name));
      }),
      ...planned.every("cloudfront.Distribution", /^/, (it) => /webacl/.test(it.text("webAclId"))),
    ]),
    says("Shield Advanced is a setting, for it costs $3,000 a month; Shield itself is there always", () =>
      file("infra/pulumi/programs/application/Pulumi.yaml", /shieldAdvanced:/),
    ),
    says("Route 53 leads there, over IPv6 as well", (planned) => [
      ...planned.every("route53.Record", /-A$/, (it) => it.list("aliases").length === 1),
      ...planned.every("route53.Record", /-AAAA$/, (it) => it.list("aliases").length === 1),
    ]),
    says("certificates are ACM's, validated by DNS", (planned) =>
      planned.every("acm.Certificate", /^/, (it) => it.are({ validationMethod: "DNS" })),
    ),
    says("KMS keys rotate", (planned) => planned.every("kms.Key", /^/, (it) => it.are({ enableKeyRotation: true }))),
    says("secrets lie in Secrets Manager, under a key of ours, and in the second region too", (planned) =>
      planned.every(
        "secretsmanager.Secret",
        /^(?:INTERNAL_SIGNING_KEYS|JWT_PRIVATE_KEY|MAIL_URL|REDIS_URL)$/,
        (it, { program }) =>
          /:key\//.test(it.text("kmsKeyId")) &&
          (program !== "foundation" || it.list("replicas").length === 1 || it.text("name").includes("REDIS_URL")),
      ),
    ),
    says("secrets rotate", (planned) => planned.every("secretsmanager.SecretRotation", /^/, () => true)),
    says("no role may do everything", tables),
  ]),
  ...proofs("SEC-4", (says) => [
    says("the database writes an audit log", (planned) =>
      planned.every("docdb.Cluster", "database", (it) => it.text("enabledCloudwatchLogsExports").includes('"audit"')),
    ),
    says("every call to AWS is written down, in all regions, and nobody can change it", (planned) =>
      planned.every("cloudtrail.Trail", /^/, (it) =>
        it.are({ isMultiRegionTrail: true, enableLogFileValidation: true }),
      ),
    ),
    says("programs get secrets from Secrets Manager, none in plain", (planned) =>
      planned.every("ecs.TaskDefinition", graph, (_, { inputs }) =>
        containersOf(inputs).every(
          ({ secrets = [], environment = [] }) =>
            secrets.every(({ valueFrom }) => valueFrom.includes(":secretsmanager:")) &&
            !environment.some(({ name }) => /SECRET|PASSWORD|PRIVATE_KEY|SIGNING_KEYS/.test(name)),
        ),
      ),
    ),
    says("images are scanned at every push and later", (planned) => [
      ...planned.every("ecr.Repository", "images", (it) => it.are({ "imageScanningConfiguration.scanOnPush": true })),
      ...planned.every("inspector2.Enabler", /^/, (it) => it.text("resourceTypes").includes('"ECR"')),
    ]),
    says("security events go to people", (planned) =>
      ["threat-found", "vulnerability-found", "open-to-outside"].flatMap((name) =>
        planned.every("cloudwatch.EventRule", `events-${name}`, () => true),
      ),
    ),
    says("dependencies are audited in CI, and renewed", () => [
      ...file(".github/workflows/ci.yml", /audit --prod/),
      ...file("renovate.json", /"extends"/),
    ]),
  ]),
];
