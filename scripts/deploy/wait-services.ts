// Waits until ECS has brought the image to every service, or has taken it back.
import {
  DescribeServicesCommand,
  DescribeServiceDeploymentsCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
} from "@aws-sdk/client-ecs";
import { ReleaseError } from "./failure.ts";
import { type Patience, waitFor } from "./patience.ts";

export interface ServicesPlace {
  ecs: ECSClient;
  cluster: string;
  patience: Patience;
  say: (line: string) => void;
}

const isBack = (status: string) => /^(?:ROLLBACK_|STOPPED|STOP_REQUESTED)/.test(status);

/**
 * @param services names at ECS
 * @throws ReleaseError where ECS takes a service back, or runs another image than this
 */
export async function waitForServices(services: string[], digest: string, place: ServicesPlace): Promise<void> {
  const told = new Map<string, string>();
  const tell = (service: string, state: string) => {
    if (told.get(service) !== state) place.say(`${service}: ${state}`);
    told.set(service, state);
  };
  await waitFor(place.patience, "the deployment of services", async () => {
    const states = await Promise.all(services.map((service) => stateOf(service, place)));
    states.forEach(({ service, status, stage }) => {
      tell(service, stage === undefined ? status : `${status}, ${stage}`);
    });
    const back = states.find(({ status }) => isBack(status));
    if (back) throw takenBack(back.service, back.reason ?? back.status);
    return states.every(({ status }) => status === "SUCCESSFUL") ? true : undefined;
  });
  for (const service of services) {
    const image = await imageOf(service, place);
    if (!image.endsWith(`@${digest}`)) throw takenBack(service, `it runs ${image}`);
  }
}

const takenBack = (service: string, reason: string) =>
  new ReleaseError(
    "takenBack",
    `ECS has taken ${service} back: ${reason}.\n` +
      "Visitors are on the image before. The state may still name the new one: `scripts/deploy.sh <environment> --rollback` makes both agree.",
  );

interface ServiceState {
  service: string;
  status: string;
  stage?: string | undefined;
  reason?: string | undefined;
}

/** The newest deployment of a service; where ECS keeps no record of one, what the service itself says. */
async function stateOf(service: string, { ecs, cluster }: ServicesPlace): Promise<ServiceState> {
  const { serviceDeployments: all = [] } = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service }));
  const [newest] = [...all].sort((a, b) => Number(b.createdAt) - Number(a.createdAt));
  if (newest?.serviceDeploymentArn === undefined) return steadiness(service, { ecs, cluster });
  const arn = newest.serviceDeploymentArn;
  const { serviceDeployments: [found] = [] } = await ecs.send(
    new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
  );
  const waiting = found?.lifecycleHookDetails?.find(({ status }) => status === "AWAITING_ACTION")?.hookId;
  const stage = waiting === undefined ? found?.lifecycleStage : howToAnswer(arn, waiting);
  return {
    service,
    status: found?.status ?? newest.status ?? "PENDING",
    stage: found?.status === "IN_PROGRESS" ? stage : undefined,
    reason: found?.statusReason ?? newest.statusReason,
  };
}

/** The new version runs and visitors do not see it: a person says yes, or no with another action. */
const howToAnswer = (arn: string, hook: string) =>
  "it waits for an answer before visitors reach it:\n" +
  `  aws ecs continue-service-deployment --service-deployment-arn ${arn} --hook-id ${hook} --action CONTINUE (or ROLLBACK)`;

async function steadiness(service: string, { ecs, cluster }: Pick<ServicesPlace, "ecs" | "cluster">) {
  const { services: [found] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const { deployments = [], desiredCount, runningCount } = found ?? {};
  if (deployments[0]?.rolloutState === "FAILED") {
    return { service, status: "STOPPED", reason: deployments[0].rolloutStateReason };
  }
  const isSteady = deployments.length === 1 && desiredCount === runningCount;
  return { service, status: isSteady ? "SUCCESSFUL" : "IN_PROGRESS" };
}

/** What tasks of the service run now. */
async function imageOf(service: string, { ecs, cluster }: ServicesPlace): Promise<string> {
  const { services: [found] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const { taskDefinition: definition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: found?.taskDefinition }),
  );
  return definition?.containerDefinitions?.[0]?.image ?? "no image";
}
