import * as backup from "@pulumi/aws/backup/index.js";
import * as ecr from "@pulumi/aws/ecr/index.js";
import * as efs from "@pulumi/aws/efs/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as kms from "@pulumi/aws/kms/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import * as sqs from "@pulumi/aws/sqs/index.js";
import { type ReportViolation, type ResourceValidationPolicy } from "@pulumi/policy";
import { accountOf, isEverybody, listOf } from "../principals.ts";
import { isSet, known } from "../unknown.ts";

const KINDS = [
  ...[kms.Key, kms.ReplicaKey, s3.BucketPolicy, sns.TopicPolicy, sqs.QueuePolicy, secretsmanager.SecretPolicy],
  ...[ecr.RepositoryPolicy, efs.FileSystemPolicy, backup.VaultPolicy],
];

interface Statement {
  Sid?: string;
  Effect?: string;
  Principal?: unknown;
  NotPrincipal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** Conditions that say who may come. Any other one (the name of a browser, say) is kept by whoever wants to. */
const WHO =
  /^(?:aws:(?:Principal(?:Arn|Account|OrgID)|Source(?:Account|Arn|Vpc|Vpce))|kms:CallerAccount|elasticfilesystem:AccessedViaMountTarget)$/i;

const isBound = (condition: Statement["Condition"]): boolean =>
  Object.entries(condition ?? {}).some(
    ([operator, keys]) =>
      !/Not|IfExists|ForAllValues/.test(operator) &&
      Object.entries(keys).some(([key, values]) => WHO.test(key) && ![values].flat().includes("*")),
  );

/** What a thing is used for, as its service tells KMS: the topic or log group of one account. */
const isForOneThing = (condition: Statement["Condition"]): boolean =>
  Object.values(condition ?? {}).some((keys) =>
    Object.keys(keys).some((key) => key.startsWith("kms:EncryptionContext:")),
  );

/** EventBridge sends nothing to a topic whose policy has a condition for it (SNS: "Amazon EventBridge" as a sender). */
const isSenderWithoutCondition = (service: string, isTopic: boolean) => isTopic && service === "events.amazonaws.com";

/** A policy on a thing counts beside those of roles: it must not open to all what they keep closed. */
export const resourcePolicies: ResourceValidationPolicy = {
  name: "resource-policies",
  description: "Policies of keys, buckets, topics, queues, secrets, images, files and functions name who may come.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource({ isType, props, provider }, report) {
    if (isType(lambda.Permission)) return callers(props as unknown as lambda.Permission, report);
    if (!KINDS.some((kind) => isType(kind as never))) return;
    const policy = known(() => (props as { policy?: unknown }).policy);
    if (policy === undefined) return;
    const text = typeof policy === "string" ? policy : JSON.stringify(policy);
    for (const { Sid, Effect, Principal, NotPrincipal, Condition } of [
      (JSON.parse(text) as { Statement: Statement[] }).Statement,
    ].flat()) {
      const open = isEverybody(Principal) && !isBound(Condition);
      if (Effect !== "Allow") continue;
      const sid = Sid ?? "no Sid";
      if (open || NotPrincipal) report(`everybody may use it (${sid})`);
      for (const foreign of foreigners(Principal, ownAccounts(provider?.props)))
        report(`the account ${foreign} may use it (${sid})`);
      const { Service } = (Principal ?? {}) as { Service?: string | string[] };
      for (const service of isBound(Condition) || isForOneThing(Condition) ? [] : listOf(Service)) {
        if (!isSenderWithoutCondition(service, isType(sns.TopicPolicy)))
          report(`${service} may use it for every customer of AWS (${sid})`);
      }
    }
  },
};

/** Accounts of the provider, whose lists travel as text; undefined where it takes any. */
function ownAccounts(provider: Record<string, unknown> | undefined): string[] | undefined {
  const given = known(() => provider?.["allowedAccountIds"] as string | string[] | undefined);
  return typeof given === "string" ? (JSON.parse(given) as string[]) : given;
}

const foreigners = (principal: unknown, own: string[] | undefined): string[] =>
  own === undefined
    ? []
    : listOf((principal as { AWS?: string | string[] } | undefined)?.AWS)
        .flatMap((one) => accountOf(one) ?? [])
        .filter((account) => !own.includes(account));

/** A service of AWS works for all its customers: the permission says for which one it may call. */
function callers(given: lambda.Permission, report: ReportViolation): void {
  const who = String(known(() => given.principal) ?? "");
  if (who === "*") return report("everybody may call the function");
  const bound = isSet(() => given.sourceAccount) || isSet(() => given.sourceArn) || isSet(() => given.principalOrgId);
  if (who.endsWith(".amazonaws.com") && !bound) report(`${who} may call the function for every customer of AWS`);
}
