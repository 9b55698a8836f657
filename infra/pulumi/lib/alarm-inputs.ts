// From a line of the table to what CloudWatch takes.
import { type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { type AlarmSpec, comparisonOperators, type MetricOf } from "./alarm-spec.ts";

type Dimensions = Record<string, pulumi.Input<string>>;
type Query = Extract<pulumi.Unwrap<MetricAlarmArgs["metricQueries"]>, unknown[]>[number];

const isPercentile = (statistic: string) => /^p\d/.test(statistic);

/** The numbers and the metric, without name and receivers. */
export function alarmInputs(spec: AlarmSpec, dimensions: Dimensions): MetricAlarmArgs {
  return {
    comparisonOperator: comparisonOperators[spec.comparison],
    evaluationPeriods: spec.periods,
    ...(spec.enough === undefined ? {} : { datapointsToAlarm: spec.enough }),
    treatMissingData: spec.silence === "fine" ? "notBreaching" : "breaching",
    ...conditionInputs(spec, dimensions),
  };
}

function conditionInputs({ condition, threshold, period }: AlarmSpec, dimensions: Dimensions): MetricAlarmArgs {
  const queried = (id: string, of: MetricOf, returned: boolean) => ({
    id,
    returnData: returned,
    metric: { namespace: of.namespace, metricName: of.metric, stat: of.statistic, period, dimensions },
  });
  if (condition.kind === "anomaly") {
    const band = { id: "band", expression: `ANOMALY_DETECTION_BAND(measured, ${threshold})`, returnData: true };
    return { thresholdMetricId: "band", metricQueries: [band, queried("measured", condition.of, true)] };
  }
  if (condition.kind === "expression") {
    const metrics = Object.entries(condition.of).map(([id, of]) => queried(id, of, false));
    // An expression over metrics has their period; a query brings its own.
    const own = metrics.length === 0 ? { period } : {};
    const result = { id: "result", expression: condition.expression, returnData: true, ...own };
    return { threshold, metricQueries: [result, ...metrics] as Query[] };
  }
  const { namespace, metric, statistic } = condition.of;
  return {
    threshold,
    period,
    namespace,
    metricName: metric,
    dimensions,
    ...(isPercentile(statistic) ? { extendedStatistic: statistic } : { statistic }),
  };
}
