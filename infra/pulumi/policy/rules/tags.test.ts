import { describe, expect, it } from "vitest";
import { tagsOf } from "../../lib/tags.ts";
import { examine } from "../examine.ts";
import { tags } from "./tags.ts";

const bucket = (given?: Record<string, string>) => [
  { kind: "s3.Bucket", name: "assets", props: given ? { tags: given } : {} },
];

describe("the rule on tags", () => {
  it("accepts the provider's tags, and kinds without any", async () => {
    expect(await examine(tags, bucket(tagsOf({ stack: "prod", program: "foundation", owner: "platform" })))).toEqual(
      [],
    );
    expect(await examine(tags, bucket())).toEqual([]);
  });

  it("holds the provider to them, as an object and as the JSON that the engine makes of it", async () => {
    const all = { tags: tagsOf({ stack: "prod", program: "foundation", owner: "platform" }) };
    const provider = (props: object) => [{ kind: "pulumi:providers:aws", name: "aws", props: { ...props } }];
    expect(await examine(tags, provider({ defaultTags: all }))).toEqual([]);
    expect(await examine(tags, provider({ defaultTags: JSON.stringify(all) }))).toEqual([]);
    const none = ["aws: tags are missing: Product, Stack, Program, Owner, ManagedBy"];
    expect(await examine(tags, provider({}))).toEqual(none);
    expect(await examine(tags, provider({ defaultTags: "{}" }))).toEqual(none);
  });

  it("names those that are missing", async () => {
    expect(await examine(tags, bucket({ Product: "tradegraph", Stack: "prod" }))).toEqual([
      "assets: tags are missing: Program, Owner, ManagedBy",
    ]);
  });
});
