// What this program does for a second region (docs/RECOVERY.md). The region itself is the program `recovery`, which goes up
// after this one; once it has, the setting `recoveryStack` names it, and CloudFront gets its way there.
import type * as pulumi from "@pulumi/pulumi";
import { type Certificate } from "../../components/certificate.ts";
import { type Distribution, type StandbyArgs } from "../../components/distribution.ts";
import { type ImageRepository } from "../../components/image-repository.ts";
import { type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { type Foundation } from "../../lib/foundation-outputs.ts";
import { readRecovery } from "../../lib/recovery-outputs.ts";
import { type Region } from "../../lib/regions.ts";
import { type Settings } from "./settings.ts";

export interface Standby {
  region: Region;
  /** Key of the second region. */
  keyArn: pulumi.Output<string>;
  /** CloudFront's way there. */
  origin: StandbyArgs | undefined;
}

/** Undefined where the stack has no second region. */
export function standbyOf(given: Settings, { recovery }: Foundation): Standby | undefined {
  const { region: homeRegion, recoveryRegion: region, recoveryStack } = given;
  if (region === "") return undefined;
  const copies = recovery.apply((found) => {
    if (found?.region === region) return found;
    throw new Error(`recoveryRegion is ${region}, that of foundation is ${found?.region ?? "none"}`);
  });
  const there = recoveryStack === "" ? undefined : readRecovery(recoveryStack);
  const origin = there && {
    homeRegion,
    region,
    vpcOriginId: there.edge.vpcOriginId,
    dnsName: there.edge.dnsName,
    assetsDomainName: copies.apply(({ buckets }) => buckets.assets?.domainName ?? ""),
  };
  return { region, keyArn: copies.keyArn, origin };
}

interface Made {
  certificate: Certificate;
  images: ImageRepository;
  edge: Distribution;
}

/** What `recovery` reads. */
export const standbyOutputs = (
  { region }: Standby,
  { certificate, images, edge }: Made,
): { [Field in keyof NonNullable<ApplicationOutputs["recovery"]>]: pulumi.Input<string | null> } => ({
  region,
  certificateArn: certificate.arns[region] ?? "",
  repositoryUrl: images.replica?.repositoryUrl ?? "",
  repositoryArn: images.replica?.arn ?? "",
  // An output that is undefined is a warning of Pulumi.
  keyValueStoreArn: edge.switch?.store.arn ?? null,
});
