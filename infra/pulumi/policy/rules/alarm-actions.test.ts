import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { alarmActions } from "./alarm-actions.ts";

const alarm = (props: Record<string, unknown>) => ({
  kind: "cloudwatch.MetricAlarm",
  name: "alarm",
  props: { name: "tradegraph-prod-alarm", ...props },
});

describe("the rule on actions of alarms", () => {
  it("accepts a topic, one that is yet to be made, or a deployment that goes back", async () => {
    expect(await examine(alarmActions, [alarm({ alarmActions: ["arn"] })])).toEqual([]);
    expect(await examine(alarmActions, [alarm({ alarmActions: [UNKNOWN] })])).toEqual([]);
    const service = {
      kind: "ecs.Service",
      name: "gateway",
      props: { alarms: { alarmNames: ["tradegraph-prod-alarm"] } },
    };
    expect(await examine(alarmActions, [alarm({}), service])).toEqual([]);
  });

  it("refuses an alarm that nobody hears", async () => {
    const message = ["alarm: nobody hears it"];
    expect(await examine(alarmActions, [alarm({})])).toEqual(message);
    expect(await examine(alarmActions, [alarm({ alarmActions: [] })])).toEqual(message);
    expect(await examine(alarmActions, [alarm({ alarmActions: ["arn"], actionsEnabled: false })])).toEqual(message);
    const composite = { kind: "cloudwatch.CompositeAlarm", name: "alarm", props: {} };
    expect(await examine(alarmActions, [composite])).toEqual(message);
  });
});
