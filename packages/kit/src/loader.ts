import DataLoader from "dataloader";
import { Histogram, type Registry } from "./metrics.ts";
import { trackedScope } from "./read-scope.ts";
import { createTrackedLoader } from "./tracked-loader.ts";

/** Puts rows into the order of the keys, null where a key has none: what a DataLoader batch must return. */
export function orderByKey<K, R>(keys: readonly K[], rows: readonly R[], keyOf: (row: R) => string): (R | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(String(key)) ?? null);
}

/** Groups rows by key in the order of the keys, an empty list where a key has none. */
export function groupByKey<K, R>(keys: readonly K[], rows: readonly R[], keyOf: (row: R) => string): R[][] {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return keys.map((key) => groups.get(String(key)) ?? []);
}

/**
 * Makes a loader for one request. Keys are compared as text, because two ObjectIds of one document are two objects.
 * `name` is the label of the metric `dataloader_batch_size`.
 */
export type LoaderFactory = <K, R>(
  name: string,
  batch: (keys: readonly K[]) => Promise<readonly (R | Error)[]>,
  cacheKeyOf?: (key: K) => string,
) => DataLoader<K, R, string>;

/** Makes the factory that a subgraph's `loaders.ts` uses; one per program, so that the metric is registered once. */
export function createLoaderFactory(registry?: Registry): LoaderFactory {
  const sizes =
    registry &&
    new Histogram({
      name: "dataloader_batch_size",
      help: "Keys per database command of a loader",
      labelNames: ["loader"],
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
      registers: [registry],
    });
  return <K, R>(
    name: string,
    batch: (keys: readonly K[]) => Promise<readonly (R | Error)[]>,
    cacheKeyOf: (key: K) => string = String,
  ) => {
    const counted = (keys: readonly K[]) => {
      sizes?.observe({ loader: name }, keys.length);
      return batch(keys);
    };
    // The server's limits: a batch of 1,000 ids stays far below 16 MiB and is one index scan.
    const options = { cacheKeyFn: cacheKeyOf, maxBatchSize: 1_000 };
    return trackedScope() ? createTrackedLoader(counted, options) : new DataLoader<K, R, string>(counted, options);
  };
}
