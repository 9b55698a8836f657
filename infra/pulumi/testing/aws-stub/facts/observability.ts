// Logs and alarms.
import { type Facts } from "./facts.ts";

export const observability: Record<string, Facts> = {
  "cloudwatch.LogGroup": { id: "name", arn: { of: "log-group:{name}", service: "logs" }, longest: 512 },
  "cloudwatch.MetricAlarm": { id: "name", arn: { of: "alarm:{name}" }, longest: 255 },
  "budgets.Budget": { longest: 100, replaces: ["budgetType", "timeUnit"] },
  "cloudwatch.CompositeAlarm": { named: "alarmName", id: "name", longest: 255, arn: { of: "alarm:{name}" } },
  "cloudwatch.Dashboard": { named: "dashboardName", id: "name", longest: 255 },
  "cloudwatch.EventRule": { id: "name", longest: 64, arn: { of: "rule/{name}", service: "events" } },
  "cloudwatch.EventTarget": { named: false, replaces: ["rule", "targetId", "eventBusName"] },
  "cloudwatch.LogDelivery": { named: false, replaces: ["deliveryDestinationArn", "deliverySourceName"] },
  "cloudwatch.LogDeliveryDestination": {
    id: "name",
    longest: 60,
    arn: { of: "delivery-destination:{name}", service: "logs" },
  },
  "cloudwatch.LogDeliverySource": {
    id: "name",
    longest: 60,
    arn: { of: "delivery-source:{name}", service: "logs" },
    replaces: ["logType", "resourceArn"],
  },
  "cloudwatch.LogMetricFilter": { id: "name", longest: 512, replaces: ["logGroupName"] },
  "cloudwatch.LogResourcePolicy": { named: "policyName", id: "name" },
  "rum.AppMonitor": { id: "name", longest: 255, arn: { of: "appmonitor/{name}" } },
  "synthetics.Canary": { id: "name", longest: 255, pattern: /^[0-9a-z_-]+$/, arn: { of: "canary:{name}" } },
  "xray.Group": { named: "groupName", id: "arn", longest: 32, arn: { of: "group/{name}/ABC" } },
  "xray.SamplingRule": { named: "ruleName", id: "name", longest: 32, arn: { of: "sampling-rule/{name}" } },
  "costexplorer.AnomalyMonitor": {
    id: "arn",
    longest: 1024,
    arn: { of: "anomalymonitor/{name}", global: true, service: "ce" },
    replaces: ["monitorType", "monitorDimension", "monitorSpecification"],
  },
  "costexplorer.AnomalySubscription": {
    id: "arn",
    longest: 1024,
    arn: { of: "anomalysubscription/{name}", global: true, service: "ce" },
    replaces: ["accountId"],
  },
};
