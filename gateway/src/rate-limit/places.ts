// Where callers come from whom nobody knows. Of IPv6 it is a network and a site: providers give a customer up to 2^16
// networks, and a limit for each of them alone would be none.
import { networkOf, siteOf } from "@tradegraph/kit/networks";
import { LRUCache } from "lru-cache";
import { type PromiseOrValue, whenDone } from "../promise-or-value.ts";
import { type Bucket, type BucketTable } from "./bucket.ts";
import { type Leases, type Taking } from "./leases.ts";

export interface Place {
  network: string;
  /** Of IPv6 only. */
  site: string | undefined;
}

export interface PlaceTables {
  network: BucketTable;
  site: BucketTable;
}

/** How many times the limit of a network a site has, as the lock-outs of users have it. */
export const siteNetworks = 3;

/** Of IPv6, whose networks take long to find. */
const rememberedAddresses = { max: 20_000 };

/** @returns a function that finds the place of an address; all who have none that is known are at one */
export function createPlaces(): (address: string | undefined) => Place {
  const known = new LRUCache<string, Place>(rememberedAddresses);
  return (address) => {
    if (!address?.includes(":")) return { network: address ?? networkOf(undefined), site: undefined };
    const found = known.get(address);
    if (found) return found;
    const place = { network: networkOf(address), site: siteOf(address) };
    known.set(address, place);
    return place;
  };
}

/** More than fits is refused as what is one too many: nobody is told to wait for a day. */
export const fitting = (count: number, { rate: { capacity } }: Bucket): number => Math.min(count, capacity + 1);

/** What came of taking at a place: of the bucket that refuses, or of the one that has less left. */
export interface TakenAtPlace {
  bucket: Bucket;
  taking: Taking;
}

/**
 * Takes points of a network, and of its site where it has one; both or none. At once wherever it can, and without functions
 * of its own for those who need not wait.
 *
 * @param of what is counted apart from the others in the same tables
 */
export function takeAtPlace(
  leases: Leases,
  tables: PlaceTables,
  place: Place,
  count: number,
  of?: string,
): PromiseOrValue<TakenAtPlace> {
  const bucket = tables.network.of(of === undefined ? place.network : `${of} ${place.network}`);
  const taking = leases.take(bucket, fitting(count, bucket));
  const { site } = place;
  if (site === undefined) return takenOf(bucket, taking);
  const name = of === undefined ? site : `${of} ${site}`;
  return whenDone(taking, (taken) =>
    taken === "refused"
      ? { bucket, taking: taken }
      : takeOfSite(leases, tables.site.of(name), count, { bucket, taking: taken }),
  );
}

const takenOf = (bucket: Bucket, taking: PromiseOrValue<Taking>): PromiseOrValue<TakenAtPlace> =>
  taking instanceof Promise ? taking.then((taken) => ({ bucket, taking: taken })) : { bucket, taking };

/** @param network what was taken there before */
function takeOfSite(leases: Leases, site: Bucket, count: number, network: TakenAtPlace): PromiseOrValue<TakenAtPlace> {
  return whenDone(leases.take(site, fitting(count, site)), (taking) => {
    if (taking === "refused") {
      leases.refund(network.bucket, count, network.taking);
      return { bucket: site, taking };
    }
    const isLess = leases.remaining(site) < leases.remaining(network.bucket);
    return { bucket: isLess ? site : network.bucket, taking: network.taking };
  });
}
