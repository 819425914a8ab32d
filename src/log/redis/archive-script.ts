/** What takes the oldest entries out of a stream, and keeps them beside it in one piece, in the same moment. */

/**
 * KEYS: the stream, the hash, the archive (a hash of pieces, by the `seq` after which each begins). ARGV: the `seq` after
 * which the piece begins, its last `seq`, who appended its last entry, the piece.
 * Returns 1 when it was done; 0 when the archive ends elsewhere by now, or the stream is not as it was read.
 *
 * Whatever may fail is tried before the first write: Redis takes nothing back.
 */
export const archiveScript = `
local stream, meta, archive = KEYS[1], KEYS[2], KEYS[3]
local from, to, by, piece = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local had = redis.call('HMGET', meta, 'archived', 'target', 'left')
if (had[3] or '') ~= '' or tonumber(had[2] or '0') > 0 then return 0 end
if tonumber(had[1] or '0') ~= tonumber(from) then return 0 end
local entry = redis.call('XRANGE', stream, to, to)[1]
if not entry or entry[2][4] ~= by then return 0 end
redis.call('XTRIM', stream, 'MINID', '0-1')
-- Of a stream that began anew: its events are in the new one.
if from == '0' then redis.call('DEL', archive) end
redis.call('HSET', archive, from, piece)
redis.call('HSET', meta, 'archived', to)
redis.call('XTRIM', stream, 'MINID', string.format('%.0f-0', tonumber(to) + 1))
return 1
`;
