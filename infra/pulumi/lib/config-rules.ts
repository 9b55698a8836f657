// What AWS Config looks at all the time, by names of AWS's managed rules. The policy pack asks the same of a plan; this asks
// it of what is there, whoever made it.
import { secretVariables } from "../../../services.ts";

/** Our name → AWS's identifier. */
export const configRules: Record<string, string> = {
  "access-keys-rotated": "ACCESS_KEYS_ROTATED",
  "root-has-mfa": "ROOT_ACCOUNT_MFA_ENABLED",
  "root-has-no-keys": "IAM_ROOT_ACCESS_KEY_CHECK",
  "people-have-mfa": "IAM_USER_MFA_ENABLED",
  "no-administrators": "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
  "trail-in-all-regions": "MULTI_REGION_CLOUD_TRAIL_ENABLED",
  "trail-encrypted": "CLOUD_TRAIL_ENCRYPTION_ENABLED",
  "trail-signed": "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
  "keys-rotate": "CMK_BACKING_KEY_ROTATION_ENABLED",
  "log-groups-encrypted": "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
  "log-groups-end": "CW_LOGGROUP_RETENTION_PERIOD_CHECK",
  "buckets-closed": "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC",
  "buckets-not-readable": "S3_BUCKET_PUBLIC_READ_PROHIBITED",
  "buckets-not-writable": "S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
  "buckets-tls-only": "S3_BUCKET_SSL_REQUESTS_ONLY",
  "buckets-versioned": "S3_BUCKET_VERSIONING_ENABLED",
  "ssh-closed": "INCOMING_SSH_DISABLED",
  "default-group-closed": "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
  "flow-logs": "VPC_FLOW_LOGS_ENABLED",
  "database-encrypted": "DOCDB_CLUSTER_ENCRYPTED",
  "database-audited": "DOCDB_CLUSTER_AUDIT_LOGGING_ENABLED",
  "database-kept": "DOCDB_CLUSTER_BACKUP_RETENTION_CHECK",
  "database-not-deleted": "DOCDB_CLUSTER_DELETION_PROTECTION_ENABLED",
  "cache-backed-up": "ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK",
  "tasks-on-newest-platform": "ECS_FARGATE_LATEST_PLATFORM_VERSION",
  "tasks-without-root": "ECS_TASK_DEFINITION_NONROOT_USER",
  "tasks-read-only": "ECS_CONTAINERS_READONLY_ACCESS",
  "no-secrets-in-tasks": "ECS_NO_ENVIRONMENT_SECRETS",
  "images-scanned": "ECR_PRIVATE_IMAGE_SCANNING_ENABLED",
  "images-immutable": "ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED",
  "balancer-tls-only": "ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK",
  "edge-with-firewall": "CLOUDFRONT_ASSOCIATED_WITH_WAF",
  "edge-tls-only": "CLOUDFRONT_VIEWER_POLICY_HTTPS",
  "secrets-rotate": "SECRETSMANAGER_ROTATION_ENABLED_CHECK",
  "threats-watched": "GUARDDUTY_ENABLED_CENTRALIZED",
};

/** What is asked of the account, not of a region: two regions would find the same twice. */
const OF_ACCOUNT = /^(?:ACCESS_KEYS|ROOT_ACCOUNT|IAM|MULTI_REGION|CLOUD_TRAIL|S3_ACCOUNT|CLOUDFRONT)_/;

/** The rules for a region that is not the account's first. */
export const rulesOfRegion: Record<string, string> = Object.fromEntries(
  Object.entries(configRules).filter(([, identifier]) => !OF_ACCOUNT.test(identifier)),
);

/** Rules that want a number or a name, or whose own default is not ours; as text, as Config wants them. */
export const ruleParameters: Record<string, Record<string, string>> = {
  "access-keys-rotated": { maxAccessKeyAge: "90" },
  // The boundary of roles allows everything and grants nothing.
  "no-administrators": { excludePermissionBoundaryPolicy: "true" },
  // That they end some day: how soon is the stack's own setting.
  "log-groups-end": { MinRetentionTime: "30" },
  "cache-backed-up": { snapshotRetentionPeriod: "1" },
  // AWS refuses the rule, and with it the whole pack, without a list of names. Where tasks log in by their roles, the address
  // of the database is no secret and stands in the task.
  "no-secrets-in-tasks": {
    secretKeys: [...secretVariables]
      .filter((variable) => variable !== "MONGODB_URI")
      .sort()
      .join(","),
  },
};

/** What CloudFront has is known to Config in one region alone; in others AWS refuses the rules. */
const GLOBAL_REGION = "us-east-1";
const isKnownIn = (region: string, identifier: string) =>
  region === GLOBAL_REGION || !identifier.startsWith("CLOUDFRONT_");

/** The template of a conformance pack for a region. JSON is YAML. */
export const conformanceTemplate = (rules: Record<string, string>, region: string): string =>
  JSON.stringify({
    Resources: Object.fromEntries(
      Object.entries(rules)
        .filter(([, identifier]) => isKnownIn(region, identifier))
        .map(([name, identifier]) => [
          name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
          {
            Type: "AWS::Config::ConfigRule",
            Properties: {
              ConfigRuleName: name,
              Source: { Owner: "AWS", SourceIdentifier: identifier },
              ...(ruleParameters[name] ? { InputParameters: ruleParameters[name] } : {}),
            },
          },
        ]),
    ),
  });
