/** A host's sign of life: says that it is there, and hears who else is. */
import type { HostId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';

/** A host that was not seen for longer than this may have gone on by itself: nobody else claims its tasks, in ms. */
export const lostAfter = 2_000;
/** A sign of life that was on its way for longer than this says nothing, in ms. */
const longestWay = 500;

/**
 * KEYS: a hash of the hosts, the stream. ARGV: host, Redis's time when it was sent (or earlier, never later), what people
 * want to know of the host, 1 to be seen by it or 0 to ask only, the last entry that the host knows and who appended it.
 * Returns Redis's time in ms, and the hash: of each host `seen:…`, when, and `info:…`.
 * Answers FORKED when Redis has lost what the host knows.
 */
export const beatScript = `
local hosts, stream = KEYS[1], KEYS[2]
local host, sent, info, isShown = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4] == '1'
local known, knownBy = ARGV[5], ARGV[6]
if known ~= '0' then
  local entry = redis.call('XRANGE', stream, known, known)[1]
  if not entry or entry[2][4] ~= knownBy then return redis.error_reply('FORKED ' .. known) end
end
local time = redis.call('TIME')
local at = time[1] .. string.format('%03d', math.floor(time[2] / 1000))
if isShown and tonumber(at) - sent <= ${longestWay} then
  redis.call('HSET', hosts, 'seen:' .. host, at, 'info:' .. host, info)
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
