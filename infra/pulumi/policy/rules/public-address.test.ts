import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
import { publicAddress } from "./public-address.ts";

const service = (assignPublicIp: boolean) => ({
  kind: "ecs.Service",
  name: "gateway",
  props: { networkConfiguration: { assignPublicIp } },
});
const balancer = (props: object) => ({ kind: "lb.LoadBalancer", name: "door", props: { ...props } });

describe("the rule on public addresses", () => {
  it("accepts private tasks and an internal load balancer", async () => {
    expect(await examine(publicAddress, [service(false), balancer({ internal: true })])).toEqual([]);
  });

  it("refuses the others by name", async () => {
    expect(await examine(publicAddress, [service(true), balancer({}), balancer({ internal: false })])).toEqual([
      "gateway: assignPublicIp gives tasks a public address",
      "door: internal is not true: the Internet reaches it past the firewall",
      "door: internal is not true: the Internet reaches it past the firewall",
    ]);
  });
});
