-- Raises the counters of an open room to what is known elsewhere; lowers none. So the room becomes known here; and
-- open again, if it was sealed a while ago and did not close after all.
--
-- KEYS    as of look.lua
-- ARGV    likes, visits, peak, and how many seconds ago it must have been sealed at least
--
-- Answers 1 if it is known now, 0 if it is sealed.
local known = redis.call('HMGET', KEYS[1], 'likes', 'visits', 'peak', 'seq', 'sealedAt', 'final', 'warmLikes')
local likes = tonumber(known[1] or 0)
if likes < 0 then
  -- Where the clock was set back, nobody knows how long ago that was.
  local ago = redis.call('TIME')[1] - known[5]
  if ago >= 0 and ago < tonumber(ARGV[4]) then return 0 end
  redis.call('PERSIST', KEYS[1])
  redis.call('HDEL', KEYS[1], 'sealedAt', 'final')
  likes = tonumber(known[6] or 0) + 1125899906842624
end
-- What was counted before it was known was answered to nobody.
if likes < 1125899906842624 then likes = 1125899906842624 end
-- The entries are numbered anew: those of which the last number is lost would be in the way.
if not known[4] then redis.call('DEL', KEYS[2], KEYS[3]) end
local function text(number) return string.format('%.0f', number) end
local function greater(a, b) return text(math.max(tonumber(a or 0), tonumber(b))) end
local raised = math.max(likes, ARGV[1] + 1125899906842624)
-- Likes that are only learnt of now were given before: they are not warm.
redis.call('HSET', KEYS[1], 'likes', text(raised), 'visits', greater(known[2], ARGV[2]),
  'peak', greater(known[3], ARGV[3]), 'seq', known[4] or 0,
  'warmLikes', text(tonumber(known[7] or likes) + raised - likes))
return 1
