/** What the downloader's process says to ours. */
export type DownloadMessage =
  /** Bytes. */
  | { type: "progress"; received: number; total: number }
  | { type: "fetched"; binary: string }
  | { type: "failed"; reason: string };
