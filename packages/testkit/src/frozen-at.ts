export interface Frozen<M> {
  /** For the runner that stands still. */
  models: M;
  /** Resolves when it stands still. */
  reached: Promise<void>;
  wake: () => void;
}

/**
 * Models for a runner that stands still when it is about to send one command, as on a paused machine, until it is woken.
 *
 * @param call how many calls of the method go through before, plus one
 * @example const slow = frozenAt(models, "Order", "create"); const placed = place(slow.models); await slow.reached;
 */
export function frozenAt<M extends object, K extends keyof M>(
  models: M,
  model: K,
  method: "create" | "findOne" | "updateOne",
  call = 1,
): Frozen<M> {
  const reached = Promise.withResolvers<undefined>();
  const gate = Promise.withResolvers<undefined>();
  const stop = () => {
    reached.resolve(undefined);
    return gate.promise;
  };
  let calls = 0;
  const frozen = new Proxy(models[model] as object, {
    get(target, name) {
      const value = Reflect.get(target, name) as (...given: unknown[]) => unknown;
      if (name !== method) return value;
      return (...given: unknown[]) => {
        calls += 1;
        const send = () => value.apply(target, given);
        if (calls !== call) return send();
        // A query is sent when `lean` is called on it.
        if (method === "findOne") return { lean: () => stop().then(() => (send() as { lean: () => unknown }).lean()) };
        return stop().then(send);
      };
    },
  });
  return { models: { ...models, [model]: frozen }, reached: reached.promise, wake: () => gate.resolve(undefined) };
}
