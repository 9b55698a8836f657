import { expect, test } from "vitest";
import { batchedHistogram, createMetrics, tallyCounter } from "./metrics.ts";

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

test("a histogram in batches has all values, whenever somebody reads it", async () => {
  const registry = createMetrics("test");
  const options = { name: "took_seconds", help: "Took", labelNames: ["result"] as const, buckets: [1, 2] };
  const histogram = batchedHistogram({ ...options, registers: [registry] });
  const read = async () => (await registry.getSingleMetricAsString("took_seconds")).match(/^took.*$/gm);
  const [hit, miss] = [histogram.labels({ result: "hit" }), histogram.labels({ result: "miss" })];
  histogram.observe(hit, 0.5);
  histogram.observe(miss, 3);
  const few = await read();
  expect(few).toContain('took_seconds_bucket{le="1",service="test",result="hit"} 1');
  expect(few).toContain('took_seconds_bucket{le="+Inf",service="test",result="miss"} 1');
  for (let n = 0; n < 1_000; n += 1) histogram.observe(n % 2 ? hit : miss, 1.5);
  const many = await read();
  expect(many).toContain('took_seconds_bucket{le="2",service="test",result="hit"} 501');
  expect(many).toContain('took_seconds_sum{service="test",result="miss"} 753');
  expect(await read()).toEqual(many);
});
