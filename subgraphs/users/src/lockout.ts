// How often somebody may try, and how long to wait after too many times. What was tried is kept in the database, so that
// all instances count together, and without Redis.
import { createHash } from "node:crypto";
import { networkOf, siteOf } from "@tradegraph/kit/networks";

/**
 * Tries within {@link AttemptLimit.windowMs} of the first; after those, a pause that doubles with each further try, up to
 * the longest.
 */
export interface AttemptLimit {
  free: number;
  /** How many are looked at at a time when so many are left, or none: a right one must not stop the others. */
  atOnce: number;
  pauseMs: number;
  longestPauseMs: number;
  windowMs: number;
  /** How long after a pause the tries are still remembered, if that is longer. */
  rememberMs: number;
}

/** What of an action is counted. */
interface ActionLimits {
  /** One account from one place, of IPv6 a site: nobody elsewhere can lock a person out by it. */
  pair?: AttemptLimit;
  /** One account; with `pair`, from anywhere, but places from which it has signed in are let through. */
  account?: AttemptLimit;
  /** Whose mailbox it reaches. */
  recipient?: AttemptLimit;
  /** One network, from which a whole firm may come. */
  address: AttemptLimit;
}

const second = 1_000;
const minute = 60 * second;

const short = { pauseMs: 30 * second, longestPauseMs: 15 * minute, windowMs: 15 * minute };
const long = { pauseMs: minute, longestPauseMs: 60 * minute, windowMs: 60 * minute };

const narrow = (times: typeof short, free: number): AttemptLimit => ({
  ...{ ...times, free, atOnce: 1, rememberMs: times.windowMs },
});
const wide = (times: typeof short, free: number): AttemptLimit => ({ ...narrow(times, free), atOnce: 5 });
/** Of many people, whom one of them must not keep out for long: the pause does not grow, and the window not either. */
const shared = (times: typeof short, free: number): AttemptLimit => ({
  ...{ ...wide(times, free), longestPauseMs: times.pauseMs, rememberMs: 0 },
});

/** What is limited. An account is an e-mail address, whether it has an account or not; of who is signed in, the user's id. */
export const attemptLimits = {
  /** Only tries with a wrong password count. */
  "sign-in": { pair: narrow(short, 5), account: wide(short, 50), address: shared(short, 50) },
  /** The same for who is signed in; strangers cannot try, so they cannot use it up. */
  "password-change": { account: narrow(short, 5), address: shared(short, 50) },
  /** New passwords that are looked at, which takes a processor some milliseconds each. */
  "password-strength": { pair: wide(short, 30), address: shared(short, 100) },
  /** Links by mail: nobody's mailbox is flooded. */
  "password-reset": { pair: narrow(long, 3), account: wide(long, 10), address: shared(long, 20) },
  "email-verification": { account: narrow(long, 3), address: shared(long, 20) },
  invitation: { recipient: narrow(long, 5), account: wide(long, 30), address: shared(long, 50) },
  registration: { pair: narrow(long, 5), account: wide(long, 20), address: shared(short, 50) },
} as const satisfies Record<string, ActionLimits>;

export type LimitedAction = keyof typeof attemptLimits;

/** Who tries. */
export interface Attempter {
  /** E-mail address in the form of `emailKey`, or a user's id; see {@link attemptLimits}. */
  account: string;
  /** Network address. All who have none that is known count as one network, a small one. */
  address?: string | undefined;
  /** Of a message, in the form of `emailKey`. */
  recipient?: string;
}

/** What is counted, and how. */
export interface CountedAttempt {
  kind: keyof ActionLimits | "site";
  key: string;
  /** Under which the tries of a person are found and forgotten; absent for those of a network. */
  owner?: string;
  limit: AttemptLimit;
}

/** One site may have 2^16 networks of IPv6. */
const sitesNetworks = 3;

/** Most tries of all whose address is not known. */
const freeOfUnknown = 20;

/** The narrower lock first: whoever is locked out by it costs the others no try. */
export function countedAttempts(action: LimitedAction, attempter: Attempter): CountedAttempt[] {
  const { account, address, recipient } = attempter;
  const limits: ActionLimits = attemptLimits[action];
  const network = networkOf(address);
  const site = address === undefined ? undefined : siteOf(address);
  const { free, atOnce } = limits.address;
  const ofSite = { ...limits.address, free: free * sitesNetworks, atOnce: atOnce * sitesNetworks };
  const ofNetwork = address === undefined ? { ...limits.address, free: Math.min(free, freeOfUnknown) } : limits.address;
  const counted = (kind: CountedAttempt["kind"], limit: AttemptLimit | undefined, values: string[], of?: string) =>
    limit
      ? [{ kind, key: keyOf(action, kind, ...values), limit, ...(of !== undefined && { owner: ownerOf(action, of) }) }]
      : [];
  return [
    ...counted("pair", limits.pair, [account, placeOf(address)], account),
    ...(recipient === undefined ? [] : counted("recipient", limits.recipient, [recipient], recipient)),
    ...counted("account", limits.account, [account], account),
    ...counted("address", ofNetwork, [network]),
    ...(site === undefined ? [] : counted("site", ofSite, [site])),
  ];
}

/** Where a person is known by. Of IPv6 it is the site, because a phone has another network each time. */
export const placeOf = (address: string | undefined): string =>
  (address === undefined ? undefined : siteOf(address)) ?? networkOf(address);

/** Under what the tries of an account are found. */
export const ownerOf = (action: LimitedAction, account: string): string => keyOf(action, "owner", account);

/** How long the next try must wait after this one, the `count`th, unless it succeeds. */
export function pauseAfter({ free, pauseMs, longestPauseMs }: AttemptLimit, count: number): number {
  return count < free ? 0 : Math.min(pauseMs * 2 ** Math.min(count - free, 30), longestPauseMs);
}

// A hash, because addresses are personal data and nobody needs to read them here.
const keyOf = (...parts: string[]) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
