// Stands for AWS where scripts/deploy.sh calls it: the JSON and query protocols of STS, ECR, ECS and CloudWatch Logs, as far as
// a release needs them. A test says what images there are, how tasks end and how services take a new one.
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Input = Record<string, unknown>;

export interface AwsFake {
  url: string;
  /** Of whom the credentials are. */
  account: string;
  /** Digests that the registry has; of each the names of critical findings. */
  images: Map<string, string[]>;
  /** How tasks end; "runs" keeps them running. */
  taskEnds: number | "runs";
  /** What the next deployment of services comes to. */
  deployments: { status: string; reason?: string };
  /** The image that services run. */
  serviceImage: string;
  /** Tasks that were started, by what their definition is called. */
  started: string[];
  /** Operations that were called, such as "ECS.RunTask". */
  calls: string[];
  close: () => Promise<void>;
}

const ecsArn = (what: string) => `arn:aws:ecs:us-east-1:111111111111:${what}`;
const familyOf = (definition: string) => definition.split("/").at(-1)?.split(":")[0] ?? "";

class AwsError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

interface Task {
  definition: string;
  /** Its exit code, once it has ended. */
  ended?: number;
}
type State = AwsFake & { tasks: Map<string, Task> };
type Operations = Record<string, (input: Input, fake: State) => unknown>;

/** What ECS says of a task. One that runs ends as soon as the test lets tasks end. */
function described(arn: string, { tasks, taskEnds }: State) {
  const task = tasks.get(arn) ?? { definition: "" };
  if (task.ended === undefined && taskEnds !== "runs") task.ended = taskEnds;
  const { definition, ended } = task;
  return {
    taskArn: arn,
    taskDefinitionArn: definition,
    lastStatus: ended === undefined ? "RUNNING" : "STOPPED",
    stoppedReason: ended === undefined ? undefined : "Essential container in task exited",
    containers: [{ name: "migrate", ...(ended === undefined ? {} : { exitCode: ended }) }],
  };
}

const registry: Operations = {
  DescribeImages: ({ imageIds }, { images }) => {
    const [id] = imageIds as { imageDigest?: string }[];
    if (!id?.imageDigest || !images.has(id.imageDigest)) throw new AwsError("ImageNotFoundException", "no such image");
    return { imageDetails: [{ imageDigest: id.imageDigest }] };
  },
  DescribeImageScanFindings: ({ imageId }, { images }) => {
    const critical = images.get((imageId as { imageDigest: string }).imageDigest) ?? [];
    return {
      imageScanStatus: { status: "COMPLETE" },
      imageScanFindings: {
        findingSeverityCounts: { CRITICAL: critical.length, LOW: 2 },
        findings: critical.map((name) => ({ name, severity: "CRITICAL" })),
      },
    };
  },
};

const containers: Operations = {
  ListTasks: ({ family }, { tasks }) => ({
    taskArns: [...tasks].flatMap(([arn, { definition, ended }]) =>
      ended === undefined && familyOf(definition) === family ? [arn] : [],
    ),
  }),
  RunTask: ({ taskDefinition }, fake) => {
    const arn = ecsArn(`task/graph/${fake.tasks.size + 1}`);
    fake.tasks.set(arn, { definition: String(taskDefinition) });
    fake.started.push(familyOf(String(taskDefinition)));
    return { tasks: [{ taskArn: arn }], failures: [] };
  },
  DescribeTasks: ({ tasks }, fake) => ({ tasks: (tasks as string[]).map((arn) => described(arn, fake)) }),
  ListServiceDeployments: ({ service }) => ({
    serviceDeployments: [{ serviceDeploymentArn: ecsArn(`service-deployment/${String(service)}`), createdAt: 1 }],
  }),
  DescribeServiceDeployments: (_input, { deployments }) => ({
    serviceDeployments: [{ status: deployments.status, statusReason: deployments.reason }],
  }),
  DescribeServices: ({ services }) => ({
    services: (services as string[]).map((name) => ({ taskDefinition: ecsArn(`task-definition/${name}:1`) })),
  }),
  DescribeTaskDefinition: (_input, { serviceImage }) => ({
    taskDefinition: { containerDefinitions: [{ image: `registry/app@${serviceImage}` }] },
  }),
};

const logs: Operations = {
  GetLogEvents: () => ({ events: [{ message: "migration 0007 failed: duplicate key" }] }),
};

const services: Record<string, [string, Operations]> = {
  AmazonEC2ContainerRegistry_V20150921: ["ECR", registry],
  AmazonEC2ContainerServiceV20141113: ["ECS", containers],
  Logs_20140328: ["Logs", logs],
};

const identity = (account: string) =>
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${account}</Account>` +
  `<UserId>u</UserId><Arn>arn:aws:iam::${account}:user/u</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;

async function answer(request: IncomingMessage, fake: State): Promise<string> {
  const body = await text(request);
  const target = request.headers["x-amz-target"];
  if (typeof target !== "string") {
    fake.calls.push("STS.GetCallerIdentity");
    return identity(fake.account);
  }
  const [service = "", operation = ""] = target.split(".");
  const [name, operations] = services[service] ?? ["", {}];
  fake.calls.push(`${name}.${operation}`);
  const call = operations[operation];
  if (!call) throw new AwsError("UnknownOperationException", `this test has no answer for ${target}`);
  return JSON.stringify(call(JSON.parse(body) as Input, fake));
}

/** Listens on a free port; `AWS_ENDPOINT_URL` leads the SDK there. */
export async function openAwsFake(account: string): Promise<AwsFake> {
  const server = createServer((request, response) => {
    answer(request, fake).then(
      (said) =>
        response.setHeader("content-type", said.startsWith("<") ? "text/xml" : "application/x-amz-json-1.1").end(said),
      (error: unknown) => {
        const type = error instanceof AwsError ? error.type : "InternalFailure";
        response.statusCode = 400;
        response.end(JSON.stringify({ __type: type, message: String(error) }));
      },
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const fake: State = {
    url: `http://127.0.0.1:${port}`,
    account,
    ...{ images: new Map<string, string[]>(), taskEnds: 0, deployments: { status: "SUCCESSFUL" }, serviceImage: "" },
    ...{ started: [], calls: [], tasks: new Map<string, Task>() },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return fake;
}
