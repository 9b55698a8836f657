// A provider without the tags of everything.
import { Provider } from "@pulumi/aws/provider.js";
import * as sns from "@pulumi/aws/sns/index.js";

const provider = new Provider("aws", { region: "us-east-1" });
new sns.Topic("alarms", { name: "tradegraph-dev-alarms", tags: { Owner: "nobody" } }, { provider });
// Looks like a kind that has no tags.
new sns.Topic("bare", { name: "tradegraph-dev-bare" }, { provider });
