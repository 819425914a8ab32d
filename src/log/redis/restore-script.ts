/** What puts events into a stream under the numbers that they have already. */

/**
 * KEYS: the stream, the hash, the sorted set. ARGV: the head that is expected, who does it, how many groups; then of each
 * group its last `seq`, how many entities it touches, those, and its text.
 * Returns 1, or 0 when the head is another one: somebody else was quicker. Answers LEFT when the company was moved away.
 */
export const restoreScript = `
local stream, meta, changed = KEYS[1], KEYS[2], KEYS[3]
if (redis.call('HGET', meta, 'left') or '') ~= '' then return redis.error_reply('LEFT ' .. meta) end
local head = tonumber(redis.call('HGET', meta, 'head') or '0')
if head ~= tonumber(ARGV[1]) then return 0 end
local time = redis.call('TIME')
local at = time[1] .. string.format('%03d', math.floor(time[2] / 1000))
local place, last, fields = 4, head, {}
for group = 1, tonumber(ARGV[3]) do
  last = tonumber(ARGV[place])
  local firstEntity = place + 2
  local text = firstEntity + tonumber(ARGV[place + 1])
  for n = firstEntity, text - 1 do redis.call('ZADD', changed, last, ARGV[n]) end
  fields[#fields + 1] = group - 1
  fields[#fields + 1] = ARGV[text]
  place = text + 1
end
if #fields == 0 then return 1 end
local before = redis.call('HGET', meta, 'by') or ''
redis.call('XADD', stream, string.format('%.0f-0', last), 'at', at, 'by', ARGV[2], 'after', before, unpack(fields))
redis.call('HSET', meta, 'head', string.format('%.0f', last), 'by', ARGV[2])
return 1
`;
