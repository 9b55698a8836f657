import { cacheEntryType } from "@tradegraph/kit/cache-entry";

interface HasOutbox {
  outbox: { type: string }[];
}

/** A stored document with its events alone: entries that only say what cached answers must forget are left out. */
export const withEvents = <D extends HasOutbox | null>(document: D): D =>
  document && { ...document, outbox: document.outbox.filter(({ type }) => type !== cacheEntryType) };
