import { type Inputs, type Planned, type Proof, proofs } from "./proof.ts";
import { containersOf } from "./network.ts";

const graph = /^(?:gateway|products|orders|users|content)$/;

const pathsOf = (planned: Planned) =>
  planned.of("lb.ListenerRule", /-production$/).map((rule) => ({
    rule,
    paths: (rule.inputs["conditions"] as { pathPattern?: { values: string[] } }[]).flatMap(
      ({ pathPattern }) => pathPattern?.values ?? [],
    ),
  }));
const routed = (planned: Planned, path: string) => {
  const found = pathsOf(planned).filter(({ paths }) => paths.includes(path));
  if (found.length === 0) throw new Error(`no rule for ${path}`);
  return found.map(({ rule }) => rule);
};
const tracks = (metric: string, target: number) => (policy: Inputs) => {
  const tracking = "targetTrackingScalingPolicyConfiguration";
  return policy.are({
    [`${tracking}.predefinedMetricSpecification.predefinedMetricType`]: metric,
    [`${tracking}.targetValue`]: target,
    [`${tracking}.scaleInCooldown`]: 300,
    [`${tracking}.scaleOutCooldown`]: 60,
  });
};
const isHome = ({ program }: { program: string }) => program === "application";

export const services: Proof[] = [
  ...proofs("AWS-2", (says) => [
    says("the load balancer is internal and speaks HTTPS", (planned) => [
      ...planned.every("lb.LoadBalancer", /^/, (door) => door.are({ internal: true, loadBalancerType: "application" })),
      ...planned.every("lb.Listener", /^/, (listener) => listener.are({ protocol: "HTTPS", port: 443 })),
    ]),
    ...["/graphql", "/health", "/webhooks/*", "/.well-known/jwks.json"].map((path) =>
      says(`${path} has a route`, (planned) => routed(planned, path)),
    ),
    says("subgraphs are private: only the JWKS of users is reached past the gateway", (planned) => {
      const others = pathsOf(planned).filter(({ rule }) => !/gateway/.test(rule.name));
      const paths = [...new Set(others.flatMap((other) => other.paths))];
      if (paths.join() !== "/.well-known/jwks.json") throw new Error(paths.join(", "));
      return planned.every(
        "lb.Listener",
        /^/,
        (listener) => listener.text("defaultActions.0.type") === "fixed-response",
      );
    }),
    says("ECS runs on FARGATE and FARGATE_SPOT", (planned) =>
      planned.every("ecs.ClusterCapacityProviders", /^/, (cluster) =>
        ["FARGATE", "FARGATE_SPOT"].every((name) => cluster.text("capacityProviders").includes(`"${name}"`)),
      ),
    ),
    says("container insights are on", (planned) =>
      planned.every("ecs.Cluster", /^/, (cluster) =>
        /"containerInsights","value":"(?:enabled|enhanced)"/.test(cluster.text("settings")),
      ),
    ),
    says("Lambda does what AWS wants a function for", (planned) =>
      planned.every("lambda.Function", /^/, (made) => /^nodejs/.test(made.text("runtime"))),
    ),
    says("images are scanned and their tags never move", (planned) =>
      planned.every("ecr.Repository", /^/, (images) =>
        images.are({ imageTagMutability: "IMMUTABLE", "imageScanningConfiguration.scanOnPush": true }),
      ),
    ),
    says("tasks run images by digest", (planned) =>
      planned.every("ecs.TaskDefinition", graph, (task) =>
        /@sha256:[0-9a-f]{64}/.test(task.text("containerDefinitions")),
      ),
    ),
  ]),
  ...proofs("AWS-5", (says) => [
    says("at least 2 and at most 10 tasks of each service", (planned) =>
      planned.every("appautoscaling.Target", graph, (target, { program }) =>
        target.are({ maxCapacity: 10, ...(program === "application" ? { minCapacity: 2 } : {}) }),
      ),
    ),
    says("at CPU 70 %, down after 300 seconds and up after 60", (planned) =>
      planned.every("appautoscaling.Policy", /-cpu$/, tracks("ECSServiceAverageCPUUtilization", 70)),
    ),
    says("by memory as well", (planned) =>
      planned.every("appautoscaling.Policy", /-memory$/, tracks("ECSServiceAverageMemoryUtilization", 80)),
    ),
    says("and ahead of each day's load, by prediction", (planned) =>
      planned.every("appautoscaling.Policy", /-forecast$/, (policy) =>
        policy.are({
          policyType: "PredictiveScaling",
          "predictiveScalingPolicyConfiguration.mode": "ForecastAndScale",
        }),
      ),
    ),
    says("every service of the graph scales in each of these ways", (planned) => {
      const scaled = planned.of("ecs.Service", graph).filter(isHome);
      if (scaled.length !== 5) throw new Error(`${scaled.length} services`);
      return scaled.flatMap(({ name }) =>
        ["cpu", "memory", "forecast"].flatMap((way) =>
          planned.every("appautoscaling.Policy", `${name}-${way}`, () => true),
        ),
      );
    }),
  ]),
  ...proofs("OBS-1", (says) => [
    says("containers are asked /health every 30 seconds", (planned) =>
      planned.every("ecs.TaskDefinition", graph, (_, { inputs }) => {
        const [{ healthCheck } = { healthCheck: undefined }] = containersOf(inputs);
        return healthCheck?.interval === 30 && healthCheck.command.join(" ").includes("/health");
      }),
    ),
    says("the load balancer sends visitors only where /ready answers", (planned) =>
      planned.every("lb.TargetGroup", /^/, (group) =>
        group.are({ "healthCheck.path": "/ready", "healthCheck.matcher": "200" }),
      ),
    ),
  ]),
];
