// The Pulumi CLI on one stack of the program `application`.
import { spawn } from "node:child_process";
import { childEnvironment } from "@tradegraph/devservices/env";
import { z } from "zod";
import { notStarted, ReleaseError, UnknownStackError } from "./failure.ts";

const task = z.object({
  taskDefinitionArn: z.string(),
  logGroup: z.string(),
  subnetIds: z.array(z.string()),
  securityGroupIds: z.array(z.string()),
});
export type TaskOutput = z.output<typeof task>;

/** What this script needs of the stack's outputs (infra/pulumi/lib/application-outputs.ts); all empty before its first `up`. */
const outputs = z.object({
  url: z.string().default(""),
  cluster: z.string().default(""),
  repository: z.string().default(""),
  services: z.record(z.string(), z.object({ service: z.string() })).default({}),
  image: z.string().default(""),
  previousImage: z.string().default(""),
  databaseUsers: task.nullish(),
  migrate: task.nullish(),
});
export type StackOutputs = z.output<typeof outputs>;

const history = z.array(
  z.object({
    version: z.number(),
    result: z.string(),
    config: z.record(z.string(), z.object({ value: z.string().optional() })).default({}),
  }),
);
export interface LastUpdate {
  /** Counts up with each update, whoever starts it. */
  version: number;
  ok: boolean;
  /** Value of a setting in that update. */
  setting: (key: string) => string;
}

export interface PulumiRun {
  /** Undefined for the stack's own. */
  settingsFile?: string;
  /** Patterns of URNs; everything else stays as it is. */
  targets?: string[];
  message?: string;
}

export interface Pulumi {
  outputs: () => Promise<StackOutputs>;
  lastUpdate: () => Promise<LastUpdate | undefined>;
  preview: (run: PulumiRun) => Promise<void>;
  up: (run: PulumiRun) => Promise<void>;
}

interface Place {
  program: string;
  stack: string;
  /** Folder of the policy pack that looks at each preview and each whole `up`; undefined for none. */
  policyPack?: string | undefined;
  /** Asks the CLI to end well: it takes the lock away and writes down what it has done. */
  signal?: AbortSignal | undefined;
}

/** @param write where the CLI's own words go */
export function openPulumi({ program, stack, policyPack, signal }: Place, write: (text: string) => void): Pulumi {
  const call = (args: string[], isShown: boolean) =>
    runPulumi([...args, "--stack", stack], { program, signal }, isShown ? write : undefined);
  const flags = ({ settingsFile, targets = [], message }: PulumiRun) => [
    ...(settingsFile === undefined ? [] : ["--config-file", settingsFile]),
    // With targets policies would judge what the stack was before. The preview of the whole has passed them by then.
    ...(policyPack === undefined || targets.length > 0 ? [] : ["--policy-pack", policyPack]),
    ...targets.flatMap((target) => ["--target", target]),
    ...(message === undefined ? [] : ["--message", message]),
  ];
  return {
    outputs: async () => outputs.parse(JSON.parse(await call(["stack", "output", "--json"], false))),
    lastUpdate: async () => {
      const said = await call(["stack", "history", "--json", "--page-size", "1"], false);
      // Before the first update the CLI says so in words.
      const [last] = said.trim().startsWith("[") ? history.parse(JSON.parse(said)) : [];
      if (!last) return undefined;
      const setting = (key: string) => last.config[key]?.value ?? "";
      return { version: last.version, ok: last.result === "succeeded", setting };
    },
    preview: async (run) => void (await call(["preview", "--diff", ...flags(run)], true)),
    up: async (run) => void (await call(["up", "--yes", "--skip-preview", ...flags(run)], true)),
  };
}

function runPulumi(
  args: string[],
  { program: cwd, signal }: Pick<Place, "program" | "signal">,
  write: (text: string) => void = () => undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd,
      // Not in the terminal's group, where ^C would reach it twice: the second time it leaves everything as it is.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: childEnvironment({ PULUMI_SKIP_UPDATE_CHECK: "true" }),
    });
    const stop = () => child.kill("SIGINT");
    signal?.addEventListener("abort", stop);
    const said = { out: "", all: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said.out += text;
      said.all += text;
      write(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said.all += text;
      write(text);
    });
    child.once("error", (cause) => {
      reject(new ReleaseError("failed", `The Pulumi CLI did not start: ${cause.message}`));
    });
    child.once("close", (code) => {
      signal?.removeEventListener("abort", stop);
      if (code === 0) resolve(said.out);
      else if (signal?.aborted) reject(signal.reason as ReleaseError);
      else reject(failureOf(args[0] ?? "", said.all));
    });
  });
}

/** What the CLI's words mean. */
function failureOf(command: string, said: string): ReleaseError {
  if (said.includes("the stack is currently locked")) {
    const owner = /created by (.*)$/m.exec(said)?.[1] ?? "somebody";
    return new ReleaseError(
      "locked",
      `Another release has the stack's lock: created by ${owner}.\n` +
        "Wait for it. Where that process is dead, `pulumi cancel` in the program's folder takes the lock away.",
    );
  }
  const unknown = /no stack named '([^']+)'/.exec(said)?.[1];
  if (unknown !== undefined) return new UnknownStackError(unknown);
  if (said.includes("PULUMI_ACCESS_TOKEN must be set")) {
    return notStarted(
      "Pulumi does not know where the state is: set PULUMI_BACKEND_URL to bootstrap's output `backend`.",
    );
  }
  const broken = said.split("\n").filter((line) => line.includes("[mandatory]"));
  if (broken.length > 0) {
    const lines = [...new Set(broken.map((line) => `  ${line.trim()}`))];
    return new ReleaseError("failed", `pulumi ${command} failed: policies forbid it.\n${lines.join("\n")}`);
  }
  const error = /^\s*error: (.*)$/m.exec(said)?.[1];
  return new ReleaseError("failed", `pulumi ${command} failed${error === undefined ? "." : `: ${error}`}`);
}
