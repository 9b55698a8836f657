// The whole program in this process, behind the programs it stands on: what is made of the settings of each stack, and that
// the second region is one: it runs the same programs, told the same, over copies of the same data.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { services } from "../../../../services.ts";
import { switchSteps } from "../../components/region-switch-steps.ts";
import { parseCidr } from "../../components/network-plan.ts";
import { type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { type RecoveryOutputs } from "../../lib/recovery-outputs.ts";
import { type StackName, stackNames } from "../../lib/stack-name.ts";
import { type Config, settingsOfStack } from "../../testing/in-process/declared-settings.ts";
import { type PlannedProgram, runProgram } from "../../testing/in-process/run-program.ts";

type Properties = Record<string, unknown>;
interface Whole {
  /** Application once more, told of the second region. */
  knowing: PlannedProgram;
  foundation: PlannedProgram;
  application: PlannedProgram;
  recovery: PlannedProgram;
}

/** All programs of a stack, one after the other. */
async function whole(stack: StackName, changed: Config = {}): Promise<Whole> {
  const reference = (program: string) => `organization/tradegraph-${program}/${stack}`;
  const foundation = await runProgram("foundation", stack, settingsOfStack("foundation", stack));
  const first = { [reference("foundation")]: foundation.outputs };
  const application = await runProgram("application", stack, settingsOfStack("application", stack), first);
  const both = { ...first, [reference("application")]: application.outputs };
  const recovery = await runProgram("recovery", stack, { ...settingsOfStack("recovery", stack), ...changed }, both);
  const all = { ...both, [reference("recovery")]: recovery.outputs };
  const told = { ...settingsOfStack("application", stack), recoveryStack: reference("recovery") };
  return { foundation, application, recovery, knowing: await runProgram("application", stack, told, all) };
}

const ofKind = ({ resources }: PlannedProgram, kind: string) => resources.filter((one) => one.kind === kind);
const only = (program: PlannedProgram, kind: string) => {
  const [found, ...others] = ofKind(program, kind);
  if (!found || others.length > 0) throw new Error(`not one ${kind}`);
  return found;
};

interface Container {
  name: string;
  image: string;
  command?: string[];
  environment?: { name: string; value: string }[];
  secrets?: { name: string; valueFrom: string }[];
}
const containersOf = (program: PlannedProgram, service: string) => {
  const task = ofKind(program, "ecs.TaskDefinition").find(({ name }) => name === service);
  return JSON.parse(String(task?.inputs["containerDefinitions"])) as Container[];
};
const environmentOf = ({ environment = [] }: Container) =>
  Object.fromEntries(environment.map(({ name, value }) => [name, value]));

const everyService = services.map(({ name }) => name as string).sort();

describe("program recovery", { timeout: 120_000 }, () => {
  let prod: Whole;
  beforeAll(async () => {
    prod = await whole("prod");
  }, 120_000);

  it.each(stackNames.filter((stack) => stack !== "prod"))("makes nothing in %s, and says so", async (stack) => {
    const { resources, outputs } = await runProgram("recovery", stack, settingsOfStack("recovery", stack));
    expect(resources).toEqual([]);
    expect(outputs).toMatchObject({ enabled: false, region: "us-west-2", plan: null });
  });

  it("makes nothing that AWS would refuse, and all of it in the second region", () => {
    const { recovery } = prod;
    expect(recovery.refused).toEqual([]);
    expect(only(recovery, "aws.Provider").inputs["region"]).toBe("us-west-2");
    const elsewhere = recovery.resources.filter(({ inputs }) => inputs["region"] && inputs["region"] !== "us-west-2");
    expect(elsewhere.filter(({ kind }) => kind !== "aws.Provider")).toEqual([]);
  });

  it("passes on exactly what its contract says, and nothing unknown", () => {
    const { outputs } = prod.recovery;
    const parts: (keyof RecoveryOutputs)[] = [
      ...(["enabled", "region", "network", "database", "cache", "secrets", "cluster", "services", "edge"] as const),
      ...(["plan", "notifications"] as const),
    ];
    expect(Object.keys(outputs).sort()).toEqual([...parts].sort());
    expect(Object.values(outputs).filter((value) => value === null || value === undefined)).toEqual([]);
  });

  it("runs every service of services.ts, standing still, in private subnets", () => {
    const made = ofKind(prod.recovery, "ecs.Service");
    expect(made.map(({ name }) => name).sort()).toEqual(everyService);
    const privateSubnets = (prod.recovery.outputs as unknown as RecoveryOutputs).network?.privateSubnetIds;
    for (const { name, inputs } of made) {
      expect(inputs["desiredCount"], name).toBe(0);
      expect(inputs["networkConfiguration"], name).toMatchObject({ subnets: privateSubnets, assignPublicIp: false });
    }
  });

  it("names every service of services.ts and the global database in its plan, in both directions", () => {
    const { inputs } = only(prod.recovery, "arcregionswitch.Plan");
    const workflows = inputs["workflows"] as { workflowTargetRegion: string; steps: Properties[] }[];
    expect(workflows.map(({ workflowTargetRegion }) => workflowTargetRegion)).toEqual(["us-west-2", "us-east-1"]);
    const { application, foundation, recovery } = prod;
    const arnsOf = (program: PlannedProgram, kind: string) =>
      ofKind(program, kind).map(({ outputs }) => outputs["arn"]);
    for (const { steps } of workflows) {
      const text = JSON.stringify(steps);
      const scaled = [...text.matchAll(/"serviceArn":"[^"]*\/([^/"]+)"/g)].map(([, name]) => name);
      // Each in both regions.
      expect(scaled.sort()).toEqual([...everyService, ...everyService].sort());
      for (const arn of arnsOf(recovery, "ecs.Service")) expect(text).toContain(arn);
      const { clusterArns, globalId } = databaseStep(steps);
      expect(clusterArns).toEqual([...arnsOf(foundation, "docdb.Cluster"), ...arnsOf(recovery, "docdb.Cluster")]);
      expect(globalId).toBe(only(foundation, "docdb.GlobalCluster").id);
    }
    const atHome = (application.outputs as unknown as ApplicationOutputs).cluster;
    expect(JSON.stringify(workflows)).toContain(`arn:aws:ecs:us-east-1:333333333333:service/${atHome}/gateway`);
  });

  it("is a place that CloudFront can ask, once application is told of it, and changes nothing else there", () => {
    const { application, knowing, recovery } = prod;
    expect(knowing.refused).toEqual([]);
    const { inputs } = only(knowing, "cloudfront.Distribution");
    const origins = inputs["origins"] as { originId: string; domainName: string; vpcOriginConfig?: Properties }[];
    const standby = origins.find(({ originId }) => originId === "graph-standby");
    expect(standby?.domainName).toBe(only(recovery, "lb.LoadBalancer").outputs["dnsName"]);
    expect(standby?.vpcOriginConfig?.["vpcOriginId"]).toBe(only(recovery, "cloudfront.VpcOrigin").id);
    expect(JSON.stringify(origins)).toContain("tradegraph-prod-assets-replica-333333333333.s3.us-west-2");
    const kindsOf = ({ resources }: PlannedProgram) => resources.map(({ kind, name }) => `${kind} ${name}`);
    expect(kindsOf(knowing).filter((one) => !kindsOf(application).includes(one))).toEqual([
      "cloudfront.KeyValueStore edge",
      "cloudfront.KeyvaluestoreKey edge",
      "cloudfront.Function edge",
    ]);
    const { recovery: passed } = knowing.outputs as unknown as ApplicationOutputs;
    expect(passed?.keyValueStoreArn).toMatch(/^arn:aws:cloudfront::333333333333:key-value-store\//);
  });

  it("tells each program what it is told at home, but for what lies in a region", () => {
    for (const service of everyService) {
      const [home, there] = [prod.application, prod.recovery].map((program) => containersOf(program, service));
      // The collector stays at home: its image comes from a registry that a lost region may take along.
      expect(home?.map(({ name }) => name)).toEqual([service, "traces"]);
      expect(there?.map(({ name, command }) => [name, command])).toEqual([[service, home?.[0]?.command]]);
      const [all, toldThere] = [home?.[0], there?.[0]].map((container) => environmentOf(container as Container));
      const told = Object.fromEntries(Object.entries(all ?? {}).filter(([name]) => !name.startsWith("OTEL_")));
      expect(Object.keys(toldThere ?? {}), service).toEqual(Object.keys(told));
      const other = Object.keys(told).filter((name) => told[name] !== toldThere?.[name]);
      const regional = ["AWS_REGION", "ENCRYPTION_KMS_KEY_ID", "MONGODB_URI"];
      expect(
        other.filter((name) => !regional.includes(name)),
        service,
      ).toEqual([]);
      expect(other, service).toEqual(regional.filter((name) => told[name] !== undefined));
      // Nothing of it leads to the region that is away.
      expect(JSON.stringify(there)).not.toContain("us-east-1");
    }
  });

  it("gives each program the copies of its secrets, and the address of the cache that is there", () => {
    for (const service of everyService) {
      const [home, there] = [prod.application, prod.recovery].map(
        (program) => containersOf(program, service)[0]?.secrets ?? [],
      );
      expect(there?.map(({ name }) => name)).toEqual(home?.map(({ name }) => name));
      for (const { name, valueFrom } of there ?? []) {
        const same = home?.find((secret) => secret.name === name)?.valueFrom.replace("us-east-1", "us-west-2");
        if (name === "REDIS_URL") expect(valueFrom).toContain("tradegraph-prod-recovery/REDIS_URL");
        else expect(valueFrom).toBe(same);
      }
    }
  });

  it("runs the image of the release, from the copy of the repository", () => {
    const digest = (prod.application.outputs as unknown as ApplicationOutputs).image;
    for (const service of everyService) {
      expect(containersOf(prod.recovery, service)[0]?.image).toBe(
        `333333333333.dkr.ecr.us-west-2.amazonaws.com/tradegraph-prod-app@${digest}`,
      );
    }
  });

  it("has roles of other names than at home: AWS knows roles in all regions", () => {
    const namesOf = (program: PlannedProgram) => ofKind(program, "iam.Role").map(({ inputs }) => inputs["name"]);
    const home = new Set([...namesOf(prod.foundation), ...namesOf(prod.application)]);
    expect(namesOf(prod.recovery).filter((name) => home.has(name))).toEqual([]);
  });

  it("is sized and kept as home is", () => {
    const [home, there] = [settingsOfStack("application", "prod"), settingsOfStack("recovery", "prod")];
    for (const same of ["taskCpu", "taskMemory", "mostTasks", "account"]) expect(there[same], same).toEqual(home[same]);
    const data = settingsOfStack("foundation", "prod");
    const shared = ["databaseVersion", "databaseClass", "databaseRetentionDays", "databaseSlowQueryMs"];
    for (const same of [...shared, "databaseChangeStreamHours", "secretRecoveryDays", "logRetentionDays"])
      expect(there[same], same).toEqual(data[same]);
    for (const same of ["criticalReceivers", "warningReceivers", "escalationReceivers"])
      expect(there[same], same).toEqual(data[same]);
  });

  it("has addresses that no other network of ours has", () => {
    const here = parseCidr(String(settingsOfStack("recovery", "prod")["cidr"]));
    for (const stack of stackNames) {
      const { start, size } = parseCidr(String(settingsOfStack("foundation", stack)["cidr"]));
      expect(here.start >= start + size || start >= here.start + here.size, stack).toBe(true);
    }
  });

  it("looks for attackers and open doors there too: at home nobody sees them", () => {
    const { recovery } = prod;
    expect(only(recovery, "guardduty.Detector").inputs["enable"]).toBe(true);
    expect(only(recovery, "accessanalyzer.Analyzer").inputs["type"]).toBe("ACCOUNT");
  });

  it("records what changes there too, into the bucket of the first region, and asks nothing twice of the account", () => {
    const { recovery } = prod;
    expect(only(recovery, "cfg.Recorder").inputs).toMatchObject({
      name: "tradegraph-prod-recovery-config",
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: false },
      recordingMode: { recordingFrequency: "DAILY" },
    });
    expect(only(recovery, "cfg.RecorderStatus").inputs["isEnabled"]).toBe(true);
    expect(only(recovery, "cfg.DeliveryChannel").inputs["s3BucketName"]).toBe("tradegraph-prod-audit-333333333333");
    const rules = String(only(recovery, "cfg.ConformancePack").inputs["templateBody"]);
    for (const ofRegion of ["DOCDB_CLUSTER_ENCRYPTED", "S3_BUCKET_SSL_REQUESTS_ONLY", "VPC_FLOW_LOGS_ENABLED"])
      expect(rules).toContain(ofRegion);
    expect(rules).not.toMatch(/"(?:IAM_|ROOT_|CLOUD_TRAIL_|CLOUDFRONT_)/);
  });

  it("tells people of its own region when the copy falls behind, 15 minutes at the latest", () => {
    const lag = ofKind(prod.recovery, "cloudwatch.MetricAlarm").find(({ name }) => name === "alarms-recovery-lag");
    expect(lag?.inputs).toMatchObject({
      metricName: "GlobalClusterReplicationLag",
      threshold: 900_000,
      treatMissingData: "breaching",
      alarmActions: [expect.stringMatching(/^arn:aws:sns:us-west-2:333333333333:tradegraph-prod-critical$/)],
    });
  });
});

function databaseStep(steps: Properties[]) {
  const step = steps.find(({ executionBlockType }) => executionBlockType === "DocumentDb");
  const [config] = step?.["documentDbConfigs"] as { databaseClusterArns: string[]; globalClusterIdentifier: string }[];
  return { clusterArns: config?.databaseClusterArns, globalId: config?.globalClusterIdentifier };
}

describe("docs/RECOVERY.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../../docs/RECOVERY.md"), "utf8");

  it("has every step of the plan with its minutes, in order, and the sum of what is usual is less than the hour", () => {
    const rows = [...page.matchAll(/^\| (\d-\w+) +\| (\d+) min +\| (\d+) min/gm)];
    expect(rows.map(([, name, most]) => [name, Number(most)])).toEqual(
      switchSteps.map(({ name, minutes }) => [name, minutes]),
    );
    for (const [, name, most, usual] of rows) expect(Number(usual), name).toBeLessThanOrEqual(Number(most));
  });

  it("says how a person approves each step that is one's own", () => {
    const blocks = ["3-database", "4-services"];
    const own = switchSteps.map(({ name }) => name).filter((name) => !blocks.includes(name));
    for (const name of own) expect(page, name).toMatch(new RegExp(`yes ${name}`));
  });
});
