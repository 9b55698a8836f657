// What Pulumi.yaml of this program declares, with what is allowed.
import { z } from "zod";
import { regions } from "../../lib/regions.ts";
import { everyProgram, type Together } from "../../lib/settings.ts";
import { networkSettings, receivers, secondRegionWrong, zonesWrong } from "../network-settings.ts";
import { optionalSecrets } from "./secrets.ts";

/** "0.5-4": multiples of a half from 0.5 to 256, of which the second is at least 1. */
const capacity = z
  .string()
  .regex(/^\d+(?:\.5)?-\d+(?:\.5)?$/, "two multiples of 0.5, such as 0.5-4")
  .transform((text) => {
    const [least = 0, most = 0] = text.split("-").map(Number);
    return { least, most };
  })
  .refine(
    ({ least, most }) => least >= 0.5 && least <= most && most >= 1 && most <= 256,
    "0.5 to 256, the lower first",
  );

const days = (least: number, most: number) => z.int().min(least).max(most);

export const settings = {
  ...everyProgram,
  recoveryRegion: z.enum(["", ...regions]),
  protect: z.boolean(),
  emptyOnDestroy: z.boolean(),
  ...networkSettings,
  natGateways: z.int().min(0).max(3),
  interfaceEndpoints: z.array(z.string().regex(/^[a-z0-9.-]+$/)),
  database: z.enum(["documentdb", "external"]),
  databaseUsers: z.enum(["iam", "password"]),
  databasePeering: z.string().regex(/^(?:pcx-[0-9a-f]+)?$/, "pcx-… or nothing"),
  databaseCidr: z.union([z.literal(""), z.cidrv4()], "the peered network's addresses or nothing"),
  databaseVersion: z.enum(["5.0.0", "8.0.0"]),
  databaseInstances: z.int().min(1).max(16),
  databaseClass: z
    .string()
    .regex(/^db\.(?:serverless|[rt]\d\w*\.\w+)$/, "db.serverless or a class such as db.r6g.large"),
  databaseCapacity: capacity,
  databaseRetentionDays: days(1, 35),
  databaseGlobal: z.boolean(),
  databaseSlowQueryMs: z.int().min(50),
  databaseChangeStreamHours: z.int().min(1).max(168),
  cache: z.enum(["serverless", "cluster"]),
  cacheGigabytes: z.int().min(1).max(5000),
  cacheNodeType: z.string().regex(/^cache\.\w+\.\w+$/, "a type such as cache.t4g.medium"),
  cacheShards: z.int().min(1).max(90),
  cacheReplicas: z.int().min(1).max(5),
  cacheSnapshotDays: days(0, 35),
  optionalSecrets: z.array(z.enum(Object.keys(optionalSecrets))),
  secretRecoveryDays: days(7, 30),
  secretRotationDays: days(0, 365),
  keepOldVersionsDays: days(1, 3650),
  exportDays: days(1, 365),
  logFileDays: days(30, 3650),
  backupDailyDays: days(1, 3650),
  backupWeeklyDays: days(0, 3650),
  backupMonthlyDays: days(0, 3650),
  criticalReceivers: receivers,
  warningReceivers: receivers,
  escalationReceivers: receivers,
  monthlyDollars: z.int().min(1),
  costMonitorArn: z
    .string()
    .regex(/^(?:arn:aws:ce::\d{12}:anomalymonitor\/[\w-]+)?$/, "the ARN of a monitor, or nothing"),
  thoroughSecurity: z.boolean(),
  auditFileDays: days(91, 3650),
  vaultLock: z.enum(["none", "governance", "compliance"]),
};

export type Settings = z.output<z.ZodObject<typeof settings>>;

/** What AWS would refuse after half of the network stands. */
export const together: Together<Settings> = (given) => ({
  avoidZone: zonesWrong(given),
  emptyOnDestroy:
    given.emptyOnDestroy && (given.protect || given.vaultLock !== "none") && "not with protect, nor with a vaultLock",
  recoveryRegion: secondRegionWrong(given.recoveryRegion, given.region),
  // docs.aws.amazon.com/documentdb/latest/devguide: global-clusters.html, docdb-serverless-limitations.html
  databaseClass:
    hasGlobalDatabase(given) &&
    !given.databaseClass.startsWith("db.r") &&
    "db.r…: a global cluster (databaseGlobal) takes no serverless instances and none of db.t",
  databaseCidr:
    given.database === "external" &&
    (given.databasePeering === "") !== (given.databaseCidr === "") &&
    "goes with databasePeering: both or none",
});

/** How tasks log in: roles are known to DocumentDB alone. */
export const databaseUsersOf = ({ database, databaseUsers }: Settings): "iam" | "password" =>
  database === "external" ? "password" : databaseUsers;

/** Whether the cluster is the first of a global one. */
export const hasGlobalDatabase = ({ database, databaseGlobal }: Settings): boolean =>
  database === "documentdb" && databaseGlobal;
