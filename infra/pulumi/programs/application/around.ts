// What services and jobs of this program are made from.
import { type Distribution } from "@pulumi/aws/cloudfront/index.js";
import { type Provider } from "@pulumi/aws/provider.js";
import type * as pulumi from "@pulumi/pulumi";
import { type EcsCluster } from "../../components/ecs-cluster.ts";
import { type PrivateAlb } from "../../components/private-alb.ts";
import { type TaskPlace } from "../../components/task.ts";
import { type Foundation } from "../../lib/foundation-outputs.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { type Settings } from "./settings.ts";

export interface Around {
  stack: StackName;
  given: Settings;
  foundation: Foundation;
  provider: Provider;
  cluster: EcsCluster;
  alb: PrivateAlb;
  distribution: Distribution;
  place: TaskPlace;
  /** Of the release that comes, while services still run the one before. */
  migrateImage: pulumi.Input<string>;
}
