-- The counters of one room as they are now; and tidies up.
--
-- KEYS    as of visit.lua, and [4] the buckets of like.lua. The hash also has: warm (recent likes), warmAt
--         (milliseconds), warmLikes (likes of which warm knows)
-- ARGV    seconds of a lease, seconds in which recent likes halve, how many whose lease ran out are to be taken out
--
-- Answers likes (total + 2^50, negative once it is closed), visits, peak, viewers, recent likes, and the entries of
-- those who were taken out. Only likes where the room is closed or unknown.
local TICK, SINCE, ENTRIES = 4, 1735689600, 33554432
-- Likes begin to cool so many milliseconds after they were given, at the latest.
local FRESH = 5000
local known = redis.call('HMGET', KEYS[1], 'likes', 'visits', 'peak', 'seq', 'warm', 'warmAt', 'warmLikes')
local likes = tonumber(known[1] or 0)
if likes < 1125899906842624 then return {likes} end
local seq = tonumber(known[4])
local time = redis.call('TIME')
local seconds = time[1] - SINCE
local here = (math.floor(seconds / TICK) + 1) * ENTRIES

local now = time[1] * 1000 + math.floor(time[2] / 1000)
local warmAt, warmLikes = tonumber(known[6] or now), tonumber(known[7] or likes)
-- Where the clock was set back, they begin to cool anew.
local passed = math.max(0, now - warmAt)
local warm = tonumber(known[5] or 0) * 2 ^ (-passed / 1000 / tonumber(ARGV[2])) + likes - warmLikes
if (warmLikes ~= likes and (passed >= FRESH or not known[6])) or warmAt > now then
  redis.call('HSET', KEYS[1], 'warm', string.format('%.3f', warm), 'warmAt', string.format('%.0f', now),
    'warmLikes', string.format('%.0f', likes))
end

local answer = {likes, tonumber(known[2]), tonumber(known[3]), 0, math.floor(warm + 0.5)}
local max = tonumber(ARGV[3])
if max > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now)
  local till = '(' .. string.format('%.0f', here)
  for _, user in ipairs(redis.call('ZRANGE', KEYS[2], 1, till, 'BYSCORE', 'LIMIT', 0, max)) do
    local score = tonumber(redis.call('ZSCORE', KEYS[2], user))
    local id = string.format('%.0f-0', seq - (seq - score % ENTRIES) % ENTRIES)
    local old = redis.call('XRANGE', KEYS[3], id, id)[1]
    redis.call('XDEL', KEYS[3], id)
    redis.call('ZADD', KEYS[2], 0, user)
    if old then answer[#answer + 1] = old[2] end
  end
  -- Where the clock was set back, a lease seems to end later than it can.
  local last = math.ceil((seconds + tonumber(ARGV[1])) / TICK) * ENTRIES
  for _, user in ipairs(redis.call('ZRANGE', KEYS[2], last + 2 * ENTRIES, '+inf', 'BYSCORE', 'LIMIT', 0, max)) do
    redis.call('ZADD', KEYS[2], last + tonumber(redis.call('ZSCORE', KEYS[2], user)) % ENTRIES, user)
  end
end
answer[4] = redis.call('ZCOUNT', KEYS[2], here, '+inf')
return answer
