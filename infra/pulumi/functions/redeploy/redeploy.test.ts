import { ECSClient } from "@aws-sdk/client-ecs";
import { afterEach, describe, expect, it } from "vitest";
import { type FakeAws, fakeAws, failure, type Reply, type Sent } from "../../testing/fake-aws.ts";
import { redeploy } from "./redeploy.ts";

const SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:tradegraph-prod/REDIS_URL-AbCdEf";
const readers = { cluster: "tradegraph-prod-graph", services: { [SECRET]: ["gateway", "users"] } };
const event = (SecretId = SECRET) => ({ time: "2026-02-01T10:00:00Z", detail: { additionalEventData: { SecretId } } });
const at = (time: string) => Date.parse(time) / 1000;
const service = (serviceName: string, changed: object = {}) => ({
  ...{ serviceName, status: "ACTIVE", deployments: [{ createdAt: at("2026-01-01T00:00:00Z") }] },
  ...changed,
});

let aws: FakeAws;
afterEach(() => aws.close());
const serving = async (services: object[], update: (sent: Sent) => Reply = () => ({ body: {} })) => {
  aws = await fakeAws((sent) => (sent.operation === "DescribeServices" ? { body: { services } } : update(sent)));
  return new ECSClient({ ...aws.client, maxAttempts: 1 });
};
const updates = () => aws.sent.filter(({ operation }) => operation === "UpdateService");

describe("the deployment after a rotation", () => {
  it("starts every service that reads the secret anew", async () => {
    const client = await serving([service("gateway"), service("users")]);
    expect(await redeploy(client, event(), readers)).toEqual(["gateway", "users"]);
    expect(updates().map(({ body }) => JSON.parse(body) as object)).toEqual(
      ["gateway", "users"].map((name) => ({ cluster: readers.cluster, service: name, forceNewDeployment: true })),
    );
  });

  it("leaves those alone that were deployed since, so that the same event does nothing the second time", async () => {
    const since = { deployments: [{ createdAt: at("2026-02-01T10:00:05Z") }] };
    const client = await serving([service("gateway", since), service("users", { status: "DRAINING" })]);
    expect(await redeploy(client, event(), readers)).toEqual([]);
    expect(updates()).toEqual([]);
  });

  it("does nothing for a secret that nobody reads, and before the first release", async () => {
    const client = await serving([]);
    expect(await redeploy(client, event("arn:other"), readers)).toEqual([]);
    expect(aws.sent).toEqual([]);
    await aws.close();
    aws = await fakeAws(() => failure("ClusterNotFoundException"));
    expect(await redeploy(new ECSClient(aws.client), event(), readers)).toEqual([]);
  });

  it("tries the others where one is refused, and fails in the end so that Lambda tries again", async () => {
    const client = await serving([service("gateway"), service("users")], ({ body }) =>
      body.includes('"gateway"') ? failure("ServiceNotActiveException") : { body: {} },
    );
    await expect(redeploy(client, event(), readers)).rejects.toThrow("ServiceNotActive");
    expect(updates()).toHaveLength(2);
  });

  it("fails where ECS is throttled", async () => {
    aws = await fakeAws(() => failure("ThrottlingException"));
    await expect(redeploy(new ECSClient({ ...aws.client, maxAttempts: 2 }), event(), readers)).rejects.toThrow();
    expect(aws.sent).toHaveLength(2);
  });
});
