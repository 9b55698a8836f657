// What AWS's provider refuses: wrong values, a forgotten provider, a function nobody wrote an answer for.
import { getRegions } from "@pulumi/aws/getRegions.js";
import * as lb from "@pulumi/aws/lb/index.js";
import { Provider } from "@pulumi/aws/provider.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";

const provider = new Provider("aws", { region: "us-east-1" });
const what = new pulumi.Config().require("what");

const mistakes: Record<string, () => unknown> = {
  value: () => new s3.BucketVersioning("b", { bucket: "b", versioningConfiguration: { status: "On" } }, { provider }),
  name: () => new lb.TargetGroup("g", { name: "tradegraph-production-gateway-blue" }, { provider }),
  provider: () => new sns.Topic("t", { name: "t" }),
  function: () => getRegions({}, { provider }),
};
await mistakes[what]?.();
