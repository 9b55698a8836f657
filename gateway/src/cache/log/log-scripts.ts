// What has to happen at once in Redis. All keys lie in one slot; scripts are sent whole, five times a second.
import { randomBytes } from "node:crypto";
import { invalidationKeys, logLength } from "@tradegraph/kit/invalidation";
import { type GoneMember } from "./member-watch.ts";

// The epoch holds the run id of the process that it was made in. A process that is started again, or a replica that takes
// over, may have lost what was acknowledged before, so it begins another epoch, and exactly one, whoever asks first.
const common = `
local log, epoch, members = KEYS[1], KEYS[2], KEYS[3]
local function state()
  local info, byName = redis.call('XINFO', 'STREAM', log), {}
  for i = 1, #info, 2 do byName[info[i]] = info[i + 1] end
  return byName
end
local function run()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
end
local function begin(name, length, barrier)
  local id = redis.call('XADD', log, 'MAXLEN', '~', length, '*', 'm', 'e', 'b', barrier)
  local text = string.format('%s:%s:%s:%d', name, run(), id, state()['entries-added'])
  redis.call('SET', epoch, text)
  return text
end
`;

const beatScript = `${common}
local text = redis.call('GET', epoch)
local isLost = not text or text == ARGV[4] or redis.call('EXISTS', log) == 0
if isLost or string.match(text, '^[^:]+:(%w*):%d+-%d+:%d+$') ~= run() then
  text = begin(ARGV[1], ARGV[2], '')
end
for i = 5, #ARGV, 2 do
  if redis.call('ZSCORE', members, ARGV[i]) == ARGV[i + 1] then redis.call('ZREM', members, ARGV[i]) end
end
redis.call('ZINCRBY', members, 1, ARGV[3])
local now, time = state(), redis.call('TIME')
return {
  text, now['last-generated-id'], now['entries-added'], redis.call('ZRANGE', members, 0, -1, 'WITHSCORES'),
  time[1] * 1000 + math.floor(time[2] / 1000),
}
`;

const stateScript = `${common}
if redis.call('EXISTS', log) == 0 then return {redis.call('GET', epoch), '0-0', '0-0'} end
local now = state()
return {redis.call('GET', epoch), now['recorded-first-entry-id'], now['max-deleted-entry-id']}
`;

const flushScript = `${common}
return {redis.call('GET', epoch), begin(ARGV[1], ARGV[2], ARGV[3]), redis.call('ZRANGE', members, 0, -1)}
`;

/** Arguments of `EVAL`. */
type Call = [script: string, keys: number, ...rest: (string | number)[]];

function call(script: string, namespace: string, ...values: (string | number)[]): Call {
  const { log, epoch, members } = invalidationKeys;
  return [script, 3, log(namespace), epoch(namespace), members(namespace), ...values];
}

const newName = () => randomBytes(9).toString("base64url");

export interface Beat {
  epoch: string;
  lastId: string;
  /** Entries that the stream was ever given. */
  count: number;
  /** Numbers of all members, this one included. */
  members: Map<string, string>;
  /** The server's clock, milliseconds since 1970. */
  time: number;
}

/**
 * Registers a member, takes out those that are gone, and begins an epoch where there is none that counts.
 *
 * @param replace text of an epoch that counts no more
 */
export function beatCall(namespace: string, member: string, gone: readonly GoneMember[], replace = ""): Call {
  return call(beatScript, namespace, newName(), logLength, member, replace, ...gone.flat());
}

export function beatOf(answer: unknown): Beat {
  const [epoch, lastId, count, pairs, time] = answer as [string, string, number, string[], number];
  const members = new Map<string, string>();
  for (let index = 0; index < pairs.length; index += 2) members.set(pairs[index] ?? "", pairs[index + 1] ?? "");
  return { epoch, lastId, count, members, time };
}

/** Ids are "0-0" where there is nothing. */
export interface LogState {
  epoch: string | null;
  firstId: string;
  /** The newest that was deleted by hand; trimming does not count. */
  deletedId: string;
}

export const stateCall = (namespace: string): Call => call(stateScript, namespace);

export function stateOf(answer: unknown): LogState {
  const [epoch, firstId, deletedId] = answer as [string | null, string, string];
  return { epoch, firstId, deletedId };
}

/** Begins another epoch in any case. */
export const flushCall = (namespace: string, barrier: string): Call =>
  call(flushScript, namespace, newName(), logLength, barrier);

/** @returns epochs before and after, and who there is */
export function flushOf(answer: unknown): { before: string | null; epoch: string; members: string[] } {
  const [before, epoch, members] = answer as [string | null, string, string[]];
  return { before, epoch, members };
}
