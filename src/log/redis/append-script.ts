/** What runs inside Redis, where nothing else happens meanwhile: the one script that appends, one that fences, one that keeps a snapshot. */

/**
 * Compares and appends: numbers the groups of a batch and adds them to the stream, or refuses those that were decided on
 * what somebody else has changed since. The same rule as `placeBatch`, which the logs of one host use.
 *
 * KEYS: the stream; a hash with `head`, `floor` and the epoch of each host; a sorted set of entities by their last change.
 * ARGV: host, epoch, batch, the last entry that the host knows and who appended it, how many groups; then of each group: decidedAt, how many events, how many entities it
 * touches and how many it reads, those entities, and its text.
 * Returns the head before it, Redis's time in ms, and for each group the `seq` of its last event, or 0 when it is refused.
 *
 * Answers FENCED to a batch of an earlier epoch, BEHIND or FORKED when Redis has lost what the host knows, and LEFT when the
 * company was moved away.
 *
 * Each entry names the one before it, so that a reader knows whether it goes on from what it has. An entry has the `seq` of its last event for an id, so that a range of ids is a range of events. The
 * entities that were changed more than `window` events ago are forgotten: whoever is that far behind must read on first.
 */
export const appendScript = `
local stream, meta, changed = KEYS[1], KEYS[2], KEYS[3]
local host, epoch, batch = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local known, knownBy = ARGV[4], ARGV[5]
local window, groupsOfEntry = 100000, 1000

if epoch < tonumber(redis.call('HGET', meta, 'epoch:' .. host) or '0') then
  return redis.error_reply('FENCED ' .. host)
end
if (redis.call('HGET', meta, 'left') or '') ~= '' then return redis.error_reply('LEFT ' .. meta) end
local head = tonumber(redis.call('HGET', meta, 'head') or '0')
local floor = tonumber(redis.call('HGET', meta, 'floor') or '0')
if known ~= '0' then
  local entry = redis.call('XRANGE', stream, known, known)[1]
  if not entry or entry[2][4] ~= knownBy then return redis.error_reply('FORKED ' .. known) end
end
local time = redis.call('TIME')
local at = time[1] .. string.format('%03d', math.floor(time[2] / 1000))

local function hasChanged(entity, decidedAt)
  if decidedAt >= head then return false end
  local last = redis.call('ZSCORE', changed, entity)
  return last and tonumber(last) > decidedAt
end

local refused, touched, last = {}, {}, head
local before = redis.call('HGET', meta, 'by') or ''
local answer = {head, at}
local fields = {}
local function add()
  if #fields == 0 then return end
  local name = host .. ':' .. batch
  redis.call('XADD', stream, string.format('%.0f-0', last), 'at', at, 'by', name, 'after', before, unpack(fields))
  before = name
  fields = {}
end

local place = 7
for group = 1, tonumber(ARGV[6]) do
  local decidedAt, events = tonumber(ARGV[place]), tonumber(ARGV[place + 1])
  local firstEntity = place + 4
  local firstRead = firstEntity + tonumber(ARGV[place + 2])
  local text = firstRead + tonumber(ARGV[place + 3])
  if decidedAt > head then return redis.error_reply('BEHIND ' .. string.format('%.0f', head)) end
  local isStale = decidedAt < floor
  for n = firstEntity, text - 1 do
    if isStale then break end
    isStale = refused[ARGV[n]] or hasChanged(ARGV[n], decidedAt)
  end
  if isStale then
    for n = firstEntity, firstRead - 1 do refused[ARGV[n]] = true end
    answer[#answer + 1] = 0
  else
    last = last + events
    for n = firstEntity, firstRead - 1 do touched[ARGV[n]] = last end
    fields[#fields + 1] = group - 1
    fields[#fields + 1] = ARGV[text]
    if #fields == 2 * groupsOfEntry then add() end
    answer[#answer + 1] = last
  end
  place = text + 1
end
if last == head then return answer end

add()
for entity, seq in pairs(touched) do redis.call('ZADD', changed, seq, entity) end
redis.call('HSET', meta, 'head', string.format('%.0f', last), 'by', before)
if last - floor > 1.1 * window then
  redis.call('ZREMRANGEBYSCORE', changed, '-inf', last - window)
  redis.call('HSET', meta, 'floor', string.format('%.0f', last - window))
end
return answer
`;

/**
 * From now on nothing counts that the host sent in an earlier epoch, however long it was on its way.
 * KEYS: the hash. ARGV: host, the new epoch. Returns the head.
 */
export const fenceScript = `
local key = 'epoch:' .. ARGV[1]
if tonumber(ARGV[2]) > tonumber(redis.call('HGET', KEYS[1], key) or '0') then
  redis.call('HSET', KEYS[1], key, ARGV[2])
end
return tonumber(redis.call('HGET', KEYS[1], 'head') or '0')
`;

/**
 * Keeps a snapshot unless a newer one is kept already.
 * KEYS: a hash with its `seq`, the link of the chain there, and its `state`. ARGV: these three. Returns 1 if it is kept now, else 0.
 */
export const keepSnapshotScript = `
if tonumber(ARGV[1]) <= tonumber(redis.call('HGET', KEYS[1], 'seq') or '-1') then return 0 end
redis.call('HSET', KEYS[1], 'seq', ARGV[1], 'chain', ARGV[2], 'state', ARGV[3])
return 1
`;
