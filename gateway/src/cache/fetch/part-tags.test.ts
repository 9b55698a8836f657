import { anyTag, entityTag, listTag, someTag } from "@tradegraph/kit/cache-tags";
import { describe, expect, it } from "vitest";
import { collapseTags, maxTags, reportedTags } from "./part-tags.ts";

const documents = (type: string, count: number) => Array.from({ length: count }, (_, id) => entityTag(type, `${id}`));

describe("tags of a part", () => {
  it("stay as they are while they are few, each once", () => {
    expect(collapseTags(["A:1", "B:2", "A:1"], "acme")).toEqual(["A:1", "B:2"]);
    const many = documents("A", maxTags);
    expect(collapseTags(many, "acme")).toEqual(many);
  });

  it("become those of a whole type where it has most of them, and no others", () => {
    const others = [...documents("B", 300), listTag("acme", "A"), "key:stock:C:1"];
    const few = collapseTags([...documents("A", 400), ...others], "acme");
    expect(new Set(few)).toEqual(new Set([...others, anyTag("acme", "A"), someTag("A")]));
  });

  it("are given up when they do not become fewer", () => {
    const declared = Array.from({ length: maxTags + 1 }, (_, index) => `key:stock:${index}`);
    expect(collapseTags(declared, "acme")).toBeUndefined();
    expect(collapseTags([...declared, ...documents("A", 9)], "acme")).toBeUndefined();
  });
});

describe("what a subgraph reports", () => {
  const ours = { subgraph: "stock", isOurs: true };
  const foreign = { subgraph: "stock", isOurs: false };

  it.each([undefined, null, "A:1", [1], {}])("is no report when it is %j", (own) => {
    expect(reportedTags({}, own, ours)).toBeUndefined();
  });

  it("may be that nothing was read", () => {
    expect(reportedTags(undefined, [], ours)).toEqual([]);
  });

  it("is believed of our own, beside names of its own", () => {
    expect(reportedTags({ apolloCacheTags: ["all"] }, ["A:1"], ours)).toEqual(["A:1", "key:stock:all"]);
  });

  it("of others takes no part in what is not theirs", () => {
    const answer = { apolloCacheTags: ["tenant:acme"] };
    expect(reportedTags(answer, ["A:1"], foreign)).toEqual(["key:stock:tenant:acme", "key:stock:A:1"]);
    expect(reportedTags({ apolloCacheTags: "all" as never }, undefined, foreign)).toEqual([]);
  });
});
