// What runs, for ECS: services.ts of the repository's root is the only place with ports, variables, probes and sizes.
import { gateway, publicPaths, secretVariables, type Service, type ServiceName, subgraphs } from "../../../services.ts";

export interface Deployable {
  name: ServiceName;
  port: number;
  /** Where figures are read, if not on `port`; reached from inside the VPC only. */
  operatorPort: number | undefined;
  /** Arguments after `node` in the image. */
  command: string[];
  /** Variables given as text. */
  settings: string[];
  /** Variables that come from Secrets Manager; their values are in no task definition. */
  secrets: string[];
  probes: Service["probes"];
  size: TaskSize;
  /** Whether visitors' operations come here. */
  isPublic: boolean;
  /** Paths that the load balancer sends here (AWS-2); without any it is reached from inside only. Five at most. */
  paths: string[];
  /** Whether it talks to MongoDB itself. */
  hasDatabase: boolean;
}

/** CPU units (1024 are a vCPU) and MiB of one task. */
export interface TaskSize {
  cpu: number;
  memory: number;
}

/** Files of the development machine: in the cloud the variable without "_FILE" is set from a secret. */
const isLocalFile = (variable: string) => variable.endsWith("_FILE");

const deployable = (service: Service): Deployable => {
  const variables = service.env.filter((variable) => !isLocalFile(variable));
  return {
    name: service.name,
    port: service.port,
    operatorPort: service.operatorPort,
    command: service.command,
    settings: variables.filter((variable) => !secretVariables.has(variable)),
    secrets: variables.filter((variable) => secretVariables.has(variable)),
    probes: service.probes,
    size: service.size,
    isPublic: service.name === gateway.name,
    paths: publicPaths[service.name] ?? [],
    hasDatabase: service.database !== undefined,
  };
};

/** Subgraphs first: the gateway has nothing to ask before they are there. */
export const catalogue: Deployable[] = [...subgraphs, gateway].map(deployable);

/** MiB that Fargate takes for a number of CPU units (AWS: "Task CPU and memory"). */
const memories: Record<number, { from: number; to: number; step: number }> = {
  256: { from: 512, to: 2048, step: 512 },
  512: { from: 1024, to: 4096, step: 1024 },
  1024: { from: 2048, to: 8192, step: 1024 },
  2048: { from: 4096, to: 16384, step: 1024 },
  4096: { from: 8192, to: 30720, step: 1024 },
};

/** Whether Fargate has tasks of that size. */
export function isFargateSize({ cpu, memory }: TaskSize): boolean {
  const allowed = memories[cpu];
  // The smallest size has 512, 1024 and 2048 MiB, but not 1536.
  if (!allowed || (cpu === 256 && memory === 1536)) return false;
  return memory >= allowed.from && memory <= allowed.to && (memory - allowed.from) % allowed.step === 0;
}

/** What a program takes beside V8's heap: buffers, threads, /tmp, the runtime itself. */
const BESIDE_HEAP = 256;

/** MiB that V8 may take by the options of a command; it keeps three halves of the young generation. 0: by its own choice. */
export function heapOf(command: string[]): number {
  const option = (name: string) =>
    Number(command.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? 0);
  return option("max-old-space-size") + 3 * option("max-semi-space-size");
}

/**
 * Size of a service's tasks. A stack's own size may be smaller than that of services.ts, but never has less memory than the
 * program's heap may take: ECS would kill the task before V8 collects what it has left behind.
 * @param own undefined or 0 CPU units for the sizes of services.ts
 * @param others MiB that other containers of the task may take
 */
export function sizeFor({ command, size }: Pick<Deployable, "command" | "size">, own?: TaskSize, others = 0): TaskSize {
  if (own === undefined || own.cpu === 0) return size;
  const heap = heapOf(command);
  const least = heap === 0 ? own.memory : Math.max(own.memory, heap + BESIDE_HEAP + others);
  const { from = 512, to = 2048, step = 512 } = memories[own.cpu] ?? {};
  for (let memory = from; memory <= to; memory += step) {
    if (memory >= least && isFargateSize({ cpu: own.cpu, memory })) return { cpu: own.cpu, memory };
  }
  return own;
}
