// One task of ECS to its end: the users of the databases, and migrations.
import { type CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTasksCommand, type ECSClient, ListTasksCommand, RunTaskCommand, type Task } from "@aws-sdk/client-ecs";
import { ReleaseError } from "./failure.ts";
import { type Patience, waitFor } from "./patience.ts";
import { type TaskOutput } from "./pulumi.ts";

/** Lines of the log that a failure shows. */
const SHOWN_LINES = 50;

export interface TaskPlace {
  ecs: ECSClient;
  logs: CloudWatchLogsClient;
  cluster: string;
  patience: Patience;
  say: (line: string) => void;
}

/**
 * Runs it, or waits for the one that a release that was broken off has left behind.
 * @throws ReleaseError with the end of its log where it does not end with 0
 */
export async function runTask(name: string, task: TaskOutput, place: TaskPlace): Promise<void> {
  const { say, patience } = place;
  patience.signal?.throwIfAborted();
  const arn = (await underWay(name, task, place)) ?? (await start(name, task, place));
  say(`${name}: task ${idOf(arn)} runs`);
  const ended = await waitFor(patience, `task ${name}`, async () => {
    const found = await describe([arn], place);
    return found[0]?.lastStatus === "STOPPED" ? found[0] : undefined;
  });
  const [container] = ended.containers ?? [];
  if (container?.exitCode === 0) {
    say(`${name}: done`);
    return;
  }
  const reason = [ended.stoppedReason, container?.reason].filter(Boolean).join("; ");
  const end = container?.exitCode === undefined ? "without an exit code" : `with ${container.exitCode}`;
  const lines = await lastLines(
    task.logGroup,
    `${container?.name ?? name}/${container?.name ?? name}/${idOf(arn)}`,
    place,
  );
  throw new ReleaseError(
    "failed",
    [
      `The task ${name} ended ${end}${reason === "" ? "" : ` (${reason})`}. Services still run what they ran.`,
      lines.length === 0 ? `There is nothing in ${task.logGroup}.` : `The end of ${task.logGroup}:`,
      ...lines.map((line) => `  ${line}`),
    ].join("\n"),
  );
}

async function describe(tasks: string[], { ecs, cluster }: TaskPlace): Promise<Task[]> {
  if (tasks.length === 0) return [];
  const { tasks: found = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks }));
  return found;
}

/** Two migrations at once would step on each other: one of the same definition is waited for, another one is refused. */
async function underWay(name: string, task: TaskOutput, place: TaskPlace): Promise<string | undefined> {
  const { ecs, cluster } = place;
  const family = /task-definition\/([^:]+)/.exec(task.taskDefinitionArn)?.[1];
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, family, desiredStatus: "RUNNING" }));
  const running = await describe(taskArns, place);
  const ours = running.find(({ taskDefinitionArn }) => taskDefinitionArn === task.taskDefinitionArn);
  const other = running.find(({ taskDefinitionArn }) => taskDefinitionArn !== task.taskDefinitionArn);
  if (other) {
    throw new ReleaseError(
      "locked",
      `Another ${name} runs already: task ${idOf(other.taskArn ?? "")}. Wait for its end.`,
    );
  }
  return ours?.taskArn;
}

async function start(name: string, task: TaskOutput, { ecs, cluster }: TaskPlace): Promise<string> {
  const { tasks = [], failures = [] } = await ecs.send(
    new RunTaskCommand({
      cluster,
      taskDefinition: task.taskDefinitionArn,
      launchType: "FARGATE",
      count: 1,
      startedBy: "scripts/deploy.sh",
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: task.subnetIds,
          securityGroups: task.securityGroupIds,
          assignPublicIp: "DISABLED",
        },
      },
    }),
  );
  const arn = tasks[0]?.taskArn;
  if (arn !== undefined) return arn;
  throw new ReleaseError("failed", `ECS started no task ${name}: ${failures[0]?.reason ?? "it gave no reason"}.`);
}

const idOf = (arn: string) => arn.split("/").at(-1) ?? arn;

async function lastLines(logGroupName: string, logStreamName: string, { logs }: TaskPlace): Promise<string[]> {
  try {
    const { events = [] } = await logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, limit: SHOWN_LINES, startFromHead: false }),
    );
    return events.map(({ message = "" }) => message.trimEnd());
  } catch (error) {
    return [`(its log cannot be read: ${error instanceof Error ? error.message : String(error)})`];
  }
}
