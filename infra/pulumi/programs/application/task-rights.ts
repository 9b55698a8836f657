// What programs may do at AWS, each only what it does.
import type * as pulumi from "@pulumi/pulumi";
import { type Deployable } from "../../lib/catalogue.ts";
import { type FoundationOutputs } from "../../lib/foundation-outputs.ts";
import { type Statement } from "../../lib/policy-document.ts";

export interface Resources {
  fieldsKeyArn: pulumi.Input<string>;
  distributionArn: pulumi.Input<string>;
  files: pulumi.Output<FoundationOutputs["files"]>;
}

/** By what the program reads: whoever is given a key may use it, whoever is told of a CDN may purge it. */
export function rightsOf({ settings }: Pick<Deployable, "settings">, resources: Resources): Statement[] {
  const { files } = resources;
  const rights: Record<string, Statement> = {
    ENCRYPTION_KMS_KEY_ID: {
      Sid: "SealFields",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:Decrypt"],
      Resource: resources.fieldsKeyArn,
    },
    RESPONSE_CACHE_CDN_ID: {
      Sid: "PurgeAnswers",
      Effect: "Allow",
      Action: "cloudfront:CreateInvalidation",
      Resource: resources.distributionArn,
    },
    AUDIT_SPOOL_DIR: {
      Sid: "SpoolRecords",
      Effect: "Allow",
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      Resource: files.fileSystemArn,
      Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": files.accessPointArn } },
    },
  };
  return Object.entries(rights)
    .filter(([setting]) => settings.includes(setting))
    .map(([, statement]) => statement);
}
