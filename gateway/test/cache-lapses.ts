// When gateways found themselves without a lease.
import { type CacheFleet } from "./start-cache-fleet.ts";

/** Whether a gateway found itself without a lease between two moments. */
export type HadNoLease = (gateway: number, from: number, to: number) => boolean;

/**
 * Notes when the code of a gateway is told that it has no lease: then it asks as the caller himself, and on a busy machine
 * leases end without a fault.
 */
export function watchLeases({ gateways }: Pick<CacheFleet, "gateways">): HadNoLease {
  const lapses = gateways.map((): number[] => []);
  for (const [index, { cache }] of gateways.entries()) {
    if (!cache) continue;
    const { log } = cache;
    const { position, epoch } = log;
    const noted = <T>(value: T | undefined): T | undefined => {
      if (value === undefined) lapses[index]?.push(performance.now());
      return value;
    };
    log.position = () => noted(position());
    log.epoch = () => noted(epoch());
  }
  return (gateway, from, to) => lapses[gateway]?.some((at) => at >= from && at <= to) ?? false;
}
