import {
  collectDefaultMetrics,
  Counter,
  type CounterConfiguration,
  Histogram,
  type HistogramConfiguration,
  type LabelValues,
  Registry,
} from "prom-client";

export { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** Seconds from half a millisecond to ten seconds: what requests and database commands take. */
export const durationBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** One registry per program, with Node's own figures, labelled with the service's name. */
export function createMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** What has happened since the counter was read last. */
export interface Tally {
  count: number;
}

/**
 * A counter of what happens tens of thousands of times a second: adding to a plain number takes a tenth of the time, and
 * the counter is told when somebody reads it.
 *
 * @returns a function that makes the tally of a series; call it once for each
 */
export function tallyCounter<L extends string>(
  configuration: Omit<CounterConfiguration<L>, "collect">,
): (labels: LabelValues<L>) => Tally {
  const series: { child: Counter.Internal; tally: Tally }[] = [];
  const counter = new Counter({
    ...configuration,
    collect() {
      for (const { child, tally } of series) {
        child.inc(tally.count);
        tally.count = 0;
      }
    },
  });
  return (labels) => {
    const tally = { count: 0 };
    series.push({ child: counter.labels(labels), tally });
    return tally;
  };
}

/** Values that wait at most. */
const batchSize = 256;

export interface BatchedHistogram<L extends string> {
  labels: (labels: LabelValues<L>) => Histogram.Internal<L>;
  /** @param series as `labels` gives it */
  observe: (series: Histogram.Internal<L>, value: number) => void;
}

/** The same for a histogram, which sorts the values in when they are many or somebody reads it. */
export function batchedHistogram<L extends string>(
  configuration: Omit<HistogramConfiguration<L>, "collect">,
): BatchedHistogram<L> {
  const values = new Float64Array(batchSize);
  const seriesOf: Histogram.Internal<L>[] = [];
  const sortIn = () => {
    for (const [at, series] of seriesOf.entries()) series.observe(values[at] ?? 0);
    seriesOf.length = 0;
  };
  const histogram = new Histogram({ ...configuration, collect: sortIn });
  return {
    labels: (labels) => histogram.labels(labels),
    observe(series, value) {
      values[seriesOf.length] = value;
      if (seriesOf.push(series) === batchSize) sortIn();
    },
  };
}
