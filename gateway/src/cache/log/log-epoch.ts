// The epoch of a cache: what was kept in another one counts no more, because the log may have lost something since.

/** As Redis keeps it. Made by the script in log-scripts.ts. */
export interface Epoch {
  text: string;
  /** Random; part of all keys. */
  name: string;
  /** The log's entry with which it begins; all positions in it are at or after this. */
  startId: string;
  /** Entries that the stream had been given then, the first one of the epoch included. */
  startCount: number;
}

/** @throws Error for anything but what the scripts write */
export function parseEpoch(text: string): Epoch {
  const [, name, startId, startCount] = /^([\w-]+):\w*:(\d+-\d+):(\d+)$/.exec(text) ?? [];
  if (name === undefined || startId === undefined) throw new Error("Redis has an epoch that nobody wrote.");
  return { text, name, startId, startCount: Number(startCount) };
}
