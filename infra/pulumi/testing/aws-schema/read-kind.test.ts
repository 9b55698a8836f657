import { describe, expect, it } from "vitest";
import { readKind } from "./read-kind.ts";
import { conflicts, replaces, validValues } from "./remarks.ts";

describe("readKind", () => {
  it("reads what a resource takes and gives, with nested types", () => {
    const kind = readKind("aws:s3/bucketVersioning:BucketVersioning");
    expect(kind?.inputs["bucket"]).toEqual({ shape: "string", required: true });
    expect(kind?.inputs["versioningConfiguration"]).toEqual({
      shape: { object: "s3.BucketVersioningVersioningConfiguration" },
      required: true,
    });
    expect(kind?.types["s3.BucketVersioningVersioningConfiguration"]?.["status"]).toEqual({
      shape: "string",
      required: true,
      values: ["Enabled", "Suspended", "Disabled"],
    });
  });

  it("tells outputs that are always there from those that may be missing", () => {
    const outputs = readKind("aws:kms/key:Key")?.outputs;
    expect(outputs?.["arn"]).toEqual({ shape: "string", required: true });
    expect(outputs?.["customKeyStoreId"]?.required).toBeUndefined();
  });

  it("finds kinds whose file is written differently, and knows of none that is not there", () => {
    expect(readKind("aws:guardduty/iPSet:IPSet")?.inputs["detectorId"]).toBeDefined();
    expect(readKind("aws:s3/teapot:Teapot")).toBeUndefined();
  });
});

describe("remarks", () => {
  it.each([
    ["The storage type. Valid values: `standard`, `iopt1`.", ["standard", "iopt1"]],
    ["The valid values are `EC2`, `FARGATE`, and `EXTERNAL`. Defaults to `EC2`.", ["EC2", "FARGATE", "EXTERNAL"]],
    ['Valid values are `"PassThrough"` or `"Active"`.', ["PassThrough", "Active"]],
    ["Valid values are from `44` to `60` in increments of 4.", undefined],
    ["Valid values are `10`, `20`, or any multiple of `60`.", undefined],
    ["Valid values are `2XX`, `4XX`, or `5XX`.", undefined],
    [
      "For Application Load Balancers, valid values are `HTTP` and `HTTPS`. For others, valid values are `TCP`.",
      undefined,
    ],
  ])("take from «%s» the values %j", (comment, values) => {
    expect(validValues(comment)).toEqual(values);
  });

  it("know which fields exclude each other, and which changes replace whatever else is set", () => {
    expect(conflicts("Conflicts with `numNodeGroups` and `replicasPerNodeGroup`.")).toEqual([
      "numNodeGroups",
      "replicasPerNodeGroup",
    ]);
    expect(replaces("Changing this value forces a new resource to be created.")).toBe(true);
    expect(replaces("Defaults to `false`. If it is anything else, changing this value forces a new resource.")).toBe(
      false,
    );
  });
});
