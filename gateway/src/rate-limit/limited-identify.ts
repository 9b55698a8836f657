// Guesses at credentials. A flood of unknown tokens and keys from one place is refused before any more are looked at; it
// never gets as far as the steps for operations.
import { networkOf } from "@tradegraph/kit/networks";
import { apiKeyHeader } from "@tradegraph/kit/api-key";
import { keyRefusalOf } from "../api-key.ts";
import { type AddressOf } from "../client-address.ts";
import { whenSettled } from "../promise-or-value.ts";
import { tokenRefusalOf } from "../token-refusal.ts";
import { type Identify } from "../viewer.ts";
import { type BucketTable } from "./bucket.ts";
import { type Leases } from "./leases.ts";
import { type Decide } from "./decision.ts";

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
  failures: BucketTable;
  leases: Leases;
  decide: Decide;
}): Identify {
  const { identify, addressOf, failures, leases, decide } = options;
  return (caller) => {
    const { authorization, [apiKeyHeader]: key } = caller.headers;
    if (authorization === undefined && key === undefined) return identify(caller);
    const network = networkOf(addressOf(caller));
    const bucket = failures.find(network);
    if (bucket && leases.retryMs(bucket) > 0) {
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
        if (isGuess(error)) void leases.take(failures.of(network), 1);
        throw error;
      },
    );
  };
}
