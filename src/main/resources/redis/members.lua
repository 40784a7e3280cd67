-- Some of those who are in the room, the newest first.
--
-- KEYS[2] zset of the leases, KEYS[3] stream of the entries, as of visit.lua
-- ARGV    the number of the entry before which to begin ('+' for the newest), how many at most
--
-- Answers how many there are in all, the number of the last entry that was looked at (0: there are no more), and the
-- entries.
local TICK, SINCE, ENTRIES = 4, 1735689600, 33554432
local here = (math.floor((redis.call('TIME')[1] - SINCE) / TICK) + 1) * ENTRIES
local max = tonumber(ARGV[2])
local from = ARGV[1] == '+' and '+' or '(' .. ARGV[1] .. '-0'
local answer = {redis.call('ZCOUNT', KEYS[2], here, '+inf'), 0}
-- Those whose lease ran out are still in the stream until they are taken out; a bounded number is passed over.
for _ = 1, 4 do
  local entries = redis.call('XREVRANGE', KEYS[3], from, '-', 'COUNT', max)
  for _, entry in ipairs(entries) do
    if tonumber(redis.call('ZSCORE', KEYS[2], entry[2][2]) or 0) >= here then answer[#answer + 1] = entry[2] end
    answer[2] = tonumber(string.match(entry[1], '%d+'))
    from = '(' .. entry[1]
    if #answer - 2 == max then
      if #redis.call('XREVRANGE', KEYS[3], from, '-', 'COUNT', 1) == 0 then answer[2] = 0 end
      return answer
    end
  end
  if #entries < max then
    answer[2] = 0
    return answer
  end
end
return answer
