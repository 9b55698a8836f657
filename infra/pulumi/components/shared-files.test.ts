import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { SharedFiles } from "./shared-files.ts";

const made = async () => {
  const recorded = await mockEngine();
  new SharedFiles("files", {
    name: "tradegraph-dev-files",
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupId: "sg-1",
    keyArn: "arn:aws:kms:us-east-1:111111111111:key/data",
  });
  return recorded;
};

describe("SharedFiles", () => {
  it("is encrypted with the key of data", async () => {
    const { inputs } = await (await made()).only("efs.FileSystem");
    expect(inputs).toMatchObject({ encrypted: true, kmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/data" });
  });

  it("has a way in from every zone", async () => {
    const targets = await (await made()).ofKind("efs.MountTarget");
    expect(targets.map(({ inputs }) => inputs["subnetId"])).toEqual(["subnet-1", "subnet-2"]);
  });

  it("refuses plain text and whoever has no role for it, and nobody is root", async () => {
    const recorded = await made();
    const { inputs } = await recorded.only("efs.FileSystemPolicy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: { Effect: string; Action: unknown }[] };
    expect(Statement.find(({ Effect }) => Effect === "Deny")).toMatchObject({
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    // An Allow for everybody would make the rights of roles mean nothing.
    expect(Statement.filter(({ Effect }) => Effect === "Allow")).toEqual([]);
    expect((await recorded.only("efs.AccessPoint")).inputs["posixUser"]).toEqual({ uid: 1001, gid: 1001 });
  });
});
