import { describe, expect, it } from "vitest";
import { examine, type Example, UNKNOWN } from "../examine.ts";
import { costCeiling } from "./cost-ceiling.ts";

const gateways = (count: number): Example[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: "ec2.NatGateway",
    name: `nat-${index}`,
    props: { subnetId: UNKNOWN },
  }));

describe("the rule on cost", () => {
  it("accepts what the budget of the environment pays for", async () => {
    expect(await examine(costCeiling, gateways(4), { stack: "dev" })).toEqual([]);
    expect(await examine(costCeiling, gateways(5), { stack: "staging" })).toEqual([]);
  });

  it("refuses more, and says what is dear", async () => {
    const [found] = await examine(costCeiling, gateways(5), { stack: "dev" });
    expect(found).toMatch(/^nat-0|^stack: 164.25 dollars a month, not 150/);
    expect(found).toContain("ec2.NatGateway nat-0");
    expect(await examine(costCeiling, gateways(5), { stack: "dev", config: { dollars: { dev: 200 } } })).toEqual([]);
  });

  it("counts already at a preview, when members of lists are not known yet", async () => {
    const endpoint = {
      ...{ kind: "ec2.VpcEndpoint", name: "endpoint" },
      props: { vpcEndpointType: "Interface", subnetIds: [UNKNOWN, UNKNOWN], tags: { Name: UNKNOWN } },
    };
    const found = await examine(costCeiling, [...gateways(5), endpoint], { stack: "dev" });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/dollars a month, not 150/);
  });

  it("leaves each program its share, so that all of them together stay in the budget", async () => {
    const found = await examine(costCeiling, gateways(3), { stack: "dev", program: "foundation" });
    expect(found[0]).toContain("98.55 dollars a month, not 97");
    expect(await examine(costCeiling, gateways(2), { stack: "dev", program: "foundation" })).toEqual([]);
    // A larger budget by configuration is shared out in the same way.
    const config = { dollars: { dev: 300 } };
    expect(await examine(costCeiling, gateways(3), { stack: "dev", program: "foundation", config })).toEqual([]);
  });

  it("keeps Shield Advanced out of every environment that did not ask for it", async () => {
    const found = await examine(costCeiling, [{ kind: "shield.Subscription", name: "shield" }]);
    expect(found[0]).toContain("3000 dollars a month, not 2000");
  });
});
