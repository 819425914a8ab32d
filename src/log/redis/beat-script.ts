/** A host's sign of life: says that it is there, and hears who else is. */
import type { HostId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import { tellingTime } from './time-script.ts';

/** A host that was not seen for longer than this may have gone on by itself: nobody else claims its tasks, in ms. */
export const lostAfter = 2_000;
/** A sign of life that was on its way for longer than this says nothing, in ms. */
const longestWay = 500;

/** `ask`: only hears of the others. `leave`: gives up its name, so that it may start again at once. */
export type BeatKind = 'show' | 'ask' | 'leave';

/**
 * KEYS: a hash of the hosts, the stream, the hash of the company. ARGV: host, the time when it was sent (or earlier, never
 * later), what people want to know of the host, its kind, the last entry that the host knows and who appended it, the
 * sender.
 * Returns the time in ms (`tellingTime`), and the hash: of each host `seen:…`, when, `info:…`, and `by:…`, the sender.
 * Answers FORKED when Redis has lost what the host knows, and TWIN when another sender gives signs of life of this host.
 */
export const beatScript = `
local hosts, stream, meta = KEYS[1], KEYS[2], KEYS[3]
local host, sent, info, kind = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local known, knownBy, sender = ARGV[5], ARGV[6], ARGV[7]
local was = redis.call('HMGET', hosts, 'by:' .. host, 'seen:' .. host)
local by, seen = was[1] or '', tonumber(was[2] or '0')
if kind == 'leave' then
  if by == sender then redis.call('HSET', hosts, 'by:' .. host, '') end
  return {'0', {}}
end
if known ~= '0' then
  local entry = redis.call('XRANGE', stream, known, known)[1]
  if not entry or entry[2][4] ~= knownBy then return redis.error_reply('FORKED ' .. known) end
end
${tellingTime}
local had = redis.call('HMGET', meta, 'at', 'ahead')
local now, ahead = tellTime(had[1], had[2])
local at = whole(now)
if by ~= '' and by ~= sender and now - seen <= ${lostAfter} then return redis.error_reply('TWIN ' .. host) end
if kind == 'show' and now - sent <= ${longestWay} then
  redis.call('HSET', hosts, 'seen:' .. host, at, 'info:' .. host, info, 'by:' .. host, sender)
  redis.call('HSET', meta, 'at', at, 'ahead', whole(ahead))
end
return {at, redis.call('HGETALL', hosts)}
`;

/** A host as Redis has it. */
export interface SeenHost {
  readonly seenAt: EpochMs;
  readonly info: string;
}

/** @param rows names and values in turn, as the script answers them */
export function seenHosts(rows: readonly string[]): Map<HostId, SeenHost> {
  const values = new Map<string, string>();
  for (let n = 0; n + 1 < rows.length; n += 2) values.set(rows[n] ?? '', rows[n + 1] ?? '');
  return new Map(
    [...values].flatMap(([name, seenAt]) => {
      if (!name.startsWith('seen:')) return [];
      const host = name.slice('seen:'.length) as HostId;
      const seen = { seenAt: Number(seenAt) as EpochMs, info: values.get(`info:${host}`) ?? '' };
      return [[host, seen] as const];
    }),
  );
}
