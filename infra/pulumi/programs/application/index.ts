// With every release: images, load balancer, edge and the services of the graph. Data and network are foundation's.
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "../../components/certificate.ts";
import { DistributionLogs } from "../../components/distribution-logs.ts";
import { Distribution } from "../../components/distribution.ts";
import { DnsRecords } from "../../components/dns-records.ts";
import { EcsCluster } from "../../components/ecs-cluster.ts";
import { EDGE_REGION, EdgeWaf } from "../../components/edge-waf.ts";
import { ImageRepository } from "../../components/image-repository.ts";
import { albWritesLogs, PrivateAlb } from "../../components/private-alb.ts";
import { PrivateBucket } from "../../components/private-bucket.ts";
import { awsProvider } from "../../lib/aws-provider.ts";
import { readFoundation } from "../../lib/foundation-outputs.ts";
import { bucketName, physicalName, PRODUCT } from "../../lib/naming.ts";
import { type Region } from "../../lib/regions.ts";
import { readSettings } from "../../lib/settings.ts";
import { currentStack } from "../../lib/stack-name.ts";
import { type Around } from "./around.ts";
import { makeCanaries, measureVisits } from "./canaries.ts";
import { purgeAssets } from "./functions.ts";
import { isExample, nextSteps } from "./next-steps.ts";
import { makeDelivery } from "./delivery.ts";
import { makeServices } from "./services.ts";
import { settings, together } from "./settings.ts";
import { standbyOf, standbyOutputs } from "./standby.ts";
import { surroundingsOf } from "./surroundings.ts";
import { makeWatch } from "./watch.ts";

const stack = currentStack();
const given = readSettings(settings, together);
const { account, region, hostedZoneId: zoneId, logRetentionDays, deletionProtection, emptyOnDestroy } = given;
const provider = awsProvider("application", stack, given);
const foundation = readFoundation(given.foundationStack);
const { network, buckets, keys } = foundation;
// The second region, where the stack has one: images and a certificate for it, and CloudFront's way there.
const standby = standbyOf(given, foundation);
const domains: [string, ...string[]] = [given.domain, ...given.tenantHosts.map((pair) => pair.split("=")[0] ?? "")];

// Platform: where images are kept and tasks run.
const images = new ImageRepository(
  "images",
  {
    name: physicalName(stack, "app"),
    keyArn: keys.data,
    keepImages: given.keepImages,
    forceDelete: emptyOnDestroy,
    ...(standby ? { replica: { region: standby.region, account, keyArn: standby.keyArn } } : {}),
  },
  { provider, protect: deletionProtection },
);
const cluster = new EcsCluster(
  "cluster",
  { name: physicalName(stack, "graph"), logsKeyArn: keys.logs, logRetentionDays },
  { provider },
);

// Edge: names, certificates, firewall, CloudFront, and the private load balancer behind it.
const regions: Region[] = [region, EDGE_REGION, ...(standby ? [standby.region] : [])];
const certificate = new Certificate("certificate", { domains, zoneId, regions }, { provider });
const albLogs = new PrivateBucket(
  "alb-logs",
  {
    name: bucketName(stack, "alb-logs", account),
    keyArn: undefined,
    keepOldVersionsDays: 7,
    emptyOnDestroy,
    lifecycle: [{ id: "expiry", status: "Enabled", filter: {}, expiration: { days: logRetentionDays } }],
    statements: (arn) => [albWritesLogs(arn, account, region)],
  },
  { provider },
);
const alb = new PrivateAlb(
  "alb",
  {
    name: physicalName(stack, "alb"),
    subnetIds: network.privateSubnetIds,
    securityGroupId: foundation.securityGroups.alb,
    certificateArn: certificate.arns[region] ?? "",
    logsBucket: albLogs.bucket.bucket,
    deletionProtection,
  },
  // AWS writes a first file to see whether it may.
  { provider, dependsOn: [albLogs] },
);
const firewall = new EdgeWaf(
  "firewall",
  {
    name: physicalName(stack, "edge"),
    mode: given.firewallMode,
    antiDdos: given.antiDdos,
    requestsPerAddress: given.requestsPerAddress,
    logRetentionDays,
    ...(region === EDGE_REGION ? { logsKeyArn: keys.logs } : {}),
  },
  { provider },
);
const edge = new Distribution(
  "edge",
  {
    name: physicalName(stack, "edge"),
    domains,
    certificateArn: certificate.arns[EDGE_REGION] ?? "",
    webAclArn: firewall.webAcl.arn,
    loadBalancer: { arn: alb.loadBalancer.arn, dnsName: alb.loadBalancer.dnsName },
    assets: { bucketDomainName: buckets.assets.domainName },
    priceClass: given.priceClass,
    ...(standby?.origin ? { standby: standby.origin } : {}),
  },
  // CloudFront looks whether something listens there.
  { provider, dependsOn: [alb] },
);
new DistributionLogs(
  "edge",
  {
    name: physicalName(stack, "edge"),
    distributionArn: edge.distribution.arn,
    bucketArn: buckets.logs.arn,
  },
  { provider },
);
new DnsRecords(
  "names",
  {
    domains,
    zoneId,
    target: { domainName: edge.distribution.domainName, hostedZoneId: edge.distribution.hostedZoneId },
  },
  { provider },
);

const imageAt = (digest: string) => pulumi.interpolate`${images.repository.repositoryUrl}@${digest}`;

const around: Around = {
  ...{ stack, given, foundation, provider, cluster, alb },
  distribution: edge.distribution,
  migrateImage: imageAt(given.migrateDigest || given.imageDigest),
  place: {
    prefix: `${PRODUCT}-${stack}`,
    account,
    region,
    image: imageAt(given.imageDigest),
    repositoryArn: images.repository.arn,
    logsKeyArn: keys.logs,
    logRetentionDays,
    secretsKeyArn: keys.secrets,
  },
};

// Services of the graph, and the task that migrates their databases.
const graph = makeServices(around);

// What the CDN keeps of assets, and what the world sees.
purgeAssets(around);
makeCanaries(around);

// Who is told what.
makeWatch({ stack, given, foundation, provider, cluster, alb, edge, firewall, services: graph.services });

// How releases come, where that is not GitHub Actions.
makeDelivery({ stack, given, foundation, provider });

// As lib/application-outputs.ts says.
export const url = `https://${given.domain}/graphql`;
export const { services, databaseUsers, migrate } = graph;
export const loadBalancer = alb.loadBalancer.arnSuffix;
export const distributionId = edge.distribution.id;
export const repository = images.repository.repositoryUrl;
export const surroundings = surroundingsOf({ stack, given, foundation, distribution: edge.distribution });
export const recovery = standby ? standbyOutputs(standby, { certificate, images, edge }) : null;
export const visits = measureVisits(around);
export const { imageDigest: image, previousDigest: previousImage } = given;
export const next = repository.apply((url) => nextSteps(given, url));
if (isExample(given)) void pulumi.log.info("imageDigest is the example of the stack file: see the output next");
const { name: clusterName } = cluster.cluster;
const { name: firewallName } = firewall.webAcl;
export { clusterName as cluster, firewallName as firewall };
