// What Pulumi.yaml of this program declares, with what is allowed.
import { z } from "zod";
import { isFargateSize } from "../../lib/catalogue.ts";
import { regions } from "../../lib/regions.ts";
import { everyProgram, type Together } from "../../lib/settings.ts";
import { networkSettings, receivers, secondRegionWrong, zonesWrong } from "../network-settings.ts";

const stackOf = (program: string) =>
  z
    .string()
    .regex(new RegExp(String.raw`^[\w.-]+/tradegraph-${program}/\w+$`), `<organization>/tradegraph-${program}/<stack>`);

export const settings = {
  ...everyProgram,
  enabled: z.boolean(),
  homeRegion: z.enum(regions),
  foundationStack: stackOf("foundation"),
  applicationStack: stackOf("application"),
  protect: z.boolean(),
  emptyOnDestroy: z.boolean(),
  ...networkSettings,
  // Tasks fetch images and secrets through one.
  natGateways: z.int().min(1).max(3),
  databaseVersion: z.enum(["5.0.0", "8.0.0"]),
  databaseInstances: z.int().min(1).max(16),
  databaseClass: z
    .string()
    .regex(/^db\.r\d\w*\.\w+$/, "a class such as db.r6g.large: global clusters take neither serverless nor db.t"),
  databaseRetentionDays: z.int().min(1).max(35),
  databaseSlowQueryMs: z.int().min(50),
  databaseChangeStreamHours: z.int().min(1).max(168),
  cacheGigabytes: z.int().min(1).max(5000),
  tasks: z.int().min(0).max(1),
  mostTasks: z.int().min(1).max(100),
  taskCpu: z.int().min(0).max(4096),
  taskMemory: z.int().min(0).max(30_720),
  secretRecoveryDays: z.int().min(7).max(30),
  criticalReceivers: receivers,
  warningReceivers: receivers,
  escalationReceivers: receivers,
};

export type Settings = z.output<z.ZodObject<typeof settings>>;

/** What does not fit together; what other programs must have made is in ready.ts. */
export const together: Together<Settings> = ({ taskCpu, taskMemory, ...given }) => ({
  avoidZone: zonesWrong(given),
  emptyOnDestroy: given.emptyOnDestroy && given.protect && "not with protect",
  region: secondRegionWrong(given.region, given.homeRegion),
  taskMemory:
    taskCpu > 0 &&
    !isFargateSize({ cpu: taskCpu, memory: taskMemory }) &&
    `Fargate has no tasks of ${taskCpu} CPU units with ${taskMemory} MiB`,
});
