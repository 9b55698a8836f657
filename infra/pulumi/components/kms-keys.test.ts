import { describe, expect, it } from "vitest";
import { keyPurposes } from "../lib/foundation-outputs.ts";
import { mockEngine } from "../testing/mocks.ts";
import { KmsKeys } from "./kms-keys.ts";

const made = async () => {
  const recorded = await mockEngine();
  new KmsKeys("keys", { name: "tradegraph-dev", account: "111111111111", region: "us-east-1" });
  return recorded;
};

describe("KmsKeys", () => {
  it("makes a key for each purpose, all of them rotated", async () => {
    const keys = await (await made()).ofKind("kms.Key");
    expect(keys.map(({ name }) => name)).toEqual([...keyPurposes]);
    expect(keys.filter(({ inputs }) => inputs["enableKeyRotation"] !== true)).toEqual([]);
  });

  it("can be copied to another region where sealed fields are, and nowhere else", async () => {
    const keys = await (await made()).ofKind("kms.Key");
    expect(keys.filter(({ inputs }) => inputs["multiRegion"] === true).map(({ name }) => name)).toEqual(["fields"]);
  });

  it("lets services of AWS use the keys of data and logs alone, and only for this account", async () => {
    const keys = await (await made()).ofKind("kms.Key");
    for (const { name, inputs } of keys) {
      const { Statement } = JSON.parse(String(inputs["policy"])) as {
        Statement: { Principal: object; Condition?: object }[];
      };
      const ofServices = Statement.filter(({ Principal }) => "Service" in Principal);
      expect(ofServices.length > 0, name).toBe(name === "logs" || name === "data");
      for (const { Condition } of ofServices) expect(JSON.stringify(Condition)).toContain("111111111111");
    }
  });
});
