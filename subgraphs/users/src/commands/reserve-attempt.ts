// Tries are counted before the work that they ask for: of a hundred at once no more get through than one after the other.
import { serviceUnavailable } from "@tradegraph/kit/errors";
import { mongo } from "mongoose";
import {
  type Attempter,
  type CountedAttempt,
  countedAttempts,
  type LimitedAction,
  ownerOf,
  pauseAfter,
} from "../lockout.ts";
import { type Models } from "../models.ts";
import { type SignInAttemptDocument } from "../models/sign-in-attempt.ts";
import { isKnownNetwork } from "../queries/known-network.ts";

/** A try that may go on. It counts as a wrong one unless its owner says otherwise; the pause begins when it says so. */
export interface Attempt {
  retryAt?: undefined;
  /** It was right: the account's tries from here are forgotten, and for the others this one does not count. */
  succeed: () => Promise<void>;
  /** It was wrong. */
  fail: () => Promise<void>;
  /** It never took place, such as when too many wait already: as if nobody had tried. */
  release: () => Promise<void>;
}

/** No try before this. */
export interface LockedOut {
  retryAt: Date;
}

interface Reserved {
  counted: CountedAttempt;
  /** Set for the last that are free, as many as are looked at at a time, and for all later ones: its number. */
  late?: number;
}

/** Of who may try at once; the database wants a date. */
const unlocked = new Date(0);

/** Longer than looking at a try takes. */
const lookMs = 30_000;

/**
 * Counts a try: of an account, of a network address, of both together.
 *
 * @throws PublicError SERVICE_UNAVAILABLE when very many of one account try at this moment
 */
export async function reserveAttempt(
  models: Models,
  action: LimitedAction,
  attempter: Attempter,
): Promise<Attempt | LockedOut> {
  const all = countedAttempts(action, attempter);
  const { account, address } = attempter;
  const isWaived = async ({ kind }: CountedAttempt) =>
    kind === "account" && all[0]?.kind === "pair" && isKnownNetwork(models, account, address);
  const reserved: Reserved[] = [];
  for (const counted of all) {
    const outcome = await reserve(models, counted);
    if (!("retryAt" in outcome)) {
      reserved.push(outcome);
      continue;
    }
    if (await isWaived(counted)) continue;
    await Promise.all(reserved.map((earlier) => takeBack(models, earlier)));
    return outcome;
  }
  const [narrowest, ...others] = reserved;
  return {
    succeed: async () => {
      if (narrowest) await models.SignInAttempt.deleteOne({ key: narrowest.counted.key });
      await Promise.all(others.map((other) => takeBack(models, other)));
    },
    fail: async () => {
      await Promise.all(reserved.map((each) => keep(models, each)));
    },
    release: async () => {
      await Promise.all(reserved.map((each) => takeBack(models, each)));
    },
  };
}

/** Counts something that is limited however it ends. @throws PublicError as {@link reserveAttempt} */
export async function countAttempt(
  models: Models,
  action: LimitedAction,
  attempter: Attempter,
): Promise<Partial<LockedOut>> {
  const attempt = await reserveAttempt(models, action, attempter);
  if (attempt.retryAt) return attempt;
  await attempt.fail();
  return {};
}

/** Forgets the tries of an account, such as when it has a new password. @returns how many counts there were */
export async function forgetAttempts(
  models: Models,
  actions: readonly LimitedAction[],
  ...accounts: string[]
): Promise<number> {
  const owners = actions.flatMap((action) => accounts.map((account) => ownerOf(action, account)));
  return (await models.SignInAttempt.deleteMany({ owner: { $in: owners } })).deletedCount;
}

async function reserve(models: Models, counted: CountedAttempt): Promise<Reserved | LockedOut> {
  const { key } = counted;
  // Each round that comes to nothing is one in which somebody else changed the count.
  for (let round = 0; round < 50; round += 1) {
    const now = new Date();
    const done = (await addEarly(models, counted, now)) ?? (await addLate(models, counted, now));
    if (done) return done;
    const seen = await models.SignInAttempt.findOne({ key }).lean<SignInAttemptDocument>();
    if (!seen || seen.expiresAt <= now) {
      if (await addFirst(models, counted, now)) return { counted };
    } else if (seen.lockedUntil > now) return { retryAt: seen.lockedUntil };
    else if (seen.openUntil > now) {
      if (seen.open >= counted.limit.atOnce) return { retryAt: seen.openUntil };
    } else await models.SignInAttempt.updateOne({ key, openUntil: seen.openUntil }, { $set: { open: 0 } });
  }
  throw serviceUnavailable("Too many tries for this account at the moment; try again.");
}

/** Those before are forgotten, or there are none. */
async function addFirst(models: Models, { key, owner, limit }: CountedAttempt, now: Date): Promise<boolean> {
  const expiresAt = new Date(now.getTime() + limit.windowMs);
  const first = { count: 1, open: 0, openUntil: unlocked, lockedUntil: unlocked, expiresAt };
  try {
    const { matchedCount, upsertedCount } = await models.SignInAttempt.updateOne(
      { key, expiresAt: { $lte: now } },
      { $set: { ...first, ...(owner !== undefined && { owner }) }, $inc: { version: 1 } },
      { upsert: true, setDefaultsOnInsert: false },
    );
    return matchedCount + upsertedCount > 0;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11000) return false;
    throw error;
  }
}

const unlockedAt = (now: Date) => ({ lockedUntil: { $lte: now }, expiresAt: { $gt: now } });

async function addEarly(models: Models, counted: CountedAttempt, now: Date): Promise<Reserved | undefined> {
  const { key, limit } = counted;
  const { modifiedCount } = await models.SignInAttempt.updateOne(
    { key, count: { $lt: limit.free - limit.atOnce }, ...unlockedAt(now) },
    { $inc: { count: 1, version: 1 } },
  );
  return modifiedCount === 1 ? { counted } : undefined;
}

async function addLate(models: Models, counted: CountedAttempt, now: Date): Promise<Reserved | undefined> {
  const { key, limit } = counted;
  const added = await models.SignInAttempt.findOneAndUpdate(
    { key, count: { $gte: limit.free - limit.atOnce }, open: { $lt: limit.atOnce }, ...unlockedAt(now) },
    { $inc: { count: 1, open: 1, version: 1 }, $set: { openUntil: new Date(now.getTime() + lookMs) } },
    { returnDocument: "after" },
  ).lean<SignInAttemptDocument | null>();
  return added ? { counted, late: added.count } : undefined;
}

/** A wrong one: it has been counted, and of the late ones the last that is free and those after it bring a pause. */
async function keep(models: Models, { counted, late }: Reserved): Promise<void> {
  if (late === undefined) return;
  const { key, limit } = counted;
  const pause = pauseAfter(limit, late);
  if (pause > 0) {
    const now = Date.now();
    const lockedUntil = new Date(now + pause);
    await models.SignInAttempt.updateOne(
      { key, count: { $gte: limit.free } },
      { $max: { lockedUntil, expiresAt: new Date(now + pause + limit.rememberMs) }, $inc: { version: 1 } },
    );
  }
  await models.SignInAttempt.updateOne({ key, open: { $gte: 1 } }, { $inc: { open: -1, version: 1 } });
}

async function takeBack(models: Models, { counted: { key }, late }: Reserved): Promise<void> {
  if (late !== undefined) {
    const both = { $inc: { count: -1, open: -1, version: 1 } };
    const { modifiedCount } = await models.SignInAttempt.updateOne(
      { key, count: { $gte: 1 }, open: { $gte: 1 } },
      both,
    );
    if (modifiedCount === 1) return;
  }
  await models.SignInAttempt.updateOne({ key, count: { $gte: 1 } }, { $inc: { count: -1, version: 1 } });
}
