// Load by wrk, which takes so little of the processor that the server is what is measured.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Burst, connections } from "./burst.ts";
import { type Child } from "./start-child.ts";

export interface HttpRequest {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

const run = promisify(execFile);

/** Lua text that may hold anything but two closing brackets of this kind. */
const long = (text: string) => `[==[${text}]==]`;

function script({ method, headers, body = "" }: HttpRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers[ ${long(name)} ] = ${long(value)}`);
  return [`wrk.method = "${method}"`, `wrk.body = ${long(body)}`, ...lines].join("\n");
}

/** Cores that this process may use, such as "0-1". */
const allCores = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
/** The first one has the interrupts. */
const lastCore = /\d+$/.exec(allCores)?.[0] ?? "0";
/** All threads of a process. */
const pin = ({ pid }: Child, cores: string) => run("taskset", ["-acp", cores, String(pid)]);

/**
 * The same request again and again, as often as it is answered. Load and server share one core: on a core of its own the
 * load sleeps whenever the server is the slower of the two, and waking it costs more than the answer, so that a server
 * that takes a little longer would pay much more.
 *
 * @throws Error for anything but successes, and where there is no wrk or taskset
 */
export async function wrk(child: Child, request: HttpRequest, seconds: number): Promise<Burst> {
  const folder = await mkdtemp(join(tmpdir(), "wrk-"));
  try {
    const file = join(folder, "request.lua");
    await writeFile(file, script(request));
    const url = `http://127.0.0.1:${child.ports[0]}${request.path}`;
    await pin(child, lastCore);
    const cpuBefore = await child.cpuMicroseconds();
    const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "-s", file, url];
    const { stdout } = await run("taskset", ["-c", lastCore, "wrk", ...args]);
    const cpu = (await child.cpuMicroseconds()) - cpuBefore;
    const answered = Number(/(\d+) requests in/.exec(stdout)?.[1]);
    const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
    if (/Non-2xx|Socket errors/.test(stdout) || !answered) throw new Error(stdout);
    return { perSecond, cpuMicroseconds: cpu / answered };
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT" || String(error).includes("execute wrk");
    throw isMissing ? new Error("This benchmark needs wrk and taskset on the PATH.", { cause: error }) : error;
  } finally {
    await pin(child, allCores).catch(() => undefined);
    await rm(folder, { recursive: true });
  }
}
