// What ECS says of a deployment, and what that means for a release.
import { ECSClient } from "@aws-sdk/client-ecs";
import { describe, expect, it } from "vitest";
import { type ReleaseError } from "./failure.ts";
import { waitForServices } from "./wait-services.ts";

const digest = `sha256:${"a".repeat(64)}`;

interface Deployment {
  status: string;
  lifecycleStage?: string;
  statusReason?: string;
  lifecycleHookDetails?: { hookId: string; status: string }[];
}

/** An ECS that answers with these deployments, one after the other; the last stays. */
function ecsWith(deployments: Deployment[], image = `registry/app@${digest}`, steady?: object): ECSClient {
  let turn = 0;
  const answers: Record<string, () => object> = {
    ListServiceDeploymentsCommand: () => ({
      serviceDeployments: steady
        ? []
        : [
            { serviceDeploymentArn: "arn:older", createdAt: new Date(1) },
            { serviceDeploymentArn: "arn:newest", createdAt: new Date(2) },
          ],
    }),
    DescribeServiceDeploymentsCommand: () => ({
      serviceDeployments: [deployments[Math.min(turn++, deployments.length - 1)]],
    }),
    DescribeServicesCommand: () => ({ services: [{ taskDefinition: "arn:task", ...steady }] }),
    DescribeTaskDefinitionCommand: () => ({ taskDefinition: { containerDefinitions: [{ image }] } }),
  };
  const client = new ECSClient({ region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
  client.send = ((command: object) => Promise.resolve(answers[command.constructor.name]?.())) as typeof client.send;
  return client;
}

async function watch(ecs: ECSClient) {
  const said: string[] = [];
  const place = { ecs, cluster: "graph", patience: { pollMs: 1, waitMs: 200 }, say: (line: string) => said.push(line) };
  const error = await waitForServices(["gateway"], digest, place).then(
    () => undefined,
    (reason: unknown) => reason as ReleaseError,
  );
  return { said, error };
}

describe("waiting for services", () => {
  it("tells each stage once and ends when ECS is done", async () => {
    const going = { status: "IN_PROGRESS", lifecycleStage: "BAKE_TIME" };
    const { said, error } = await watch(ecsWith([{ status: "PENDING" }, going, going, { status: "SUCCESSFUL" }]));
    expect(error).toBeUndefined();
    expect(said).toEqual(["gateway: PENDING", "gateway: IN_PROGRESS, BAKE_TIME", "gateway: SUCCESSFUL"]);
  });

  it("says how to answer where ECS waits for a person", async () => {
    const paused = {
      status: "IN_PROGRESS",
      lifecycleStage: "POST_TEST_TRAFFIC_SHIFT",
      lifecycleHookDetails: [{ hookId: "hook-1", status: "AWAITING_ACTION" }],
    };
    const { said } = await watch(ecsWith([paused, { status: "SUCCESSFUL" }]));
    expect(said[0]).toContain("--service-deployment-arn arn:newest --hook-id hook-1 --action CONTINUE (or ROLLBACK)");
  });

  it.each(["ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED", "STOPPED"])(
    "takes %s for what it is",
    async (status) => {
      const { error } = await watch(ecsWith([{ status, statusReason: "alarm release-errors" }]));
      expect(error?.ending).toBe("takenBack");
      expect(error?.message).toContain("ECS has taken gateway back: alarm release-errors");
    },
  );

  it("does not believe a success with another image", async () => {
    const { error } = await watch(ecsWith([{ status: "SUCCESSFUL" }], `registry/app@sha256:${"b".repeat(64)}`));
    expect(error?.ending).toBe("takenBack");
    expect(error?.message).toContain("it runs registry/app@sha256:bbbb");
  });

  it("takes the service's word where ECS has no record of a deployment", async () => {
    const steady = { deployments: [{ rolloutState: "COMPLETED" }], desiredCount: 2, runningCount: 2 };
    expect((await watch(ecsWith([], undefined, steady))).error).toBeUndefined();
    const failed = { deployments: [{ rolloutState: "FAILED", rolloutStateReason: "circuit breaker" }] };
    expect((await watch(ecsWith([], undefined, failed))).error?.message).toContain("circuit breaker");
  });

  it("has patience, but not for ever", async () => {
    const { error } = await watch(ecsWith([{ status: "IN_PROGRESS" }]));
    expect(error?.ending).toBe("failed");
    expect(error?.message).toContain("has come to no end");
  });
});
