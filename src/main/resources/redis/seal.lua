-- The room closes: its counters are final, nobody is in it, and nothing is counted any more.
--
-- KEYS    as of look.lua
-- ARGV    for how many seconds it is to be known that the room is closed
--
-- Answers likes, visits and peak; false if they are not known here. To close it twice answers the same.
local known = redis.call('HMGET', KEYS[1], 'likes', 'visits', 'peak', 'final')
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
local likes = tonumber(known[1] or 0)
local isKnown = likes >= 1125899906842624
if isKnown then
  known[4] = string.format('%.0f', likes - 1125899906842624)
  redis.call('HSET', KEYS[1], 'final', known[4])
end
redis.call('HSET', KEYS[1], 'likes', '-1125899906842624', 'sealedAt', redis.call('TIME')[1])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return known[4] and {tonumber(known[4]), tonumber(known[2]), tonumber(known[3])}
