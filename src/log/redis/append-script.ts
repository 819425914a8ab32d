/** What runs inside Redis, where nothing else happens meanwhile: the one script that appends, one that fences, one that keeps a snapshot. */
import { lostAfter } from './beat-script.ts';
import { restoring } from './restore-script.ts';
import { tellingTime } from './time-script.ts';

/** An entry of the stream holds no more groups than this: a longer batch takes several. */
export const groupsOfEntry = 1_000;
/** Entries that are read at once: some thousand events. */
export const pageEntries = 100;
/** How many entities are looked up, or noted, in one step: Lua passes on no more than some thousand. */
const atOnce = 2_000;

/**
 * Compares and appends: numbers the groups of a batch and adds them to the stream, or refuses those that were decided on
 * what somebody else has changed since. The same rule as `placeBatch`, which the logs of one host use.
 *
 * KEYS: the stream; a hash with `head`, `floor` and the epoch of each sender; a sorted set of entities by their last change;
 * a hash of the hosts. ARGV: sender, epoch, batch, the last entry that the host knows and who appended it; a list in JSON
 * with, of each group: decidedAt, how many events, the entities that it touches, those that it reads, the hosts that must be
 * there, how many bytes its text has; then the texts of all groups, one after the other.
 * Returns the head before it, the time in ms (`tellingTime`), the places in the batch of the groups that are refused, and the entries
 * before it that the host was not told of yet, at most `pageEntries`: it was told of those up to its last batch.
 *
 * Answers FENCED to a batch of an earlier epoch, FORKED when Redis has lost what the host knows, and BEHIND while it is
 * being given back what it has lost, and LEFT when the company is kept elsewhere. Whatever may fail is tried before the first write that counts: Redis takes nothing back.
 *
 * Each entry names the one before it, so that a reader knows whether it goes on from what it has. An entry has the `seq` of its last event for an id, so that a range of ids is a range of events. The
 * entities that were changed more than `window` events ago are forgotten: whoever is that far behind must read on first.
 */
export const appendScript = `
local stream, meta, changed, hosts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local sender, epoch, batch = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local known, knownBy = ARGV[4], ARGV[5]
local told = 'told:' .. string.match(sender, '^[^.]*')
local window, groupsOfEntry = 100000, ${groupsOfEntry}

local had = redis.call('HMGET', meta, 'head', 'floor', 'by', 'epoch:' .. sender, 'target', 'opens', 'fed', 'left', told, 'at', 'ahead')
local head, floor, before = tonumber(had[1] or '0'), tonumber(had[2] or '0'), had[3] or ''
if (had[8] or '') ~= '' then return redis.error_reply('LEFT ' .. sender) end
if epoch < tonumber(had[4] or '0') then return redis.error_reply('FENCED ' .. sender) end
if tonumber(known) == head then
  if before ~= knownBy then return redis.error_reply('FORKED ' .. known) end
elseif known ~= '0' then
  local entry = redis.call('XRANGE', stream, known, known)[1]
  if not entry or entry[2][4] ~= knownBy then return redis.error_reply('FORKED ' .. known) end
end
${tellingTime}
local now, ahead = tellTime(had[10], had[11])
local at, target = whole(now), tonumber(had[5] or '0')
${restoring}
if isRestoring(target, had[6], had[7]) then return redis.error_reply('BEHIND ' .. string.format('%.0f', target)) end

local groups, text = cjson.decode(ARGV[6]), ARGV[7]
local asked, names, changedAt = {}, {}, {}
local function ask()
  if #names == 0 then return end
  local scores = redis.call('ZMSCORE', changed, unpack(names))
  for n = 1, #names do changedAt[names[n]] = tonumber(scores[n] or 0) end
  names = {}
end
for _, parts in ipairs(groups) do
  for list = 3, 4 do
    for _, entity in ipairs(parts[1] < head and parts[list] or {}) do
      if not asked[entity] then
        asked[entity] = true
        names[#names + 1] = entity
        if #names == ${atOnce} then ask() end
      end
    end
  end
end
ask()

local refused, touched, last = {}, {}, head
local function isDisputed(entity, decidedAt)
  return refused[entity] or (decidedAt < head and changedAt[entity] > decidedAt)
end
local function isMissing(host)
  local seen = redis.call('HGET', hosts, 'seen:' .. host)
  return not seen or now - tonumber(seen) > ${lostAfter}
end

local entries, toldOf = {}, math.max(tonumber(had[9] or '0'), tonumber(known))
if toldOf < head then
  entries = redis.call('XRANGE', stream, '(' .. string.format('%.0f-0', toldOf), string.format('%.0f-0', head), 'COUNT', ${pageEntries})
end
local answer, taken, nextText = {}, {}, 1
for group, parts in ipairs(groups) do
  local decidedAt, events, touches, reads, homes, bytes = unpack(parts)
  local isStale = decidedAt < floor or decidedAt > head
  local function look(names, isSo)
    for n = 1, #names do
      if isStale then return end
      isStale = isSo(names[n], decidedAt)
    end
  end
  look(touches, isDisputed)
  look(reads, isDisputed)
  look(homes, isMissing)
  if isStale then
    for n = 1, #touches do refused[touches[n]] = true end
    answer[#answer + 1] = group - 1
  else
    last = last + events
    for n = 1, #touches do touched[touches[n]] = last end
    taken[#taken + 1] = {nextText, nextText + bytes - 1, last}
  end
  nextText = nextText + bytes
end
if last == head then return {head, at, answer, entries} end

-- Nothing of this changes anything. It fails if we may not, or if something else is kept there.
redis.call('HSET', meta, 'head', string.format('%.0f', head))
redis.call('ZADD', changed, 'XX', 0, '')
redis.call('ZREMRANGEBYSCORE', changed, '-inf', -1)

local name = sender .. ':' .. batch
for first = 1, #taken, groupsOfEntry do
  local texts, from, to, lastOfEntry = {}, taken[first][1], taken[first][1] - 1, nil
  for n = first, math.min(first + groupsOfEntry - 1, #taken) do
    if taken[n][1] ~= to + 1 then
      texts[#texts + 1] = string.sub(text, from, to)
      from = taken[n][1]
    end
    to, lastOfEntry = taken[n][2], taken[n][3]
  end
  texts[#texts + 1] = string.sub(text, from, to)
  redis.call('XADD', stream, string.format('%.0f-0', lastOfEntry), 'at', at, 'by', name, 'after', before, 'groups', table.concat(texts))
  before = name
end
local scores = {}
local function note()
  if #scores > 0 then redis.call('ZADD', changed, unpack(scores)) end
  scores = {}
end
for entity, seq in pairs(touched) do
  scores[#scores + 1] = seq
  scores[#scores + 1] = entity
  if #scores >= ${atOnce} then note() end
end
note()
redis.call('HSET', meta, 'head', string.format('%.0f', last), 'by', before, told, string.format('%.0f', last), 'at', at, 'ahead', whole(ahead))
if target > 0 then redis.call('HSET', meta, 'target', 0) end
if last - floor > 1.1 * window then
  redis.call('ZREMRANGEBYSCORE', changed, '-inf', last - window)
  redis.call('HSET', meta, 'floor', string.format('%.0f', last - window))
end
return {head, at, answer, entries}
`;

/**
 * From now on nothing counts that these senders sent in an earlier epoch, however long it was on its way.
 * KEYS: the hash. ARGV: each sender, and its new epoch. Returns 1.
 */
export const fenceScript = `
for n = 1, #ARGV, 2 do
  local key = 'epoch:' .. ARGV[n]
  if tonumber(ARGV[n + 1]) > tonumber(redis.call('HGET', KEYS[1], key) or '0') then
    redis.call('HSET', KEYS[1], key, ARGV[n + 1])
  end
end
return 1
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
