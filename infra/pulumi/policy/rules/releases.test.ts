import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { releases } from "./releases.ts";

const hooks = [{ targetType: "AWS_LAMBDA" }, { targetType: "PAUSE" }];
const good = {
  deploymentConfiguration: { strategy: "CANARY", lifecycleHooks: hooks },
  alarms: { enable: true, rollback: true, alarmNames: ["release-errors"] },
};
const service = (changed: object = {}, name = "gateway") => [
  { kind: "ecs.Service", name, props: { ...good, ...changed } },
];
const by = (strategy: string, lifecycleHooks: object[] = hooks) => ({
  deploymentConfiguration: { strategy, lifecycleHooks },
});

describe("the rule on releases", () => {
  it("accepts what goes side by side, with alarms and a yes for the gateway", async () => {
    expect(await examine(releases, service())).toEqual([]);
    expect(await examine(releases, service(by("BLUE_GREEN")))).toEqual([]);
    expect(await examine(releases, service(by("CANARY", []), "orders"))).toEqual([]);
    expect(
      await examine(releases, service({ alarms: { enable: true, rollback: true, alarmNames: [UNKNOWN] } })),
    ).toEqual([]);
  });

  it.each([
    [by("ROLLING"), "is released ROLLING, not side by side"],
    [{ alarms: undefined }, "alarms take no bad release back"],
    [{ alarms: { ...good.alarms, enable: false } }, "alarms take no bad release back"],
    [{ alarms: { ...good.alarms, rollback: false } }, "alarms take no bad release back"],
    [{ alarms: { ...good.alarms, alarmNames: [] } }, "alarms take no bad release back"],
    [by("CANARY", hooks.slice(0, 1)), "reaches visitors without a hook of kind PAUSE"],
    [by("CANARY", hooks.slice(1)), "reaches visitors without a hook of kind AWS_LAMBDA"],
  ])("refuses %j in prod, and nowhere else", async (changed, message) => {
    expect(await examine(releases, service(changed))).toEqual([`gateway: ${message}`]);
    expect(await examine(releases, service(changed), { stack: "dev" })).toEqual([]);
  });

  it("leaves the second region alone, which waits, and what is not of the graph", async () => {
    expect(await examine(releases, service(by("ROLLING", [])), { program: "recovery" })).toEqual([]);
    expect(await examine(releases, service(by("ROLLING", []), "ingestion"))).toEqual([]);
  });
});
