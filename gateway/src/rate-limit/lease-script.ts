// One bucket in Redis. All that happens to it happens in this script, by the clock of Redis, so gateways that count together
// neither race nor need equal clocks.
import { z } from "zod";
import { type Rate } from "./bucket-level.ts";

/**
 * The key holds `<points taken> <microseconds>` and goes away when all would be back. Answers what was granted, and what is
 * taken after that as text, because Redis cuts numbers of scripts to integers.
 */
const script = `
local capacity, per_second = tonumber(ARGV[1]), tonumber(ARGV[2])
local need, sure, ask, share = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local back, floor, extra = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local time = redis.call("TIME")
local now = time[1] * 1000000 + time[2]
local used = 0
local kept = redis.call("GET", KEYS[1])
if kept then
  local taken, at = string.match(kept, "^(%S+) (%S+)$")
  used = math.max(0, tonumber(taken) - math.max(0, now - tonumber(at)) / 1000000 * per_second)
end
used = math.min(capacity, math.max(0, math.max(used, floor) + extra - back))
local free = capacity - used + 0.000001
local granted = 0
if need > 0 and need <= free then
  granted = math.max(need, math.min(sure, math.floor(free)), math.min(ask, math.floor(free * share)))
end
used = used + granted
if used > 0.000001 then
  redis.call("SET", KEYS[1], string.format("%.9f %.0f", used, now), "PX", math.ceil(used / per_second * 1000) + 1000)
else
  redis.call("DEL", KEYS[1])
end
return {granted, string.format("%.9f", used)}
`;

export interface LeaseCall {
  key: string;
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

/** For `eval`. */
export const leaseCall = (call: LeaseCall): [script: string, keys: number, ...rest: string[]] => {
  const { rate, need, sure, ask, share, back, floor, extra } = call;
  const numbers = [rate.capacity, rate.perSecond, need, sure, ask, share, back, floor, extra];
  return [script, 1, call.key, ...numbers.map(String)];
};

/** What it answers. */
export function leaseOf(value: unknown): { granted: number; used: number } {
  const [granted, used] = answer.parse(value);
  return { granted, used };
}
