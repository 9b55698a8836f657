import { describe, expect, it } from "vitest";
import { regions, zonesOf } from "./regions.ts";

describe("zonesOf", () => {
  it("takes the first zones there are", () => {
    for (const region of regions) {
      expect(zonesOf(region, 3)).toEqual([`${region}a`, `${region}b`, `${region}c`]);
      expect(zonesOf(region, 2)).toEqual([`${region}a`, `${region}b`]);
    }
  });

  it("goes on to the next where one is not to be used", () => {
    expect(zonesOf("us-east-1", 3, "b")).toEqual(["us-east-1a", "us-east-1c", "us-east-1d"]);
    expect(zonesOf("us-east-1", 3, "f")).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
  });

  it("has fewer where a region has no more: settings refuse that", () => {
    expect(zonesOf("eu-west-1", 3, "a")).toEqual(["eu-west-1b", "eu-west-1c"]);
  });
});
