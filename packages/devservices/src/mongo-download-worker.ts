// Runs as a child process: mongodb-memory-server-core, used as a downloader only, prints its progress and takes its
// settings from the environment; here it does so without touching ours. Arguments: version, folder.
import { MongoBinaryDownload } from "mongodb-memory-server-core/lib/util/MongoBinaryDownload.js";
import { MongoBinaryDownloadUrl } from "mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js";
import { DryMongoBinary } from "mongodb-memory-server-core/lib/util/DryMongoBinary.js";
import { type DownloadMessage } from "./mongo-download-message.ts";

const probeMilliseconds = 3000;

async function main(version: string, downloadDir: string): Promise<void> {
  const options = await DryMongoBinary.generateOptions({ version, downloadDir });
  const url = await new MongoBinaryDownloadUrl(options).getDownloadUrl();
  await probe(url);
  const download = new MongoBinaryDownload({ ...options, downloadDir, checkMD5: true });
  const timer = setInterval(() => {
    // Private, but the only place where the size is known before the download ends.
    const { current, length } = download.dlProgress;
    if (length > 0) tell({ type: "progress", received: current, total: length });
  }, 250);
  try {
    tell({ type: "fetched", binary: await download.getMongodPath() });
  } finally {
    clearInterval(timer);
  }
}

/** Closed networks let requests hang: without this the downloader would wait for minutes. */
async function probe(url: string): Promise<void> {
  const { host } = new URL(url);
  const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(probeMilliseconds) }).catch(
    (error: Error) => {
      const cause = error.cause instanceof Error ? error.cause.message : error.message;
      throw new Error(`${host} cannot be reached within ${probeMilliseconds / 1000} s: ${cause}`);
    },
  );
  if (!answer.ok) throw new Error(`${host} has no build for this system (status ${answer.status})`);
}

function tell(message: DownloadMessage): void {
  process.send?.(message);
}

const [version = "", downloadDir = ""] = process.argv.slice(2);
main(version, downloadDir).then(
  () => process.disconnect?.(),
  (error: unknown) => {
    tell({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
    process.disconnect?.();
  },
);
