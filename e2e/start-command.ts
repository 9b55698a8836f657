// `pnpm start` as a user runs it, on ports and data of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import process from "node:process";
import { childEnvironment } from "@tradegraph/devservices/env";
import { freePort } from "@tradegraph/devservices/ports";

const root = resolve(import.meta.dirname, "..");

export interface StartCommand {
  child: ChildProcess;
  output: () => string;
  /** Resolves when the text was printed. @throws Error with the output when the command ends before, or after `limitMs` */
  printed: (text: string | RegExp, limitMs?: number) => Promise<void>;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

/** Ports for one graph, as the variables that `start` reads. */
export async function freePorts(): Promise<Record<string, string>> {
  const names = ["GATEWAY_PORT", "PRODUCTS_PORT", "ORDERS_PORT", "USERS_PORT", "CONTENT_PORT"];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, String(await freePort())] as const)));
}

export function runStart(dataDir: string, env: Record<string, string>, args: string[] = []): StartCommand {
  const child = spawn(process.execPath, ["scripts/start.ts", "--data", dataDir, ...args], {
    cwd: root,
    env: childEnvironment({ NODE_ENV: "development", ...env }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    child,
    output: () => text,
    ended,
    printed: (wanted, limitMs = 150_000) =>
      new Promise<void>((done, fail) => {
        const giveUp = (why: string) => {
          clearInterval(look);
          fail(new Error(`${why}, before it printed ${String(wanted)}:\n${text}`));
        };
        const deadline = performance.now() + limitMs;
        const look = setInterval(() => {
          if (typeof wanted === "string" ? text.includes(wanted) : wanted.test(text)) {
            clearInterval(look);
            done();
          } else if (child.exitCode !== null) giveUp(`It ended with ${child.exitCode}`);
          else if (performance.now() > deadline) giveUp(`${limitMs} ms went by`);
        }, 50);
      }),
  };
}
