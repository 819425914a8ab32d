/** What puts entries into a stream under the numbers and names that they had, and what lets nobody append before it is through. */

import { tellingTime } from './time-script.ts';

/** For so long after a restore began nothing is appended: each host that is connected gives what it has, in ms. */
export const gathering = 2_000;
/** A restore that nobody goes on with for so long ends where it is, in ms. */
const longestSilence = 10_000;

/** In Lua: needs `head` and `now`; asks what stands in the hash under `target`, `opens` and `fed`. */
export const restoring = `
local function isRestoring(target, opens, fed)
  if target == 0 or now - tonumber(fed) > ${longestSilence} then return false end
  return head < target or now < tonumber(opens)
end
`;

/**
 * KEYS: the stream, the hash, the sorted set. ARGV: the head that is expected, the last event that the host has, for how
 * long others are waited for if it begins, what time it is at least as far as the host knows, how many entries; then of
 * each entry who appended it, and how many groups; and of each group its last `seq`, how many entities it touches, those,
 * and its text.
 * Puts nothing back when the head is another one: somebody else was quicker.
 * Returns the head, and 1 while nobody may append yet, else 0.
 */
export const restoreScript = `
local stream, meta, changed = KEYS[1], KEYS[2], KEYS[3]
local had = redis.call('HMGET', meta, 'head', 'by', 'target', 'opens', 'fed', 'left', 'at', 'ahead')
local head, before = tonumber(had[1] or '0'), had[2] or ''
if (had[6] or '') ~= '' then return redis.error_reply('LEFT') end
local target, opens, fed = tonumber(had[3] or '0'), had[4], had[5]
${tellingTime}
-- What it has lost may have been of a later time than its clock shows.
local now, ahead = tellTime(math.max(tonumber(had[7] or '0'), tonumber(ARGV[4])), had[8])
local at = whole(now)
${restoring}
local own = tonumber(ARGV[2])
if target > 0 and not isRestoring(target, opens, fed) then
  target = 0
  redis.call('HSET', meta, 'target', 0)
end
if own > head then
  redis.call('ZADD', changed, 'XX', 0, '')
  if target == 0 then opens = string.format('%.0f', now + tonumber(ARGV[3])) end
  fed = at
  target = math.max(target, own)
  redis.call('HSET', meta, 'target', string.format('%.0f', target), 'opens', opens, 'fed', fed, 'at', at, 'ahead', whole(ahead))
end
if head == tonumber(ARGV[1]) then
  local place, touched, last = 6, {}, head
  for entry = 1, tonumber(ARGV[5]) do
    local by, texts = ARGV[place], {}
    local groups = tonumber(ARGV[place + 1])
    place = place + 2
    for group = 1, groups do
      last = tonumber(ARGV[place])
      local firstEntity = place + 2
      local text = firstEntity + tonumber(ARGV[place + 1])
      for n = firstEntity, text - 1 do touched[ARGV[n]] = last end
      texts[#texts + 1] = ARGV[text]
      place = text + 1
    end
    redis.call('XADD', stream, string.format('%.0f-0', last), 'at', at, 'by', by, 'after', before, 'groups', table.concat(texts))
    before = by
  end
  if last > head then
    for entity, seq in pairs(touched) do redis.call('ZADD', changed, seq, entity) end
    head = last
    redis.call('HSET', meta, 'head', string.format('%.0f', head), 'by', before)
  end
end
return {head, isRestoring(target, opens, fed) and 1 or 0}
`;
