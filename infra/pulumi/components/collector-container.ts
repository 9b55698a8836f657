// The container beside a program that takes its traces and sends them to X-Ray: the AWS Distro for OpenTelemetry Collector.
import { type Statement } from "../lib/policy-document.ts";
import { COLLECTOR_ADDRESS } from "../lib/telemetry-environment.ts";

/**
 * v0.50.0, by the digest of its index, out of which ECS takes the image for ARM64. AWS publishes it there and nowhere else;
 * tasks fetch it through NAT, for a registry that is open to all has no endpoint in a VPC. To take a newer one:
 * `docker buildx imagetools inspect public.ecr.aws/aws-observability/aws-otel-collector:<version>` says its digest.
 */
export const COLLECTOR_IMAGE =
  "public.ecr.aws/aws-observability/aws-otel-collector:v0.50.0" +
  "@sha256:7968fb60db6a2390a47ba6a2df029745638486e285c9b2487da1b722d0855a3e";

/**
 * The MiB at which it is killed. Of CPU units no container says anything: ECS gives the proxy of Service Connect, which is in
 * the task as well and in no definition, the kernel's least share, and whoever had more would starve it, and thus all calls.
 */
export const collectorMemory = 128;

/**
 * What the exporter for X-Ray calls. AWS's own policy for whoever relays traces (AWSXRayDaemonWriteAccess) also lets it read
 * rules of sampling, which nobody asks for here: programs decide by themselves. X-Ray knows no resource for either of these
 * (Service Authorization Reference).
 */
export const sendTraces: Statement = {
  Sid: "SendTraces",
  Effect: "Allow",
  Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  Resource: "*",
};

export interface Collector {
  /** Of the program, whose lines X-Ray then shows beside a trace. */
  logGroup: string;
  region: string;
}

/** JSON is YAML, which is what the collector reads. */
const configuration = ({ logGroup, region }: Collector) =>
  JSON.stringify({
    extensions: { health_check: { endpoint: "127.0.0.1:13133" } },
    receivers: { otlp: { protocols: { http: { endpoint: COLLECTOR_ADDRESS } } } },
    processors: {
      // It drops traces before it is killed for its memory.
      memory_limiter: { check_interval: "1s", limit_mib: 96, spike_limit_mib: 24 },
      batch: { timeout: "1s" },
    },
    exporters: { awsxray: { region, aws_log_groups: [logGroup] } },
    service: {
      extensions: ["health_check"],
      pipelines: { traces: { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: ["awsxray"] } },
      telemetry: { logs: { level: "warn" } },
    },
  });

/**
 * As ECS wants it described. A shop without traces sells, so nothing depends on it: it is not essential, its health is nobody
 * else's (ECS: health of containers that are not essential has no effect on the task), and ECS starts it again by itself.
 */
export const collectorContainer = (collector: Collector) => ({
  name: "traces",
  image: COLLECTOR_IMAGE,
  essential: false,
  restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
  memory: collectorMemory,
  // No `user`: since v0.35.0 the image has one of its own that is not root (aws-otel-collector, issue 2317).
  readonlyRootFilesystem: true,
  linuxParameters: { capabilities: { drop: ["ALL"] } },
  environment: [
    { name: "AOT_CONFIG_CONTENT", value: configuration(collector) },
    // Go gives memory back before the container's limit.
    { name: "GOMEMLIMIT", value: "96MiB" },
  ],
  healthCheck: { command: ["CMD", "/healthcheck"], interval: 30, timeout: 5, retries: 3, startPeriod: 10 },
  logConfiguration: {
    logDriver: "awslogs",
    options: {
      "awslogs-group": collector.logGroup,
      "awslogs-region": collector.region,
      "awslogs-stream-prefix": "traces",
      mode: "non-blocking",
      "max-buffer-size": "1m",
    },
  },
});
