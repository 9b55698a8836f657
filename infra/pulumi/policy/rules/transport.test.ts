import { describe, expect, it } from "vitest";
import { examine, type Example, UNKNOWN } from "../examine.ts";
import { transport } from "./transport.ts";

const refusal = (changed: object = {}) =>
  JSON.stringify({
    Statement: {
      ...{ Effect: "Deny", Principal: { AWS: "*" }, Action: "*", Resource: "*" },
      Condition: { Bool: { "aws:SecureTransport": "false" } },
      ...changed,
    },
  });
const topic: Example = { kind: "sns.Topic", name: "critical" };
const files: Example = { kind: "efs.FileSystem", name: "files" };
const ofTopic = (policy: unknown): Example => ({
  ...{ kind: "sns.TopicPolicy", name: "topic-policy", props: { policy }, refers: { arn: ["critical"] } },
});
const ofFiles = (policy: unknown): Example => ({
  ...{ kind: "efs.FileSystemPolicy", name: "files-policy", props: { policy }, refers: { fileSystemId: ["files"] } },
});

describe("the rule on transport", () => {
  it("accepts what refuses plain text, before and after its policy is known", async () => {
    expect(await examine(transport, [topic, ofTopic(refusal()), files, ofFiles(refusal())])).toEqual([]);
    expect(await examine(transport, [topic, ofTopic(refusal({ Action: "sns:Publish", Principal: "*" }))])).toEqual([]);
    expect(await examine(transport, [topic, ofTopic(UNKNOWN), files, ofFiles(UNKNOWN)])).toEqual([]);
  });

  it("refuses a topic and a file system without a policy of their own", async () => {
    expect(await examine(transport, [topic, files, ofFiles(refusal())])).toEqual([
      "critical: it takes connections without TLS",
    ]);
    expect(await examine(transport, [files])).toEqual(["files: it takes connections without TLS"]);
  });

  it.each([
    ["nothing", JSON.stringify({ Statement: [] })],
    ["another effect", refusal({ Effect: "Allow" })],
    ["one role alone", refusal({ Principal: { AWS: "arn:aws:iam::111111111111:role/one" } })],
    ["another action", refusal({ Action: "elasticfilesystem:ClientWrite" })],
    ["what comes by TLS", refusal({ Condition: { Bool: { "aws:SecureTransport": "true" } } })],
    ["whoever says nothing of it", refusal({ Condition: { BoolIfExists: { "aws:SecureTransport": "false" } } })],
    [
      "some browsers alone",
      refusal({ Condition: { Bool: { "aws:SecureTransport": "false" }, StringLike: { "aws:UserAgent": "a*" } } }),
    ],
  ])("refuses a file system whose policy refuses %s", async (_, policy) => {
    expect(await examine(transport, [files, ofFiles(policy)])).toEqual(["files: it takes connections without TLS"]);
  });
});
