// One bucket in Redis. All that happens to it happens in this script, by the clock of Redis, so gateways that count together
// neither race nor need equal clocks.
import { z } from "zod";
import { type Rate } from "./bucket-level.ts";

/** Buckets of one sorted set; those of whom least is taken make room, so that a flood of callers does not fill Redis. */
const mostMembers = 6_250;
/** Full buckets that each call takes away: more than it can add, so none stay for long. */
const swept = 4;

/**
 * A bucket is a member of a sorted set: its score is when all would be back, in microseconds. The set has no time to live, so
 * that Redis never evicts it (`volatile-*`); buckets from which nothing is taken any more are swept out by later calls.
 * Answers what was granted, and what is taken after that as text, because Redis cuts numbers of scripts to integers.
 */
const script = `
local member = ARGV[1]
local capacity, per_second = tonumber(ARGV[2]), tonumber(ARGV[3])
local need, sure, ask, share = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local back, floor, extra = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local most, swept = tonumber(ARGV[11]), tonumber(ARGV[12])
local time = redis.call("TIME")
local now = time[1] * 1000000 + time[2]
local used = 0
local whole_at = redis.call("ZSCORE", KEYS[1], member)
if whole_at then used = math.max(0, tonumber(whole_at) - now) / 1000000 * per_second end
used = math.min(capacity, math.max(0, math.max(used, floor) + extra - back))
local free = capacity - used + 0.000001
local granted = 0
if need > 0 and need <= free then
  granted = math.max(need, math.min(sure, math.floor(free)), math.min(ask, math.floor(free * share)))
end
used = used + granted
local full = redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", string.format("%.17g", now), "LIMIT", 0, swept)
if #full > 0 then redis.call("ZREM", KEYS[1], unpack(full)) end
if used > 0.000001 then
  redis.call("ZADD", KEYS[1], string.format("%.17g", now + used / per_second * 1000000), member)
  if redis.call("ZCARD", KEYS[1]) > most then redis.call("ZREMRANGEBYRANK", KEYS[1], 0, 0) end
else
  redis.call("ZREM", KEYS[1], member)
end
return {granted, string.format("%.9f", used)}
`;

export interface LeaseCall {
  /** Of the sorted set. */
  key: string;
  /** Of the bucket. */
  member: string;
  rate: Rate;
  /** Points without which nothing is granted; 0 asks for none. */
  need: number;
  /** Points that are certain to be used, `need` included. */
  sure: number;
  /** What would be useful besides, of which only a part is granted when little is left. */
  ask: number;
  /** Part of what is left that may go out on suspicion. */
  share: number;
  /** Points of earlier leases that were not used. */
  back: number;
  /** What was known to be taken before Redis went away, which may have forgotten it; 0 for nothing. */
  floor: number;
  /** What was given out while it was away. */
  extra: number;
}

const answer = z.tuple([z.number(), z.coerce.number()]);

/** For `eval`. @param most buckets of the sorted set */
export const leaseCall = (call: LeaseCall, most = mostMembers): [script: string, keys: number, ...rest: string[]] => {
  const { key, member, rate, need, sure, ask, share, back, floor, extra } = call;
  const numbers = [rate.capacity, rate.perSecond, need, sure, ask, share, back, floor, extra, most, swept];
  return [script, 1, key, member, ...numbers.map(String)];
};

/** What it answers. */
export function leaseOf(value: unknown): { granted: number; used: number } {
  const [granted, used] = answer.parse(value);
  return { granted, used };
}
