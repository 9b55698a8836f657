/** @param until never rejects. @param work should throw nothing: nobody is there to catch it */
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
      // Whoever comes later begins another line, and nothing holds on to this one.
      if (last === until) [last, line] = [undefined, []];
      for (const next of own) {
        try {
          next();
        } catch (error) {
          // Told as what nobody has caught, and holds up nobody else.
          void Promise.reject(error as Error);
        }
      }
    });
  };
}
