// What purgers say to Redis, at once. All keys lie in the slot of the log; the script is sent whole, five times a second.
import { invalidationKeys } from "@tradegraph/kit/invalidation";
import { type Settlement } from "./purge-queue.ts";

/** None has a time to live but the lease: what has one may be evicted. */
export const cdnKeys = {
  /** Set while everything is to be purged: a text that names this time. */
  owed: (namespace: string) => `{${namespace}}:cdn-purge-all`,
  /** Which gateway purges everything. */
  owedLease: (namespace: string) => `{${namespace}}:cdn-purge-all-lease`,
  /** Names that gateways have in the group, with the time of their last poll. */
  purgers: (namespace: string) => `{${namespace}}:cdn-purgers`,
};

/** Consumer group of the log. Its entries are pending until the CDN has accepted them twice. */
export const cdnGroup = "cdn";

// Polled instead of blocked: what is missing, whose turn it is and what comes next has to be seen at one moment, and purges
// are collected for a moment anyway. Whatever the group has not seen and the log does not hold any more, because it was
// trimmed, deleted or begun anew, becomes a purge of everything: so does the whole log when there is no group yet.
const pollScript = `
local log, owed, lease, purgers = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local group, member, me, page, deadMs, nonce, toOwe, settled = unpack(ARGV, 1, 8)
page, deadMs = tonumber(page), tonumber(deadMs)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function named(list)
  local byName = {}
  for i = 1, #list, 2 do byName[list[i]] = list[i + 1] end
  return byName
end
local function isBefore(left, right)
  local leftTime, leftNumber = string.match(left, '(%d+)-(%d+)')
  local rightTime, rightNumber = string.match(right, '(%d+)-(%d+)')
  if leftTime ~= rightTime then return tonumber(leftTime) < tonumber(rightTime) end
  return tonumber(leftNumber) < tonumber(rightNumber)
end
local entries = {}
local function take(more)
  for _, entry in ipairs(more) do entries[#entries + 1] = entry end
end

redis.call('ZADD', purgers, now, me)
if toOwe ~= '' then redis.call('SET', owed, toOwe) end
if settled ~= '' and redis.call('GET', owed) == settled then redis.call('DEL', owed, lease) end
if redis.call('EXISTS', log) == 1 then
  local stream = named(redis.call('XINFO', 'STREAM', log))
  local last = stream['last-generated-id']
  local first = stream['length'] > 0 and stream['recorded-first-entry-id'] or last
  local delivered
  for _, info in ipairs(redis.call('XINFO', 'GROUPS', log)) do
    local found = named(info)
    if found['name'] == group then delivered = found['last-delivered-id'] end
  end
  if not delivered then redis.call('XGROUP', 'CREATE', log, group, '0-0') end
  for i = 9, #ARGV do redis.call('XACK', log, group, ARGV[i]) end
  if not delivered or isBefore(delivered, first) or isBefore(delivered, stream['max-deleted-entry-id']) then
    redis.call('SET', owed, nonce)
    redis.call('XGROUP', 'SETID', log, group, last)
    local covered
    repeat
      covered = redis.call('XPENDING', log, group, '-', '+', 1000)
      for _, entry in ipairs(covered) do redis.call('XACK', log, group, entry[1]) end
    until #covered == 0
  end
  for _, dead in ipairs(redis.call('ZRANGEBYSCORE', purgers, '-inf', now - deadMs, 'LIMIT', 0, 10)) do
    local left, ids = redis.call('XPENDING', log, group, '-', '+', page, dead), {}
    for i, entry in ipairs(left) do ids[i] = entry[1] end
    if #ids > 0 then
      local claimed = redis.call('XCLAIM', log, group, me, 0, unpack(ids))
      -- The others are not in the log any more.
      if #claimed < #ids then redis.call('SET', owed, nonce) end
      take(claimed)
    end
    if #ids < page then
      redis.call('XGROUP', 'DELCONSUMER', log, group, dead)
      redis.call('ZREM', purgers, dead)
    end
  end
  local read = redis.call('XREADGROUP', 'GROUP', group, me, 'COUNT', page, 'STREAMS', log, '>')
  if read then take(read[1][2]) end
end
local isOwed = redis.call('GET', owed)
if isOwed and not redis.call('SET', lease, member, 'NX', 'PX', deadMs) then
  if redis.call('GET', lease) == member then redis.call('PEXPIRE', lease, deadMs) else isOwed = false end
end
return {now, isOwed or '', entries}
`;

export interface PollQuestion {
  namespace: string;
  /** Of the gateway, for as long as it runs. */
  member: string;
  /** Of the gateway in the group: another one after an answer was lost, so that what it named is taken over. */
  consumer: string;
  page: number;
  /** Who has not polled for so long is dead. */
  deadMs: number;
  /** Names a purge of everything, if one is found to be due. */
  nonce: string;
  settlement: Settlement;
  /** Name of a purge of everything that is done. */
  purgedAll: string | undefined;
}

/** Arguments of `EVAL`. */
export function pollCall(question: PollQuestion): [script: string, keys: number, ...rest: (string | number)[]] {
  const { namespace, member, consumer, page, deadMs, nonce, settlement, purgedAll = "" } = question;
  const { owed = "", ids } = settlement;
  const { owed: owedKey, owedLease, purgers } = cdnKeys;
  const keys = [invalidationKeys.log(namespace), owedKey(namespace), owedLease(namespace), purgers(namespace)];
  return [pollScript, 4, ...keys, cdnGroup, member, consumer, page, deadMs, nonce, owed, purgedAll, ...ids];
}

export interface Poll {
  /** The server's clock, milliseconds since 1970. */
  time: number;
  /** This gateway has to purge everything. */
  owed: string | undefined;
  entries: [id: string, fields: string[]][];
}

export function pollOf(answer: unknown): Poll {
  const [time, owed, entries] = answer as [number, string, Poll["entries"]];
  return { time, owed: owed === "" ? undefined : owed, entries };
}
