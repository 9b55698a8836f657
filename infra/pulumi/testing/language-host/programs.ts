// Starts programs and policy packs with the very scripts that Pulumi's own language host starts.
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type * as wire from "@pulumi/pulumi/proto/language_pb.js";
import lang from "@pulumi/pulumi/proto/language_pb.js";
import { childEnvironment } from "../env.ts";

/** `cmd/run` ends with this after it has told the user what went wrong (runtime/run in @pulumi/pulumi). */
const ALREADY_REPORTED = 32;

const running = new Set<ChildProcess>();

export const stopAll = () => running.forEach((child) => child.kill());

const scriptOf = (folder: string, id: string) => createRequire(join(resolve(folder), "x.js")).resolve(id);

const runtimeOptions = (info: wire.ProgramInfo | undefined): Record<string, unknown> =>
  info?.getOptions()?.toJavaScript() ?? {};

/** Node runs TypeScript itself, so ts-node stays out unless the program asks for it. */
const withTypeScript = (options: Record<string, unknown>) => ({
  PULUMI_NODEJS_TYPESCRIPT: String(options["typescript"] ?? false),
});

/** Loaded before Pulumi's script. */
const plainTraces = ["--require", join(import.meta.dirname, "plain-traces.ts")];

function start(args: string[], cwd: string, env: NodeJS.ProcessEnv, output: "inherit" | "pipe"): ChildProcess {
  const child = spawn(process.execPath, [...plainTraces, ...args], { cwd, env, stdio: ["ignore", output, output] });
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

/** Runs a program and resolves when it has ended. */
export function run(request: wire.RunRequest, engine: string, onCancel: (stop: () => void) => void) {
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const args = [
    scriptOf(folder, "@pulumi/pulumi/cmd/run"),
    ...["--monitor", request.getMonitorAddress(), "--engine", engine],
    ...["--organization", request.getOrganization(), "--project", request.getProject(), "--stack", request.getStack()],
    ...["--root-directory", info?.getRootDirectory() ?? folder, "--pwd", request.getPwd()],
    ...["--parallel", String(request.getParallel()), ...(request.getDryrun() ? ["--dry-run"] : [])],
    ...[info?.getEntryPoint() || ".", ...request.getArgsList()],
  ];
  const env = childEnvironment({
    ...withTypeScript(runtimeOptions(info)),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  });
  const child = start(args, request.getPwd(), env, "inherit");
  onCancel(() => child.kill());
  return new Promise<wire.RunResponse>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => {
      const response = new lang.RunResponse();
      if (code === ALREADY_REPORTED) response.setBail(true);
      else if (code !== 0) response.setError(`the program ended with ${code ?? signal}`);
      done(response);
    });
  });
}

/** Runs a policy pack (kind "analyzer") or a provider written in TypeScript; what it prints goes to the engine. */
export function runPlugin(
  request: wire.RunPluginRequest,
  send: (response: wire.RunPluginResponse) => void,
  done: () => void,
) {
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const given = request.getArgsList();
  const analyzer = request.getKind() === "analyzer";
  const script = scriptOf(folder, analyzer ? "@pulumi/pulumi/cmd/run-policy-pack" : "@pulumi/pulumi/cmd/run-plugin");
  const variables = request
    .getEnvList()
    .map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]);
  const env = {
    ...Object.fromEntries(variables),
    ...withTypeScript(runtimeOptions(request.getInfo())),
  } as NodeJS.ProcessEnv;
  const args = analyzer ? [script, given.at(-1) ?? "", folder] : [script, folder, ...given];
  const child = start(args, analyzer ? folder : request.getPwd(), env, "pipe");
  child.stdout?.on("data", (text: Buffer) => send(new lang.RunPluginResponse().setStdout(text)));
  child.stderr?.on("data", (text: Buffer) => send(new lang.RunPluginResponse().setStderr(text)));
  child.on("close", (code) => {
    send(new lang.RunPluginResponse().setExitcode(code ?? 1));
    done();
  });
  return () => child.kill();
}
