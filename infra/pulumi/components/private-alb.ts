import * as iam from "@pulumi/aws/iam/index.js";
import * as lb from "@pulumi/aws/lb/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type Statement, trustService } from "../lib/policy-document.ts";

export interface PrivateAlbArgs {
  /** Name at AWS. */
  name: string;
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupId: pulumi.Input<string>;
  /** Certificate of the home region. */
  certificateArn: pulumi.Input<string>;
  /** Bucket of access logs: AWS writes them with SSE-S3 only. */
  logsBucket: pulumi.Input<string>;
  /** Whether AWS refuses to delete it. */
  deletionProtection: boolean;
}

/** Takes 1.2 and 1.3; CloudFront speaks no 1.3 to origins. */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** The load balancer: without a public address, so that there is no way around CloudFront and its firewall. */
export class PrivateAlb extends pulumi.ComponentResource {
  readonly loadBalancer: lb.LoadBalancer;
  /** Answers 404 until routes are added. */
  readonly listener: lb.Listener;
  /** ECS shifts traffic between target groups with it. */
  readonly trafficRole: iam.Role;

  constructor(name: string, args: PrivateAlbArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:PrivateAlb", name, {}, opts);
    const inside = { parent: this };
    this.loadBalancer = new lb.LoadBalancer(
      name,
      {
        name: args.name,
        internal: true,
        loadBalancerType: "application",
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        // Programs must not see what RFC 9110 forbids, nor what two servers could read in two ways.
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "strictest",
        preserveHostHeader: true,
        xffHeaderProcessingMode: "append",
        enableDeletionProtection: args.deletionProtection,
        // Longer than the gateway waits for its slowest answer, shorter than CloudFront keeps connections.
        idleTimeout: 60,
        accessLogs: { enabled: true, bucket: args.logsBucket, prefix: "alb" },
      },
      inside,
    );
    this.listener = new lb.Listener(
      name,
      {
        loadBalancerArn: this.loadBalancer.arn,
        port: 443,
        protocol: "HTTPS",
        sslPolicy: TLS_POLICY,
        certificateArn: args.certificateArn,
        defaultActions: [
          {
            type: "fixed-response",
            fixedResponse: { contentType: "application/json", statusCode: "404", messageBody: '{"error":"not found"}' },
          },
        ],
      },
      inside,
    );
    this.trafficRole = new iam.Role(
      `${name}-traffic`,
      {
        name: `${args.name}-traffic`,
        description: "ECS shifts traffic between target groups",
        assumeRolePolicy: trustService("ecs.amazonaws.com"),
      },
      inside,
    );
    new iam.RolePolicyAttachment(
      `${name}-traffic`,
      {
        role: this.trafficRole.name,
        policyArn: "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers",
      },
      inside,
    );
    this.registerOutputs();
  }
}

/** For the policy of the bucket: load balancers of this account write under their own prefix. */
export const albWritesLogs = (bucketArn: pulumi.Output<string>, account: string, region: string): Statement => ({
  Sid: "AccessLogs",
  Effect: "Allow",
  Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: pulumi.interpolate`${bucketArn}/alb/AWSLogs/${account}/*`,
  Condition: {
    ArnLike: { "aws:SourceArn": `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/*` },
  },
});
