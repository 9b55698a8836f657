// What the programs before this one have made ready for a second region. Whatever is missing stops the plan with a word on
// what to do, for a second region that would not take over is worse than none.
import * as pulumi from "@pulumi/pulumi";
import { parseCidr } from "../../components/network-plan.ts";
import { type Application, type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { type Foundation, type FoundationOutputs } from "../../lib/foundation-outputs.ts";
import { type Surroundings } from "../../lib/task-environment.ts";
import { type Settings } from "./settings.ts";

export interface Ready {
  /** Key of data, backups and secrets in this region, and the replica of the key of fields. */
  keyArn: string;
  fieldsKeyArn: string;
  globalClusterId: string;
  homeClusterArn: string;
  /** ARNs of the copies of secrets, by setting. */
  secrets: Record<string, string>;
  certificateArn: string;
  /** `repository@sha256:…` of this region. */
  image: string;
  repositoryArn: string;
  keyValueStoreArn: string | null;
  surroundings: Surroundings;
  home: Pick<ApplicationOutputs, "cluster" | "services">;
}

/** Waits for the outputs of both stacks and looks at them. */
export const readyFor = (given: Settings, foundation: Foundation, application: Application): pulumi.Output<Ready> =>
  pulumi
    .all([
      pulumi.output({
        network: foundation.network,
        database: foundation.database,
        secrets: foundation.secrets,
        recovery: foundation.recovery,
      }),
      pulumi.output({
        cluster: application.cluster,
        services: application.services,
        surroundings: application.surroundings,
        recovery: application.recovery,
        image: application.image,
      }),
    ])
    .apply(([data, programs]) => examined(given, data as Data, programs as Programs));

type Data = Pick<FoundationOutputs, "network" | "database" | "secrets" | "recovery">;
type Programs = Pick<ApplicationOutputs, "cluster" | "services" | "surroundings" | "recovery" | "image">;

/**
 * The facts this program stands on.
 * @throws with all that is missing at once
 */
export function examined(given: Settings, { network, database, secrets, recovery }: Data, programs: Programs): Ready {
  const { surroundings, recovery: standby, image } = programs;
  const { region: homeRegion } = surroundings;
  const missing = Object.entries({
    [`foundation and application must have recoveryRegion ${given.region}`]:
      recovery?.region === given.region && standby?.region === given.region,
    [`homeRegion must be that of application, ${homeRegion}`]: homeRegion === given.homeRegion,
    "the second region must be another one than the first": homeRegion !== given.region,
    [`cidr ${given.cidr} has addresses of foundation's ${network.vpcCidr}`]: !overlap(given.cidr, network.vpcCidr),
    "foundation has no global database: set databaseGlobal, and databaseClass to an instance class":
      database.globalClusterId !== undefined,
    [`databaseVersion must be foundation's ${database.version}`]: database.version === given.databaseVersion,
    "tasks must log in by their roles (databaseUsers: iam): passwords with an address in them lead to the first region":
      database.users === "iam",
    "application has no image yet": Boolean(image),
  })
    .filter(([, holds]) => !holds)
    .map(([what]) => what);
  if (missing.length > 0 || !recovery || !standby) throw new pulumi.RunError(missing.join("\n"));
  return {
    keyArn: recovery.keyArn,
    fieldsKeyArn: recovery.fieldsKeyArn,
    globalClusterId: database.globalClusterId ?? "",
    homeClusterArn: database.clusterArn ?? "",
    // AWS calls a copy of a secret like the secret, in its own region.
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([key, arn]) => [key, arn.replace(`:${homeRegion}:`, `:${given.region}:`)]),
    ),
    certificateArn: standby.certificateArn,
    image: `${standby.repositoryUrl}@${image}`,
    repositoryArn: standby.repositoryArn,
    keyValueStoreArn: standby.keyValueStoreArn,
    surroundings,
    home: { cluster: programs.cluster, services: programs.services },
  };
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return a.start < b.start + b.size && b.start < a.start + a.size;
}
