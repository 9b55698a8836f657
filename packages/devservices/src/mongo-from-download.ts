import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cachedBinary, discardCached, isCached } from "./cached-binary.ts";
import { type Candidate, type ServerBinary } from "./candidate.ts";
import { childEnvironment } from "./env.ts";
import { type DownloadMessage } from "./mongo-download-message.ts";
import { type Report } from "./progress.ts";
import { verifiedVersion, type Trial } from "./verified-binary.ts";

/** The oldest 8.0 without CVE-2025-14847. */
export const officialVersion = "8.0.17";

const worker = fileURLToPath(new URL("./mongo-download-worker.ts", import.meta.url));

/** The official server, from its maker. */
export function mongoFromDownload(trial: Trial): Candidate<ServerBinary> {
  const source = "official download";
  const name = `mongod-${officialVersion}`;
  return {
    source,
    isFetched: () => isCached(trial.cacheDir, name, "mongod"),
    async find(report) {
      const { cacheDir } = trial;
      const binary = await cachedBinary(cacheDir, name, "mongod", (folder) => downloadMongod(folder, report));
      try {
        return { source, binary, version: await verifiedVersion(binary, trial) };
      } catch (error) {
        await discardCached(cacheDir, name);
        throw error;
      }
    },
  };
}

/** Downloads into `folder` and returns the program's path. `environment`: settings of the downloader, for tests. */
export function downloadMongod(
  folder: string,
  report: Report,
  environment: Record<string, string> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(worker, [officialVersion, folder], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
      env: childEnvironment({
        // Without this setting the downloader accepts any certificate.
        npm_config_strict_ssl: "true",
        NODE_USE_SYSTEM_CA: "1",
        NODE_USE_ENV_PROXY: "1",
        ...environment,
      }),
    });
    child.on("message", (message: DownloadMessage) => {
      if (message.type === "fetched") resolve(message.binary);
      else if (message.type === "failed") reject(new Error(message.reason));
      else report({ type: "download", step: "MongoDB", received: message.received, total: message.total });
    });
    child.once("error", reject);
    // Not "exit": the channel closes only after its last message was read.
    child.once("disconnect", () => reject(new Error("the downloader ended without an answer")));
    const endWithParent = () => child.kill("SIGKILL");
    process.once("exit", endWithParent);
    child.once("exit", () => process.off("exit", endWithParent));
  });
}
