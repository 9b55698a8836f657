// What Pulumi.yaml of this program declares, with what is allowed.
import { z } from "zod";
import { regions } from "../../lib/regions.ts";
import { isFargateSize } from "../../lib/catalogue.ts";
import { everyProgram, type Together } from "../../lib/settings.ts";
import { traceTargets } from "../../lib/telemetry-environment.ts";
import { optionalSecrets } from "../foundation/secrets.ts";

const host = z.string().regex(/^(?:[a-z0-9-]+\.)+[a-z]{2,}$/, "a host such as api.example.com");
const percent = z.int().min(0).max(100);
/** The only numbers CloudWatch takes, as far as they make sense here. */
const retentionDays = [7, 14, 30, 60, 90, 180, 365, 400, 545, 731, 1096, 1827, 3653];
const oneOf = (numbers: number[]) =>
  z.int().refine((number) => numbers.includes(number), `one of ${numbers.join(", ")}`);

const digest = z.string().regex(/^(?:sha256:[0-9a-f]{64})?$/, "sha256:… of the image, never a tag");

export const settings = {
  ...everyProgram,
  foundationStack: z
    .string()
    .regex(/^[\w.-]+\/tradegraph-foundation\/\w+$/, "<organization>/tradegraph-foundation/<stack>"),
  imageDigest: digest,
  migrateDigest: digest,
  previousDigest: digest,
  domain: host,
  tenantHosts: z.array(z.string().regex(/^(?:[a-z0-9-]+\.)+[a-z]{2,}=[a-z0-9-]+$/, "host=tenant")),
  defaultTenant: z.string().regex(/^[a-z0-9-]*$/, "a lower-case slug such as acme"),
  hostedZoneId: z.string().regex(/^Z[A-Z0-9]{8,31}$/, "an id such as Z0123456789ABCDEFGHIJ"),
  corsOrigins: z.array(z.string().regex(/^https:\/\/[^/]+$/, "https://host, without a path")),
  storefrontUrl: z.url({ protocol: /^https$/ }),
  mailFrom: z.string().includes("@"),
  rateLimitMode: z.enum(["enforce", "measure"]),
  responseCache: z.boolean(),
  leastTasks: z.int().min(1).max(100),
  mostTasks: z.int().min(1).max(100),
  taskCpu: oneOf([0, 256, 512, 1024, 2048, 4096]),
  taskMemory: z.int().min(0).max(30_720),
  onDemandTasks: z.int().min(0).max(100),
  spotPercent: percent,
  predictiveScaling: z.boolean(),
  deploymentStrategy: z.enum(["ROLLING", "BLUE_GREEN", "CANARY"]),
  bakeMinutes: z.int().min(0).max(1440),
  approveReleases: z.boolean(),
  delivery: z.enum(["github", "codepipeline"]),
  sourceRepository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, "owner/name"),
  sourceBranch: z.string().regex(/^[\w./-]+$/, "the name of a branch"),
  smokeOperation: z.string().regex(/^(?:sha256:[0-9a-f]{64})?$/, "sha256:… of a persisted operation, or nothing"),
  rollbackErrors: z.int().min(0),
  keepImages: z.int().min(5).max(1000),
  logRetentionDays: oneOf(retentionDays),
  firewallMode: z.enum(["count", "block"]),
  antiDdos: z.boolean(),
  // AWS counts no fewer.
  requestsPerAddress: z.int().min(10).max(2_000_000_000),
  priceClass: z.enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"]),
  deletionProtection: z.boolean(),
  emptyOnDestroy: z.boolean(),
  shieldAdvanced: z.boolean(),
  canaries: z.boolean(),
  realUserPercent: percent,
  traces: z.enum(traceTargets),
  traceSharePercent: percent,
  // Without a port: the network lets tasks out to 443 alone.
  traceEndpoint: z
    .string()
    .regex(/^(?:https:\/\/[a-z0-9.-]+(?:\/[\w./-]*)?)?$/, "https://…, without a port, or nothing"),
  filledSecrets: z.array(z.enum(Object.keys(optionalSecrets))),
  recoveryRegion: z.enum(["", ...regions]),
  recoveryStack: z
    .string()
    .regex(/^(?:[\w.-]+\/tradegraph-recovery\/\w+)?$/, "<organization>/tradegraph-recovery/<stack>, or nothing"),
};

export type Settings = z.output<z.ZodObject<typeof settings>>;

/** What AWS would refuse when the first service comes up. */
export const together: Together<Settings> = (given) => ({
  mostTasks: given.mostTasks < given.leastTasks && `${given.leastTasks} at least, which is leastTasks`,
  taskMemory:
    given.taskCpu > 0 &&
    !isFargateSize({ cpu: given.taskCpu, memory: given.taskMemory }) &&
    `Fargate has no tasks of ${given.taskCpu} CPU units with ${given.taskMemory} MiB`,
  traceEndpoint:
    (given.traces === "otlp") === (given.traceEndpoint === "") &&
    "goes with traces: otlp, which goes nowhere without it",
  emptyOnDestroy: given.emptyOnDestroy && given.deletionProtection && "not with deletionProtection",
  recoveryRegion: given.recoveryRegion === given.region && "another region than region, or nothing",
  recoveryStack: given.recoveryRegion === "" && given.recoveryStack !== "" && "goes with recoveryRegion, or nothing",
});
