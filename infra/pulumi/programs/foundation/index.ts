// What everything stands on and what is rarely changed: network, keys, data, secrets, backups.
import { DataBuckets } from "../../components/data-buckets.ts";
import { KmsKeys } from "../../components/kms-keys.ts";
import { SecretSet } from "../../components/secret-set.ts";
import { SharedFiles } from "../../components/shared-files.ts";
import { awsProvider } from "../../lib/aws-provider.ts";
import { bucketName, PRODUCT } from "../../lib/naming.ts";
import { zonesOf } from "../../lib/regions.ts";
import { readSettings } from "../../lib/settings.ts";
import { currentStack } from "../../lib/stack-name.ts";
import { makeBackups } from "./backups.ts";
import { makeCache } from "./cache.ts";
import { makeDatabase } from "./database.ts";
import { makeFunctions } from "./functions.ts";
import { makeNetwork } from "./network.ts";
import { outputsOf } from "./outputs.ts";
import { makeRecovery } from "./recovery.ts";
import { wantedSecrets } from "./secrets.ts";
import { databaseUsersOf, hasGlobalDatabase, settings as declared, together } from "./settings.ts";
import { makeWatch } from "./watch.ts";

const stack = currentStack();
const settings = readSettings(declared, together);
const { account, region, owner } = settings;
const provider = awsProvider("foundation", stack, { account, region, owner });
const name = `${PRODUCT}-${stack}`;
const zones = zonesOf(region, settings.zones, settings.avoidZone);
/** Options of what cannot be made again. */
const kept = { provider, protect: settings.protect };

// Keys
const kms = new KmsKeys("keys", { name, account, region }, kept);

// Network
const { network: net, groups } = makeNetwork(settings, { name, zones, logsKeyArn: kms.arns.logs }, { provider });

// Data
const subnetIds = net.subnets.isolated.map(({ id }) => id);
const place = { name, subnetIds, keyArn: kms.arns.data, logsKeyArn: kms.arns.logs };
const db = makeDatabase(settings, { ...place, securityGroupId: groups.database.id }, kept);
const valkey = makeCache(settings, { ...place, securityGroupId: groups.cache.id }, { provider });
const { buckets: stores } = new DataBuckets(
  "buckets",
  {
    account,
    nameOf: (bucket) => bucketName(stack, bucket, account),
    keys: kms.arns,
    keepOldVersionsDays: settings.keepOldVersionsDays,
    emptyOnDestroy: settings.emptyOnDestroy,
    exportDays: settings.exportDays,
    logDays: settings.logFileDays,
  },
  kept,
);
const shared = new SharedFiles(
  "files",
  {
    name: `${name}-files`,
    subnetIds,
    securityGroupId: groups.files.id,
    keyArn: kms.arns.data,
  },
  kept,
);

// The other region
const copies = makeRecovery(
  settings,
  { stack, name, buckets: stores, dataKeyArn: kms.arns.data, fieldsKeyArn: kms.arns.fields },
  kept,
);

// Secrets
const { arns: secretArns } = new SecretSet(
  "secrets",
  {
    name,
    keyArn: kms.arns.secrets,
    recoveryDays: settings.secretRecoveryDays,
    secrets: wantedSecrets({
      databaseUsers: databaseUsersOf(settings),
      isGlobal: hasGlobalDatabase(settings),
      optional: settings.optionalSecrets,
    }),
    ...(copies ? { replica: { region: copies.region, keyArn: copies.keyArn } } : {}),
  },
  kept,
);

// Backups
const { vault, restorePlan } = makeBackups(
  settings,
  {
    name,
    keyArn: kms.arns.backup,
    database: db,
    databaseGroupId: groups.database.id,
    files: shared,
    copyTo: copies?.vaultArn,
  },
  { provider },
  kept,
);

// Who is told what
const watch = makeWatch(
  settings,
  {
    stack,
    databaseCluster: db?.cluster.clusterIdentifier,
    cache: name,
    vault: vault.name,
    copies: copies?.vaultName,
    logsKeyArn: kms.arns.logs,
    dataBuckets: [stores.assets, stores.exports],
  },
  { provider },
);

// Functions
makeFunctions(
  settings,
  {
    stack,
    network: net,
    securityGroupId: groups.rotation.id,
    keys: kms.arns,
    secrets: secretArns,
    cacheUser: valkey.user,
    isolatedSubnetGroup: db?.subnetGroup.name,
    restorePlan,
    watch,
  },
  { provider },
);

// lib/foundation-outputs.ts says what these are.
export const {
  network,
  securityGroups,
  database,
  cache,
  secrets,
  buckets,
  files,
  keys,
  backup,
  recovery,
  notifications,
  edgeNotifications,
} = outputsOf(settings, {
  name,
  zones,
  network: net,
  groups,
  keys: kms.arns,
  database: db,
  cache: valkey,
  buckets: stores,
  files: shared,
  secrets: secretArns,
  vault,
  recovery: copies,
  watch,
});
