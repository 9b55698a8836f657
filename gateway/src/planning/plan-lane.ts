// Questions that wait, one of each caller in turn: whoever sends many holds up nobody but himself.

export interface PlanLane<T> {
  /** @param caller undefined is one more. @returns false where there is no place for it */
  add: (caller: string | undefined, waiting: T) => boolean;
  /** Of the caller who has had none for longest. */
  take: () => T | undefined;
  takeAll: () => T[];
  length: () => number;
}

/** @param most in all. @param mostOfOne of one caller */
export function createPlanLane<T>({ most, mostOfOne }: { most: number; mostOfOne: number }): PlanLane<T> {
  /** In the order of their turns; nobody has an empty list. */
  const callers = new Map<string | undefined, T[]>();
  let length = 0;
  const take = (): T | undefined => {
    for (const [caller, all] of callers) {
      const first = all.shift();
      length -= 1;
      callers.delete(caller);
      if (all.length > 0) callers.set(caller, all);
      return first;
    }
    return undefined;
  };
  return {
    add(caller, waiting) {
      const all = callers.get(caller);
      if (length >= most || (all?.length ?? 0) >= mostOfOne) return false;
      if (all) all.push(waiting);
      else callers.set(caller, [waiting]);
      length += 1;
      return true;
    },
    take,
    takeAll() {
      const taken = [...callers.values()].flat();
      callers.clear();
      length = 0;
      return taken;
    },
    length: () => length,
  };
}
