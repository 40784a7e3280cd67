-- Likes of users who must be asked about. Takes from each one's bucket, and a little more than he likes
-- now, so that he need not be asked about for a while.
--
-- KEYS[1] hash of the room; likes is its total + 2^50, negative once it is closed
-- KEYS[2] zset: user -> the millisecond at which his bucket is full again
-- ARGV    milliseconds for one like, likes in a full bucket, how many to take beyond, likes of those who need not be
--         asked about; then for each: user, likes, how many he owes of before (below 0: gets back)
--
-- Answers the field likes as it is now, and for each: likes taken, taken beyond, milliseconds until there is one
-- more. Nothing is counted and nobody's bucket is touched where the room is closed or not known.
local total = redis.call('HGET', KEYS[1], 'likes')
if not total or tonumber(total) < 1125899906842624 then return {tonumber(total or 0)} end
local per, full, beyond = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- Where the clock was set back, a bucket seems to be full later than it can. But some may be owed on other nodes.
local last = now + math.ceil((full + 16) * per)
local answer, sum = {0}, tonumber(ARGV[4])
for i = 5, #ARGV, 3 do
  local at = math.min(last, math.max(now, tonumber(redis.call('ZSCORE', KEYS[2], ARGV[i]) or 0)))
  local owed = tonumber(ARGV[i + 2])
  at = math.max(now, at + owed * per)
  local left = math.max(0, math.floor((now - at) / per + full))
  local taken = math.min(left, tonumber(ARGV[i + 1]))
  local more = math.min(left - taken, beyond)
  if taken > 0 or owed ~= 0 then redis.call('ZADD', KEYS[2], math.ceil(at + (taken + more) * per), ARGV[i]) end
  sum = sum + taken
  answer[#answer + 1] = taken
  answer[#answer + 1] = more
  answer[#answer + 1] = left > 0 and 0 or math.ceil(at - now - (full - 1) * per)
end
answer[1] = sum > 0 and redis.call('HINCRBY', KEYS[1], 'likes', sum) or tonumber(total)
return answer
