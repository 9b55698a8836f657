// Load by wrk, which takes so little of the processor that the server is what is measured.
import { execFile } from "node:child_process";
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

/**
 * The same request again and again, as often as it is answered.
 *
 * @throws Error for anything but successes, and where there is no wrk
 */
export async function wrk(child: Child, request: HttpRequest, seconds: number): Promise<Burst> {
  const folder = await mkdtemp(join(tmpdir(), "wrk-"));
  try {
    const file = join(folder, "request.lua");
    await writeFile(file, script(request));
    const url = `http://127.0.0.1:${child.ports[0]}${request.path}`;
    const cpuBefore = await child.cpuMicroseconds();
    const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "-s", file, url];
    const { stdout } = await run("wrk", args).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") throw new Error("This benchmark needs wrk on the PATH.", { cause: error });
      throw error;
    });
    const cpu = (await child.cpuMicroseconds()) - cpuBefore;
    const answered = Number(/(\d+) requests in/.exec(stdout)?.[1]);
    const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
    if (/Non-2xx|Socket errors/.test(stdout) || !answered) throw new Error(stdout);
    return { perSecond, cpuMicroseconds: cpu / answered };
  } finally {
    await rm(folder, { recursive: true });
  }
}
