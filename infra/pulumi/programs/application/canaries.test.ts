import { describe, expect, it } from "vitest";
import { journeys } from "./canaries.ts";
import { shopHost } from "./functions.ts";
import { type Settings } from "./settings.ts";

const given = (changed: Partial<Settings>) =>
  ({ domain: "api.example.com", defaultTenant: "", tenantHosts: [], smokeOperation: "", ...changed }) as Settings;

describe("the shop that robots and checks of releases visit", () => {
  it("is the default one at the main host, else the first that has a host of its own", () => {
    expect(shopHost(given({ defaultTenant: "acme" }))).toBe("api.example.com");
    expect(shopHost(given({ tenantHosts: ["b.example.com=b", "c.example.com=c"] }))).toBe("b.example.com");
    expect(shopHost(given({}))).toBeUndefined();
  });

  it("is left out where visitors belong to none: the gateway would answer them nothing", () => {
    expect(Object.keys(journeys(given({})))).toEqual(["health"]);
    expect(journeys(given({ tenantHosts: ["b.example.com=b"], smokeOperation: "sha256:1" }))).toEqual({
      health: { url: "https://api.example.com", walk: "health", operation: "" },
      catalogue: { url: "https://b.example.com", walk: "catalogue", operation: "sha256:1" },
    });
  });
});
