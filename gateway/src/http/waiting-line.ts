/** @param until never rejects. @param work throws nothing */
export type WaitingLine = (until: Promise<void>, work: () => void) => void;

/**
 * Does work once something is done, in the order in which it came. Many answers wait for one promise, that of the records of
 * a turn: a promise more for each of them takes longer than most of what else an answer from memory needs.
 */
export function createWaitingLine(): WaitingLine {
  let last: Promise<void> | undefined;
  let line: (() => void)[] = [];
  return (until, work) => {
    if (until === last) {
      line.push(work);
      return;
    }
    const own = [work];
    last = until;
    line = own;
    void until.then(() => {
      // Whoever comes later begins another line: this one is not looked at again.
      if (last === until) last = undefined;
      for (const next of own) next();
    });
  };
}
