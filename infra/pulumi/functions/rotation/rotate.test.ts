import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, describe, expect, it } from "vitest";
import { type FakeAws, fakeAws, failure, type Reply, type Sent } from "../../testing/fake-aws.ts";
import { type SecretKind } from "./kinds.ts";
import { rotate } from "./rotate.ts";

const SecretId = "arn:aws:secretsmanager:us-east-1:111111111111:secret:tradegraph-prod/X-AbCdEf";
const OLD = "00000000-0000-4000-8000-00000000000a";
const NEW = "00000000-0000-4000-8000-00000000000b";

interface Request {
  VersionId?: string;
  VersionStage?: string;
  ClientRequestToken?: string;
  SecretString?: string;
  MoveToVersionId?: string;
  RemoveFromVersionId?: string;
}

/** Secrets Manager for one secret, as its API describes it: an empty version waits while a rotation begins. */
class Vault {
  stages: Record<string, string[]> = { [OLD]: ["AWSCURRENT"], [NEW]: ["AWSPENDING"] };
  values: Record<string, string> = { [OLD]: "old" };
  answer({ operation, body }: Sent): Reply {
    const asked = JSON.parse(body) as Request;
    if (operation === "DescribeSecret") return { body: { VersionIdsToStages: this.stages, RotationEnabled: true } };
    if (operation === "GetSecretValue") {
      const version = Object.keys(this.stages).find(
        (id) => this.stages[id]?.includes(asked.VersionStage ?? "") && (asked.VersionId ?? id) === id,
      );
      const SecretString = this.values[version ?? ""];
      return SecretString === undefined ? failure("ResourceNotFoundException") : { body: { SecretString } };
    }
    if (operation === "PutSecretValue") {
      if (this.values[NEW] !== undefined) return failure("ResourceExistsException");
      this.values[asked.ClientRequestToken ?? ""] = asked.SecretString ?? "";
      return { body: {} };
    }
    if (asked.RemoveFromVersionId) this.stages[asked.RemoveFromVersionId] = ["AWSPREVIOUS"];
    this.stages[asked.MoveToVersionId ?? ""] = ["AWSCURRENT", "AWSPENDING"];
    return { body: {} };
  }
}

let aws: FakeAws;
afterEach(() => aws.close());

async function secret(vault = new Vault(), changed: Partial<SecretKind> = {}) {
  aws = await fakeAws((sent) => vault.answer(sent));
  const client = new SecretsManagerClient(aws.client);
  const brought: string[][] = [];
  const tested: string[] = [];
  let count = 0;
  const kind: SecretKind = {
    next: (current) => `${current}+${++count}`,
    bring: async (current, pending) => void brought.push([current, pending]),
    test: (value) => void tested.push(value),
    ...changed,
  };
  const step = (Step: string, ClientRequestToken = NEW) => rotate(client, kind, { SecretId, ClientRequestToken, Step });
  return { vault, step, brought, tested };
}
const operations = () => aws.sent.map(({ operation }) => operation);

describe("a rotation", () => {
  it("makes a value, brings it to where it counts, tries it, and makes it the current one", async () => {
    const { vault, step, brought, tested } = await secret();
    expect(await step("createSecret")).toBe("created");
    expect(await step("setSecret")).toBe("brought");
    expect(await step("testSecret")).toBe("tested");
    expect(await step("finishSecret")).toBe("finished");
    expect(brought).toEqual([["old", "old+1"]]);
    expect(tested).toEqual(["old+1"]);
    expect(vault.stages).toEqual({ [OLD]: ["AWSPREVIOUS"], [NEW]: ["AWSCURRENT", "AWSPENDING"] });
    const put = aws.sent.find(({ operation }) => operation === "PutSecretValue");
    expect(JSON.parse(put?.body ?? "")).toMatchObject({ ClientRequestToken: NEW, VersionStages: ["AWSPENDING"] });
  });

  it("keeps its value when a step comes twice, and does nothing once it is the current one", async () => {
    const { vault, step, brought } = await secret();
    await step("createSecret");
    expect(await step("createSecret")).toBe("nothing to do");
    expect(operations().filter((name) => name === "PutSecretValue")).toHaveLength(1);
    await step("setSecret");
    await step("setSecret");
    expect(brought).toEqual([
      ["old", "old+1"],
      ["old", "old+1"],
    ]);
    await step("finishSecret");
    for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"]) {
      expect(await step(name)).toBe("nothing to do");
    }
    expect(vault.values).toEqual({ [OLD]: "old", [NEW]: "old+1" });
  });

  it("takes the value of a call that was faster with the same token", async () => {
    const vault = new Vault();
    const { step } = await secret(vault, {
      next: () => {
        // While this one thinks, the other one writes.
        vault.values[NEW] = "theirs";
        return "ours";
      },
    });
    expect(await step("createSecret")).toBe("nothing to do");
    expect(vault.values[NEW]).toBe("theirs");
  });

  it("does not move to a value that does not work", async () => {
    const { vault, step } = await secret(undefined, { test: () => Promise.reject(new Error("WRONGPASS")) });
    await step("createSecret");
    await expect(step("testSecret")).rejects.toThrow("WRONGPASS");
    expect(vault.stages[OLD]).toEqual(["AWSCURRENT"]);
  });

  it("refuses a version that nobody asked for, a step that is none, and a value that is not there", async () => {
    const { step } = await secret();
    await expect(step("createSecret", "00000000-0000-4000-8000-00000000000c")).rejects.toThrow("not waiting");
    await expect(step("deleteSecret")).rejects.toThrow("no step deleteSecret");
    await expect(step("setSecret")).rejects.toThrow("nothing to bring");
    await expect(step("finishSecret")).rejects.toThrow("no value");
    expect(operations()).not.toContain("UpdateSecretVersionStage");
  });

  it("says that a person comes first where a secret is empty, and lets rotation be switched on all the same", async () => {
    const vault = new Vault();
    vault.values = {};
    vault.stages = { [NEW]: ["AWSPENDING"] };
    const { step, tested } = await secret(vault);
    await expect(step("createSecret")).rejects.toThrow("a person has to fill");
    expect(await step("testSecret")).toBe("nothing to do");
    expect(tested).toEqual([]);
  });

  it("tries again where Secrets Manager is throttled, and gives up after the SDK's attempts", async () => {
    const vault = new Vault();
    let throttled = 2;
    aws = await fakeAws((sent) => (throttled-- > 0 ? failure("ThrottlingException") : vault.answer(sent)));
    const kind: SecretKind = { next: () => "new", test: () => undefined };
    const event = { SecretId, ClientRequestToken: NEW, Step: "createSecret" };
    expect(await rotate(new SecretsManagerClient(aws.client), kind, event)).toBe("created");
    throttled = 3;
    await expect(rotate(new SecretsManagerClient(aws.client), kind, event)).rejects.toThrow("Throttling");
  });
});
