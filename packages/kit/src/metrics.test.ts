import { expect, test } from "vitest";
import { createMetrics, tallyCounter } from "./metrics.ts";

test("a tally is counted once, whenever somebody reads it", async () => {
  const registry = createMetrics("test");
  const seriesOf = tallyCounter({ name: "looks_total", help: "Looks", labelNames: ["result"], registers: [registry] });
  const read = async () => (await registry.getSingleMetricAsString("looks_total")).match(/^looks_total.*$/gm);
  const hits = seriesOf({ result: "hit" });
  seriesOf({ result: "miss" });
  hits.count += 1;
  hits.count += 1;
  const counted = ['looks_total{result="hit",service="test"} 2', 'looks_total{result="miss",service="test"} 0'];
  expect(await read()).toEqual(counted);
  expect(await read()).toEqual(counted);
  hits.count += 1;
  expect(await read()).toContain('looks_total{result="hit",service="test"} 3');
});
