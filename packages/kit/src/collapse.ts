// Equal things that happen often are told once, with how often they happened: a flood must not fill what tells of it.

export interface Collapsed<T> {
  value: T;
  count: number;
}

export interface Collapser<T> {
  /** The first of a period is told at once, the others together when the period ends. */
  add: (key: string, value: T) => void;
  /** Tells what waits. */
  flush: () => void;
}

/** Different keys in one period; what goes beyond counts under few more keys. */
const mostKeys = 1_000;
const surplus = "";

/**
 * @param tell gets `count` 1 at once, and how many followed at the end of the period
 * @param beyond under which of few keys, and as what, a value is told when there are too many keys; by default all under
 * one, as the value that came first
 */
export function createCollapser<T>(
  periodMs: number,
  tell: (collapsed: Collapsed<T>) => void,
  beyond = (value: T): [key: string, value: T] => [surplus, value],
): Collapser<T> {
  const waiting = new Map<string, Collapsed<T>>();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const ended = [...waiting.values()];
    waiting.clear();
    for (const collapsed of ended) if (collapsed.count > 0) tell(collapsed);
  };
  return {
    add(key, value) {
      timer ??= setTimeout(flush, periodMs).unref();
      const [slot, told] = waiting.has(key) || waiting.size < mostKeys ? [key, value] : beyond(value);
      const known = waiting.get(slot);
      if (known) {
        known.count += 1;
        return;
      }
      waiting.set(slot, { value: told, count: 0 });
      tell({ value: told, count: 1 });
    },
    flush,
  };
}
