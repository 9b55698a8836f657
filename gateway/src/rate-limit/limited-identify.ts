// Guesses at credentials. A flood of unknown tokens and keys from one place is refused before any more are looked at; it
// never gets as far as the steps for operations.
import { apiKeyHeader } from "@tradegraph/kit/api-key";
import { keyRefusalOf } from "../api-key.ts";
import { type AddressOf } from "../client-address.ts";
import { whenSettled } from "../promise-or-value.ts";
import { tokenRefusalOf } from "../token-refusal.ts";
import { type Identify } from "../viewer.ts";
import { type Bucket } from "./bucket.ts";
import { type Leases } from "./leases.ts";
import { type Decide } from "./decision.ts";
import { createPlaces, type Place, type PlaceTables, takeAtPlace } from "./places.ts";

/** Whether nobody ever gave it out. Who holds something that has ended has not guessed. */
function isGuess(error: unknown): boolean {
  const token = tokenRefusalOf(error);
  if (token) return token.holder === undefined && token.reason !== "TOKEN_EXPIRED";
  const key = keyRefusalOf(error);
  return key?.reason === "unknown" || key?.reason === "malformed";
}

export function limitGuesses(options: {
  identify: Identify;
  addressOf: AddressOf;
  failures: PlaceTables;
  leases: Leases;
  decide: Decide;
}): Identify {
  const { identify, addressOf, failures, leases, decide } = options;
  const placeOf = createPlaces();
  const isFull = (bucket: Bucket | undefined) => bucket !== undefined && leases.retryMs(bucket) > 0;
  /** The bucket of the network or the site, where that is full. */
  const fullAt = ({ network, site }: Place): Bucket | undefined =>
    [failures.network.find(network), site === undefined ? undefined : failures.site.find(site)].find(isFull);
  return (caller) => {
    const { authorization, [apiKeyHeader]: key } = caller.headers;
    if (authorization === undefined && key === undefined) return identify(caller);
    const place = placeOf(addressOf(caller));
    const bucket = fullAt(place);
    if (bucket) {
      decide({
        limited: "credentials",
        bucket,
        taking: "refused",
        what: "tokens or keys that do not count, from here",
      });
    }
    return whenSettled(
      () => identify(caller),
      (viewer) => viewer,
      (error) => {
        // What comes of it counts for the next one.
        if (isGuess(error)) void takeAtPlace(leases, failures, place, 1);
        throw error;
      },
    );
  };
}
