// One encrypted topic whose owner is a setting.
import * as kms from "@pulumi/aws/kms/index.js";
import { Provider } from "@pulumi/aws/provider.js";
import * as sns from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, tlsOnly } from "../../../lib/policy-document.ts";
import { tagsOf } from "../../../lib/tags.ts";

const owner = new pulumi.Config().require("owner");
const tags = tagsOf({ stack: "dev", program: "topic", owner });
const provider = new Provider("aws", { region: "us-east-1", defaultTags: { tags } });
const key = new kms.Key("alarms", { enableKeyRotation: true }, { provider });
const topic = new sns.Topic("alarms", { name: "tradegraph-dev-alarms", kmsMasterKeyId: key.arn }, { provider });
new sns.TopicPolicy(
  "alarms",
  { arn: topic.arn, policy: policyDocument(tlsOnly("sns:Publish", topic.arn)) },
  { provider },
);
