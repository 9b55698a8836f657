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

  it("names those that are missing", async () => {
    expect(await examine(tags, bucket({ Product: "tradegraph", Stack: "prod" }))).toEqual([
      "assets: tags are missing: Program, Owner, ManagedBy",
    ]);
  });
});
