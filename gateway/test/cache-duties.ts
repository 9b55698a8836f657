// What reads of a history have to show.
import { type Done, type Read, type Write } from "./cache-histories.ts";

/** Whether a read that began so many milliseconds after a write was acknowledged has to show it. */
export type MustSee = (read: Read, write: Write, sinceMs: number) => boolean;

/** A read that began after a write of the same was acknowledged. */
interface Duty {
  read: Read;
  key: string;
  version: number;
  write: Done;
  /** Whether it showed what was written, or something later. */
  isMet: boolean;
}

export function dutiesOf(history: readonly Done[], mustSee: MustSee = () => true): Duty[] {
  const told = history.filter(({ step, isTold }) => step.kind === "write" && isTold);
  return history.flatMap(({ step: read, begun, seen }) => {
    if (read.kind === "write") return [];
    return told.flatMap((write) => {
      if (write.ended > begun || !mustSee(read, write.step as Write, begun - write.ended)) return [];
      return write.seen.flatMap((written) =>
        seen
          .filter(({ key }) => key === written.key)
          .map(({ key, version }) => ({ read, key, version, write, isMet: version >= written.version })),
      );
    });
  });
}

/** Reads that did not show what they had to. */
export const staleReads = (history: readonly Done[], mustSee?: MustSee): Duty[] =>
  dutiesOf(history, mustSee).filter(({ isMet }) => !isMet);
