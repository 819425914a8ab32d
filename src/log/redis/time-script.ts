/** In Lua: the time that goes for all hosts of a company. It never goes back, whatever becomes of the server's clock. */

/** More than this, in ms, is no time that passed between two signs of life: the server's clock is believed again. */
const longestStep = 5_000;

/**
 * Of a server whose clock was set back, or of another one that is behind, time goes on from where it was: `ahead` says by
 * how much. Once that clock has leapt to where time is, or past it, it counts again as it stands.
 *
 * `at` and `ahead` stand in the hash of the company. `tellTime` takes what stood there and answers the time and by how much
 * it is ahead, in ms; whoever writes notes both.
 */
export const tellingTime = `
local function tellTime(at, ahead)
  local time = redis.call('TIME')
  local own = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  local last, by = tonumber(at or '0'), tonumber(ahead or '0')
  if own + by < last or (by > 0 and own + by - last > ${longestStep}) then by = math.max(0, last - own) end
  return own + by, by
end
local function whole(number) return string.format('%.0f', number) end
`;
