import { DescribeServicesCommand, type ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";

/** Part of "AWS Service Event via CloudTrail" of a rotation that succeeded. */
export interface RotatedEvent {
  /** When it happened, ISO 8601. */
  time: string;
  detail: { additionalEventData?: { SecretId?: string } };
}

export interface Readers {
  cluster: string;
  /** Services by ARN of the secret that they read when they start. */
  services: Record<string, string[]>;
}

/**
 * Starts a new deployment of each service that reads the secret, unless one began after the event: the event may come twice,
 * and a release may have been faster.
 * @returns services that are deployed anew
 * @throws AggregateError after all of them were tried
 */
export async function redeploy(client: Pick<ECSClient, "send">, event: RotatedEvent, readers: Readers) {
  const { cluster } = readers;
  const names = readers.services[event.detail.additionalEventData?.SecretId ?? ""] ?? [];
  if (names.length === 0) return [];
  const since = new Date(event.time);
  const { services = [] } = await client
    .send(new DescribeServicesCommand({ cluster, services: names }))
    .catch((error: Error) => {
      // Before the first release nothing runs, and nothing has to be told.
      if (error.name === "ClusterNotFoundException") return { services: [] };
      throw error;
    });
  const stale = services.filter(
    ({ status, deployments = [] }) =>
      status === "ACTIVE" && !deployments.some(({ createdAt }) => createdAt && createdAt >= since),
  );
  const results = await Promise.allSettled(
    stale.map(({ serviceName: service }) =>
      client.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true })),
    ),
  );
  const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join("; "));
  return stale.map(({ serviceName = "" }) => serviceName);
}
