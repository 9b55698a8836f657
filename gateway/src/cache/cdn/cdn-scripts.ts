// What purgers say to Redis, at once. All keys lie in the slot of the log; the script is sent whole, five times a second.
import { invalidationKeys } from "@tradegraph/kit/invalidation";
import { type Settlement } from "./purge-queue.ts";

/** One of the CDNs that the log is purged from: each is told everything for itself. */
export interface CdnScope {
  namespace: string;
  /** Name of the provider, and id of the service, zone or distribution. */
  cdn: readonly [name: string, id: string];
}

/** Consumer group of the log. Its entries are pending until the CDN has accepted them twice. */
export const cdnGroup = ({ cdn: [name, id] }: CdnScope): string => `cdn:${name}:${id}`;

/** None has a time to live but the lease: what has one may be evicted. */
export const cdnKeys = {
  /** Set while everything is to be purged: a text that names this time. */
  owed: (scope: CdnScope) => `{${scope.namespace}}:${cdnGroup(scope)}:purge-all`,
  /** Which gateway purges everything. */
  owedLease: (scope: CdnScope) => `{${scope.namespace}}:${cdnGroup(scope)}:purge-all-lease`,
  /** Names that gateways have in the group, with the time of their last poll. */
  purgers: (scope: CdnScope) => `{${scope.namespace}}:${cdnGroup(scope)}:purgers`,
};

// Polled instead of blocked: what is missing, whose turn it is and what comes next has to be seen at one moment, and purges
// are collected for a moment anyway. Whatever the group has not seen and the log does not hold any more, because it was
// trimmed, deleted or begun anew, becomes a purge of everything: so does the whole log when there is no group yet, and an
// entry that ten gateways in turn could not purge. Who cannot purge takes nothing, and does not keep the lease. Times ahead
// of now are from before the server's clock was set back.
const pollScript = `
local log, owed, lease, purgers = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local group, member, me, page, deadMs, nonce, toOwe, settled, takes, pays, abandoned = unpack(ARGV, 1, 11)
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

if abandoned ~= '' then redis.call('ZADD', purgers, 0, abandoned) end
if takes ~= '' then redis.call('ZADD', purgers, now, me) end
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
  if not delivered or isBefore(delivered, first) or isBefore(delivered, stream['max-deleted-entry-id']) then
    redis.call('SET', owed, nonce)
    -- What is pending is covered, and begun anew it is forgotten at once: one by one 100,000 would stop the server.
    redis.call('XGROUP', 'DESTROY', log, group)
    redis.call('XGROUP', 'CREATE', log, group, last)
  else
    for i = 12, #ARGV do redis.call('XACK', log, group, ARGV[i]) end
  end
  local gone = takes == '' and {} or redis.call('ZRANGEBYSCORE', purgers, '-inf', now - deadMs, 'LIMIT', 0, 10)
  local ahead = takes == '' and {} or redis.call('ZRANGEBYSCORE', purgers, now + deadMs, '+inf', 'LIMIT', 0, 10)
  for _, dead in ipairs(ahead) do gone[#gone + 1] = dead end
  for _, dead in ipairs(gone) do
    local left, ids = redis.call('XPENDING', log, group, '-', '+', page, dead), {}
    for _, entry in ipairs(left) do
      if entry[4] < 10 then ids[#ids + 1] = entry[1] else
        redis.call('SET', owed, nonce)
        redis.call('XACK', log, group, entry[1])
      end
    end
    if #ids > 0 then
      local claimed = redis.call('XCLAIM', log, group, me, 0, unpack(ids))
      -- The others are not in the log any more.
      if #claimed < #ids then redis.call('SET', owed, nonce) end
      take(claimed)
    end
    if #left < page then
      redis.call('XGROUP', 'DELCONSUMER', log, group, dead)
      redis.call('ZREM', purgers, dead)
    end
  end
  if takes ~= '' then
    local read = redis.call('XREADGROUP', 'GROUP', group, me, 'COUNT', page, 'STREAMS', log, '>')
    if read then take(read[1][2]) end
  end
end
local isOwed = redis.call('GET', owed)
local holder = redis.call('GET', lease)
if holder and redis.call('PTTL', lease) > deadMs or holder == member and pays == '' then
  redis.call('DEL', lease)
  holder = false
end
if isOwed and pays ~= '' and (not holder or holder == member) then
  redis.call('SET', lease, member, 'PX', deadMs)
else
  isOwed = false
end
return {now, isOwed or '', entries}
`;

const leaveScript = `
local log, owed, lease, purgers = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local group, member, me, toOwe, settled = unpack(ARGV, 1, 5)
if toOwe ~= '' then redis.call('SET', owed, toOwe) end
if settled ~= '' and redis.call('GET', owed) == settled then redis.call('DEL', owed, lease) end
if redis.call('GET', lease) == member then redis.call('DEL', lease) end
for i = 6, #ARGV do redis.call('XACK', log, group, ARGV[i]) end
redis.call('ZADD', purgers, 0, me)
`;

/** Arguments of `EVAL`. */
type ScriptCall = [script: string, keys: number, ...rest: (string | number)[]];

/** What a gateway says when it polls and when it leaves. */
export interface Farewell {
  scope: CdnScope;
  /** Of the gateway, for as long as it runs. */
  member: string;
  /** Of the gateway in the group: another one after an answer was lost, so that what it named is taken over. */
  consumer: string;
  settlement: Settlement;
  /** Name of a purge of everything that is done. */
  purgedAll: string | undefined;
}

export interface PollQuestion extends Farewell {
  page: number;
  /** Who has not polled for so long is dead. */
  deadMs: number;
  /** Names a purge of everything, if one is found to be due. */
  nonce: string;
  /** It wants entries. */
  takes: boolean;
  /** It would purge everything. */
  pays: boolean;
  /** Another name that it had in the group: what is pending for that is for others. */
  abandoned: string | undefined;
}

const keysOf = (scope: CdnScope) => [
  invalidationKeys.log(scope.namespace),
  ...[cdnKeys.owed(scope), cdnKeys.owedLease(scope), cdnKeys.purgers(scope)],
];

export function pollCall(question: PollQuestion): ScriptCall {
  const { scope, member, consumer, page, deadMs, nonce, settlement, purgedAll = "", abandoned = "" } = question;
  const { owed = "", ids } = settlement;
  const [takes, pays] = [question.takes, question.pays].map((does) => (does ? "1" : ""));
  const [group, keys] = [cdnGroup(scope), keysOf(scope)];
  const about = [page, deadMs, nonce, owed, purgedAll, takes ?? "", pays ?? "", abandoned];
  return [pollScript, 4, ...keys, group, member, consumer, ...about, ...ids];
}

/** Says what is done, and that the rest may be taken over now. */
export function leaveCall({ scope, member, consumer, settlement, purgedAll = "" }: Farewell): ScriptCall {
  const { owed = "", ids } = settlement;
  return [leaveScript, 4, ...keysOf(scope), cdnGroup(scope), member, consumer, owed, purgedAll, ...ids];
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
