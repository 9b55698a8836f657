import { programs } from "../programs/order.ts";
import { stackNames } from "../lib/stack-name.ts";
import { file, type Inputs, type Proof, proofs } from "./proof.ts";

const deploy = ".github/workflows/deploy.yml";
const graph = /^(?:gateway|products|orders|users|content)$/;
const condition = (role: Inputs) => role.text("assumeRolePolicy");

export const delivery: Proof[] = [
  ...proofs("AWS-7", (says) => [
    says("CodePipeline and CodeBuild are an alternative, by configuration", () => [
      ...file("infra/pulumi/components/code-pipeline-release.ts", /codepipeline\.Pipeline/),
      ...file("infra/pulumi/components/build-project.ts", /codebuild\.Project/),
      ...file("infra/pulumi/programs/application/Pulumi.yaml", /codepipeline/),
    ]),
    says("deployments are ECS-native canaries with two target groups", (planned) => [
      ...planned.every(
        "ecs.Service",
        graph,
        (it, { program }) =>
          program !== "application" || /CANARY|BLUE_GREEN/.test(it.text("deploymentConfiguration.strategy")),
      ),
      ...planned.every("lb.TargetGroup", /^gateway-(?:blue|green)$/, () => true),
    ]),
    says("the pipeline comes by OIDC, from one repository and environment", (planned) => [
      ...planned.every("iam.OpenIdConnectProvider", "github", () => true),
      ...planned.every("iam.Role", "github-deploy", (it) => /:sub":"repo:[^*"]+:environment:prod"/.test(condition(it))),
    ]),
    says("nobody has long-lived keys", (planned) => {
      const keys = [...planned.of("iam.AccessKey"), ...planned.of("iam.User")];
      if (keys.length > 0) throw new Error(keys.map(({ kind, name }) => `${kind} ${name}`).join(", "));
      return file("infra/pulumi/policy/rules/least-privilege.ts", /iam\.AccessKey/);
    }),
    says("the branch staging deploys staging, main deploys staging and then prod", () =>
      file(deploy, /staging/, /prod/),
    ),
    says("each release is smoke tested, and an environment's reviewers approve it", () =>
      file(".github/workflows/release.yml", /--smoke-url/, /environment: \$\{\{ inputs\.environment \}\}/),
    ),
    says("a person says yes before visitors reach a new gateway", (planned) =>
      planned.every(
        "ecs.Service",
        "gateway",
        (it, { program }) =>
          program !== "application" || /"targetType":"PAUSE"/.test(it.text("deploymentConfiguration.lifecycleHooks")),
      ),
    ),
    says("`scripts/deploy.sh <environment> [--rollback]` does it by hand", () =>
      file("scripts/deploy.sh", /--rollback/),
    ),
    says("CI lints, tests and audits each push and pull request", () =>
      file(".github/workflows/ci.yml", /pull_request/, /check|lint/, /test/),
    ),
    says("images are signed, without a key", () =>
      file(".github/workflows/image.yml", /attest-build-provenance/, /id-token: write/),
    ),
  ]),
  ...proofs("AWS-8", (says) => [
    says("every program has dev, staging and prod", () =>
      programs.flatMap((program) =>
        stackNames.flatMap((stack) =>
          file(`infra/pulumi/programs/${program}/Pulumi.${stack}.yaml`, /:account: "\d{12}"/),
        ),
      ),
    ),
    says("staging goes first: prod needs it", () => file(deploy, /prod:\n(?:.*\n)*?\s+needs: staging/)),
    says("a budget warns at 80 and 100 %", (planned) =>
      planned.every("budgets.Budget", /^/, (it) =>
        [80, 100].every((threshold) => it.list("notifications").some((one) => one.at("threshold") === threshold)),
      ),
    ),
    says("what a plan costs is estimated, and bounded by the budget", () => [
      ...file("infra/pulumi/lib/prices.ts", /natGateway/),
      ...file("infra/pulumi/policy/rules/cost-ceiling.ts", /budgetShares/),
    ]),
    says("the costs of each environment are written down", () => file("docs/COSTS.md", /staging/)),
  ]),
  ...proofs("AWS-9", (says) => [
    says("Pulumi takes the place of Terraform, CloudFormation and CDK", () =>
      file("infra/pulumi/programs/application/Pulumi.yaml", /runtime/),
    ),
    says("MongoDB's migrations take Flyway's place, as a task before each release", (planned) =>
      planned.every("ecs.TaskDefinition", "migrate", (it) =>
        it.text("containerDefinitions").includes("scripts/migrate.ts"),
      ),
    ),
    says("CloudWatch takes the place of ELK", (planned) =>
      planned.every("ecs.TaskDefinition", graph, (it) => it.text("containerDefinitions").includes('"awslogs"')),
    ),
    says("four subgraphs take the place of nine services", (planned) =>
      planned.some(
        "ecs.Service",
        4,
        (_, { name, program }) => program === "application" && /^(?:products|orders|users|content)$/.test(name),
      ),
    ),
  ]),
  ...proofs("OPS-2", (says) => [
    says("manifests of Kubernetes stand in the repository", () => file("infra/kubernetes/README.md", /ecommerce/)),
  ]),
  ...proofs("OPS-5", (says) => [
    says("the checklist of a deployment has its boxes with commands", () =>
      file("docs/DEPLOY-CHECKLIST.md", /- \[ \]/, /pnpm/),
    ),
    says("`pnpm load` passes or fails by thresholds", () => file("scripts/load.ts", /threshold/i)),
  ]),
];
