// The containers of a task, as ECS wants them described: the program, and a collector of its traces where there is one.
import { collectorContainer } from "./collector-container.ts";

export interface Container {
  name: string;
  /** With a digest: `…@sha256:…`. */
  image: string;
  /** Arguments after `node`. */
  command: string[];
  environment: Record<string, string>;
  /** Names with the ARNs of their secrets. */
  secrets: { name: string; valueFrom: string }[];
  /** Where it listens, and a path that says whether it lives. Undefined: it does its work and ends. */
  listens?: Listens;
  logGroup: string;
  region: string;
  /** Seconds after SIGTERM until it is killed. */
  stopSeconds: number;
  /** Folder for a volume called `files`. */
  filesFolder?: string | undefined;
  /** Whether a collector of its traces is beside it. */
  collectsTraces?: boolean | undefined;
}

/** Where a task listens, and a path on `port` that says whether it lives. */
export interface Listens {
  port: number;
  healthPath: string;
  /** Figures and purges, for operators inside the VPC. */
  operatorPort?: number | undefined;
}

/** The image's own user. */
const USER = "1001:1001";

/** The image has no curl. */
const probe = (port: number, path: string) =>
  `fetch("http://127.0.0.1:${port}${path}").then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))`;

const portMappings = (name: string, { port, operatorPort }: Listens) => [
  { name, containerPort: port, protocol: "tcp", appProtocol: "http" },
  ...(operatorPort === undefined
    ? []
    : [{ name: `${name}-operators`, containerPort: operatorPort, protocol: "tcp", appProtocol: "http" }]),
];

/** JSON of `containerDefinitions`. Lists are sorted, so that no order of ours shows as a change. */
export function containerDefinitions(container: Container): string {
  const { name, listens, filesFolder, collectsTraces } = container;
  return JSON.stringify([
    {
      name,
      image: container.image,
      essential: true,
      command: ["node", ...container.command],
      user: USER,
      readonlyRootFilesystem: true,
      // An init process passes signals on and buries dead children.
      linuxParameters: {
        initProcessEnabled: true,
        capabilities: { drop: ["ALL"] },
        tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["nosuid", "nodev", "noexec"] }],
      },
      stopTimeout: container.stopSeconds,
      ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
      environment: Object.entries(container.environment)
        .map(([variable, value]) => ({ name: variable, value }))
        .sort((a, b) => a.name.localeCompare(b.name)),
      secrets: [...container.secrets].sort((a, b) => a.name.localeCompare(b.name)),
      mountPoints: filesFolder ? [{ sourceVolume: "files", containerPath: filesFolder, readOnly: false }] : [],
      portMappings: listens ? portMappings(name, listens) : [],
      ...(listens
        ? {
            healthCheck: {
              command: ["CMD", "node", "-e", probe(listens.port, listens.healthPath)],
              interval: 30,
              timeout: 5,
              retries: 3,
              // A start waits for the database for up to 30 seconds.
              startPeriod: 60,
            },
          }
        : {}),
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": container.logGroup,
          "awslogs-region": container.region,
          "awslogs-stream-prefix": name,
          // Rather lose lines than stand still while CloudWatch does.
          mode: "non-blocking",
          "max-buffer-size": "4m",
        },
      },
    },
    ...(collectsTraces ? [collectorContainer(container)] : []),
  ]);
}
