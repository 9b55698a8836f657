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

/**
 * Takes points of a network, and of its site where it has one; both or none.
 *
 * @param asked.of what is counted apart from the others in the same tables
 * @param then told the bucket that refuses, or the one that has less left
 */
export function takeAtPlace<T>(
  leases: Leases,
  tables: PlaceTables,
  { place, count, of }: { place: Place; count: number; of?: string },
  then: (bucket: Bucket, taking: Taking) => PromiseOrValue<T>,
): PromiseOrValue<T> {
  const idOf = (name: string) => (of === undefined ? name : `${of} ${name}`);
  const bucket = tables.network.of(idOf(place.network));
  return whenDone(leases.take(bucket, fitting(count, bucket)), (taking) => {
    if (place.site === undefined || taking === "refused") return then(bucket, taking);
    const site = tables.site.of(idOf(place.site));
    return whenDone(leases.take(site, fitting(count, site)), (atSite) => {
      if (atSite === "refused") {
        leases.refund(bucket, count, taking);
        return then(site, atSite);
      }
      return then(leases.remaining(site) < leases.remaining(bucket) ? site : bucket, taking);
    });
  });
}
