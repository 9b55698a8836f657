// Containers, images, scaling and functions.
import { type Facts } from "./facts.ts";

export const compute: Record<string, Facts> = {
  "appautoscaling.Policy": { replaces: ["resourceId", "scalableDimension", "serviceNamespace"], id: "name" },
  "appautoscaling.Target": {
    replaces: ["resourceId", "scalableDimension", "serviceNamespace"],
    id: { input: "resourceId" },
    named: false,
  },
  "ecr.Repository": {
    id: "name",
    longest: 256,
    arn: { of: "repository/{name}" },
    replaces: ["encryptionConfigurations"],
  },
  "ecs.Cluster": { id: "arn", longest: 255, arn: { of: "cluster/{name}" } },
  "ecs.Service": {
    id: "arn",
    longest: 255,
    arn: { of: "service/{name}" },
    replaces: ["cluster", "launchType", "schedulingStrategy"],
  },
  "ecs.TaskDefinition": {
    named: "family",
    id: "name",
    longest: 255,
    arn: { of: "task-definition/{name}:1" },
    replaces: [
      "containerDefinitions",
      "cpu",
      "memory",
      "taskRoleArn",
      "executionRoleArn",
      "networkMode",
      "requiresCompatibilities",
      "runtimePlatform",
      "volumes",
      "ephemeralStorage",
    ],
  },
  "lambda.Function": { id: "name", longest: 64, arn: { of: "function:{name}" }, replaces: ["packageType"] },
  "codeconnections.Connection": {
    id: "arn",
    longest: 32,
    arn: { of: "connection/{id}" },
    replaces: ["name", "providerType", "hostArn"],
  },
  "codebuild.Project": { id: "arn", longest: 150, arn: { of: "project/{name}" } },
  "codepipeline.Pipeline": { id: "name", longest: 100, arn: { of: "{name}" } },
  "ecr.LifecyclePolicy": { named: false, id: { input: "repository" }, replaces: ["repository", "policy"] },
  "ecr.ReplicationConfiguration": { named: false },
  "ecs.ClusterCapacityProviders": { named: false, id: { input: "clusterName" }, replaces: ["clusterName"] },
  "lambda.EventSourceMapping": { named: false, id: "uuid", replaces: ["eventSourceArn", "startingPosition"] },
  "lambda.FunctionEventInvokeConfig": {
    named: false,
    id: { input: "functionName" },
    replaces: ["functionName", "qualifier"],
  },
  "lambda.Alias": { longest: 128, arn: { of: "function:{name}" }, replaces: ["functionName"] },
  "lambda.Permission": {
    named: false,
    replaces: ["action", "function", "principal", "sourceArn", "statementId", "qualifier"],
  },
  "signer.SigningProfile": {
    id: "name",
    longest: 64,
    pattern: /^\w{2,64}$/,
    replaces: ["platformId", "signatureValidityPeriod"],
  },
};
