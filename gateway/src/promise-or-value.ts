/** What is known at once, or later: an answer from memory takes less time than the promises on its way (as in graphql-js). */
export type PromiseOrValue<T> = T | Promise<T>;

/** `then`, which does not wait where there is nothing to wait for. */
export function whenDone<T, R>(value: PromiseOrValue<T>, onValue: (value: T) => PromiseOrValue<R>): PromiseOrValue<R> {
  return value instanceof Promise ? value.then(onValue) : onValue(value);
}

/** The same for work that may fail; whatever `onValue` throws is not given to `onError`. */
export function whenSettled<T, R>(
  work: () => PromiseOrValue<T>,
  onValue: (value: T) => PromiseOrValue<R>,
  onError: (error: unknown) => PromiseOrValue<R>,
): PromiseOrValue<R> {
  let value: PromiseOrValue<T>;
  try {
    value = work();
  } catch (error) {
    return onError(error);
  }
  return value instanceof Promise ? value.then(onValue, onError) : onValue(value);
}
