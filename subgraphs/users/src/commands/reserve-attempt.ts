// Tries are counted before the work that they ask for: of a hundred at once no more get through than one after the other.
import { serviceUnavailable } from "@tradegraph/kit/errors";
import { mongo } from "mongoose";
import { type Attempter, type CountedAttempt, countedAttempts, type LimitedAction, pauseAfter } from "../lockout.ts";
import { type Models } from "../models.ts";
import { type SignInAttemptDocument } from "../models/sign-in-attempt.ts";

/** A try that may go on. It counts as a failed one unless its owner says otherwise. */
export interface Attempt {
  retryAt?: undefined;
  /** It was right: the account's tries are forgotten, and this one does not count for the address. */
  succeed: () => Promise<void>;
  /** It never took place, such as when too many wait already: as if nobody had tried. */
  release: () => Promise<void>;
}

/** No try before this. */
export interface LockedOut {
  retryAt: Date;
}

interface Reserved {
  key: string;
  /** Set when this try brought the pause, unless it succeeds. */
  lockedUntil: Date | undefined;
}

/** Of who may try at once; the database wants a date. */
const unlocked = new Date(0);

/**
 * Counts a try of an account and of a network address.
 *
 * @throws PublicError SERVICE_UNAVAILABLE when very many of one account try at this moment
 */
export async function reserveAttempt(
  models: Models,
  action: LimitedAction,
  attempter: Attempter,
): Promise<Attempt | LockedOut> {
  const reserved: Reserved[] = [];
  for (const counted of countedAttempts(action, attempter)) {
    const outcome = await reserve(models, counted);
    if ("retryAt" in outcome) {
      await Promise.all(reserved.map((earlier) => takeBack(models, earlier)));
      return outcome;
    }
    reserved.push(outcome);
  }
  const [account, ...others] = reserved;
  return {
    succeed: async () => {
      await models.SignInAttempt.deleteOne({ key: account?.key });
      await Promise.all(others.map((other) => takeBack(models, other)));
    },
    release: async () => {
      await Promise.all(reserved.map((each) => takeBack(models, each)));
    },
  };
}

/** Forgets the tries of an account, such as when it has a new password. */
export async function forgetAttempts(models: Models, action: LimitedAction, account: string): Promise<void> {
  const [counted] = countedAttempts(action, { account });
  await models.SignInAttempt.deleteOne({ key: counted?.key });
}

async function reserve(models: Models, counted: CountedAttempt): Promise<Reserved | LockedOut> {
  // Each round that comes to nothing is one in which somebody else's try was counted, and those are few before a pause.
  for (let round = 0; round < 50; round += 1) {
    const now = new Date();
    const done = (await addFirst(models, counted, now)) ?? (await addFree(models, counted, now));
    if (done) return done;
    const seen = await models.SignInAttempt.findOne({ key: counted.key }).lean<SignInAttemptDocument>();
    if (!seen) continue;
    if (seen.lockedUntil > now) return { retryAt: seen.lockedUntil };
    const next = await addTo(models, counted, seen, now);
    if (next) return next;
  }
  throw serviceUnavailable("Too many tries for this account at the moment; try again.");
}

async function addFirst(models: Models, { key, limit }: CountedAttempt, now: Date): Promise<Reserved | undefined> {
  try {
    await models.SignInAttempt.create({ key, ...stateAfter(limit, 1, now) });
    return { key, lockedUntil: undefined };
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11000) return undefined;
    throw error;
  }
}

/** One more of those that bring no pause, in a single step. */
async function addFree(models: Models, { key, limit }: CountedAttempt, now: Date): Promise<Reserved | undefined> {
  const { modifiedCount } = await models.SignInAttempt.updateOne(
    { key, count: { $lt: limit.free - 1 }, lockedUntil: { $lte: now }, expiresAt: { $gt: now } },
    { $inc: { count: 1, version: 1 }, $set: { expiresAt: new Date(now.getTime() + limit.windowMs) } },
  );
  return modifiedCount === 1 ? { key, lockedUntil: undefined } : undefined;
}

/** One that brings a pause, or the first after the old ones are forgotten: only if nothing has changed meanwhile. */
async function addTo(
  models: Models,
  { key, limit }: CountedAttempt,
  seen: SignInAttemptDocument,
  now: Date,
): Promise<Reserved | undefined> {
  const next = stateAfter(limit, seen.expiresAt <= now ? 1 : seen.count + 1, now);
  const { modifiedCount } = await models.SignInAttempt.updateOne(
    { _id: seen._id, version: seen.version },
    { $set: next, $inc: { version: 1 } },
  );
  if (modifiedCount === 0) return undefined;
  return { key, lockedUntil: next.lockedUntil > now ? next.lockedUntil : undefined };
}

function stateAfter(limit: CountedAttempt["limit"], count: number, now: Date) {
  const pause = pauseAfter(limit, count);
  return {
    count,
    lockedUntil: pause === 0 ? unlocked : new Date(now.getTime() + pause),
    expiresAt: new Date(now.getTime() + pause + limit.windowMs),
  };
}

async function takeBack(models: Models, { key, lockedUntil }: Reserved): Promise<void> {
  const oneLess = { $inc: { count: -1, version: 1 } };
  const { modifiedCount } = await models.SignInAttempt.updateOne(
    { key, count: { $gte: 1 }, ...(lockedUntil && { lockedUntil }) },
    lockedUntil ? { ...oneLess, $set: { lockedUntil: unlocked } } : oneLess,
  );
  // The pause is another's by now.
  if (modifiedCount === 0 && lockedUntil) await models.SignInAttempt.updateOne({ key, count: { $gte: 1 } }, oneLess);
}
