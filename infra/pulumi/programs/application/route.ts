import { type Provider } from "@pulumi/aws/provider.js";
import type * as pulumi from "@pulumi/pulumi";
import { PrivateAlbRoute } from "../../components/private-alb-route.ts";
import { type PrivateAlb } from "../../components/private-alb.ts";
import { catalogue, type Deployable } from "../../lib/catalogue.ts";
import { SHUTDOWN_SECONDS } from "../../lib/task-environment.ts";

export interface RoutePlace {
  /** First part of names at AWS. */
  prefix: string;
  vpcId: pulumi.Input<string>;
  alb: PrivateAlb;
  provider: Provider;
}

/** The way from the load balancer to a service, here as in the second region; undefined for one that has no paths. */
export function routeOf(
  service: Deployable,
  { prefix, vpcId, alb, provider }: RoutePlace,
): PrivateAlbRoute | undefined {
  if (service.paths.length === 0) return undefined;
  return new PrivateAlbRoute(
    service.name,
    {
      ...{ prefix, vpcId },
      listenerArn: alb.listener.arn,
      order: 1 + catalogue.indexOf(service),
      paths: service.paths,
      port: service.port,
      readyPath: service.probes.ready,
      drainSeconds: SHUTDOWN_SECONDS,
    },
    { provider },
  );
}
