// What AWS charges, list prices of us-east-1 without tax and discount. An estimate for plans and ceilings, no bill.
// Read on 2026-11-21; `source` says where, and "estimate" where nobody could look it up offline.

export interface Price {
  usd: number;
  per: string;
  source: string;
}

/** AWS counts a month as 730 hours. */
export const HOURS = 730;

const fargate = "ECS on Fargate, cost architecture (awsi.click)";
const documentdb = "DocumentDB pricing pages (usage.ai, June 2026)";
const elasticache = "ElastiCache pricing pages (usage.ai, June 2026)";
const xray = "AWS X-Ray pricing (aws.amazon.com/xray/pricing)";
const estimate = "estimate";

export const prices = {
  fargateVcpu: { usd: 0.04048, per: "vCPU-hour, x86", source: fargate },
  fargateMemory: { usd: 0.004445, per: "GB-hour, x86", source: fargate },
  /** Share of the x86 price. */
  fargateArm: { usd: 0.8, per: "x86 dollar", source: estimate },
  /** Up to 70 % off; the estimate takes less for granted. */
  fargateSpot: { usd: 0.4, per: "on-demand dollar", source: fargate },
  natGateway: { usd: 0.045, per: "hour and zone", source: estimate },
  publicAddress: { usd: 0.005, per: "hour", source: estimate },
  loadBalancer: { usd: 0.0225, per: "hour", source: estimate },
  loadBalancerUnit: { usd: 0.008, per: "LCU-hour", source: estimate },
  interfaceEndpoint: { usd: 0.01, per: "hour and zone", source: estimate },
  webAcl: { usd: 5, per: "month", source: estimate },
  webAclRule: { usd: 1, per: "month", source: estimate },
  documentdbUnit: { usd: 0.0822, per: "DCU-hour, standard storage", source: documentdb },
  documentdbUnitIo: { usd: 0.0905, per: "DCU-hour, I/O-optimized storage", source: documentdb },
  documentdbStorage: { usd: 0.1, per: "GB-month", source: documentdb },
  documentdbIo: { usd: 0.2, per: "million I/O", source: documentdb },
  documentdbBackup: { usd: 0.02, per: "GB-month", source: documentdb },
  valkeyServerless: { usd: 0.084, per: "GB-hour, at least 0.1 GB", source: elasticache },
  key: { usd: 1, per: "month", source: estimate },
  secret: { usd: 0.4, per: "month", source: estimate },
  alarm: { usd: 0.1, per: "metric and month", source: estimate },
  compositeAlarm: { usd: 0.5, per: "month", source: estimate },
  logs: { usd: 0.5, per: "GB taken in", source: estimate },
  traces: { usd: 5, per: "million traces; the first 100,000 a month are free", source: xray },
  traceInsights: { usd: 1, per: "million traces that X-Ray looks at by itself", source: xray },
  canaryRun: { usd: 0.0012, per: "run", source: estimate },
  hostedZone: { usd: 0.5, per: "month", source: estimate },
  healthCheck: { usd: 0.75, per: "month", source: estimate },
  backupStorage: { usd: 0.05, per: "GB-month", source: estimate },
  fileStorage: { usd: 0.3, per: "GB-month", source: estimate },
  regionSwitchPlan: { usd: 70, per: "month", source: estimate },
  shieldAdvanced: { usd: 3000, per: "month", source: estimate },
} satisfies Record<string, Price>;

/** Dollars an hour for one node or instance of a class; Valkey's prices, 20 % below Redis OSS. */
export const nodeHour: Record<string, number> = {
  "cache.t4g.micro": 0.0128,
  "cache.t4g.small": 0.0256,
  "cache.t4g.medium": 0.052,
  "cache.m7g.large": 0.1264,
  "cache.r7g.large": 0.1752,
  "db.t4g.medium": 0.0776,
  "db.r6g.large": 0.2628,
  "db.r8g.large": 0.2763,
  "db.r6g.xlarge": 0.5256,
};

/** Dollars a month for services that charge by use, for a shop of ordinary size. */
export const usage: Record<string, { dev: number; staging: number; prod: number }> = {
  "guardduty.Detector": { dev: 2, staging: 6, prod: 30 },
  "cfg.Recorder": { dev: 2, staging: 4, prod: 15 },
  "inspector2.Enabler": { dev: 2, staging: 3, prod: 10 },
  "macie2.Account": { dev: 1, staging: 2, prod: 10 },
  "securityhub.Account": { dev: 2, staging: 3, prod: 15 },
  "cloudtrail.Trail": { dev: 1, staging: 1, prod: 5 },
  "cloudfront.Distribution": { dev: 0, staging: 2, prod: 40 },
  "rum.AppMonitor": { dev: 1, staging: 1, prod: 10 },
};
