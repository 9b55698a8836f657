import { describe, expect, it } from "vitest";
import { type Step } from "./outcome.ts";
import { treeChanges } from "./tree-changes.ts";
import { treeOf } from "./tree.ts";

const step = (urn: string, type: string, parent = "", changed: Partial<Step> = {}): Step => ({
  op: "create",
  urn,
  type,
  name: urn,
  parent,
  protect: false,
  inputs: {},
  outputs: {},
  changed: [],
  ...changed,
});
const steps = [
  step("key", "aws:kms/key:Key", "box", { protect: true }),
  step("box", "tradegraph:components:Box", "all", { op: "same" }),
  step("all", "pulumi:pulumi:Stack"),
  step("bucket", "aws:s3/bucket:Bucket", "box", { op: "update", changed: ["tags"] }),
];

describe("treeOf", () => {
  it("is the same whatever the engine began first", () => {
    const tree = "Stack all\n  Box box\n    kms.Key key (protected)\n    s3.Bucket bucket\n";
    expect(treeOf({ steps })).toBe(tree);
    expect(treeOf({ steps: steps.toReversed() })).toBe(tree);
  });

  it("says what happens to each where it is asked to", () => {
    expect(treeOf({ steps }, true)).toContain("    update: s3.Bucket bucket [tags]\n");
    expect(treeOf({ steps }, true)).toContain("  Box box\n");
  });
});

describe("treeChanges", () => {
  it("tells what came, what went and what is protected no longer, with what it belongs to", () => {
    const before = treeOf({ steps });
    expect(treeChanges(before, before)).toEqual([]);
    const now = before.replace("kms.Key key (protected)", "kms.Key key").replace("    s3.Bucket bucket\n", "");
    expect(treeChanges(before, now)).toEqual([
      "+ Box box > kms.Key key",
      "- Box box > kms.Key key (protected)",
      "- Box box > s3.Bucket bucket",
    ]);
  });
});
