-- Who came, stayed and left in one room, in this order.
--
-- KEYS[1] hash of the room: likes (total + 2^50, negative once it is closed), visits, peak, seq (number of the last
--         entry)
-- KEYS[2] zset: everyone who was ever here -> when his lease ends, and the number of his entry; 0 when he has left
-- KEYS[3] stream: who is here, by the number of the entry: u (user), n (name), a (avatar)
-- ARGV    seconds of a lease; then for each: 'E' user name avatar | 'R' user | 'X' user
--
-- A lease ends with a tick of four seconds. Its score is tick * 2^25 + number of the entry modulo 2^25: 53 bits.
--
-- Answers likes, visits, peak, viewers, and for each  E: 2 here for the first time, 1 here again, 0 was here;
-- R: 1 renewed, 0 is not here;  X: his entry, or 0 if he was not here. Only likes where the room is closed or unknown.
local TICK, SINCE, ENTRIES = 4, 1735689600, 33554432
local known = redis.call('HMGET', KEYS[1], 'likes', 'visits', 'peak', 'seq')
local likes = tonumber(known[1] or 0)
if likes < 1125899906842624 then return {likes} end
local visits, peak, seq = tonumber(known[2]), tonumber(known[3]), tonumber(known[4])
local seconds = redis.call('TIME')[1] - SINCE
local here = (math.floor(seconds / TICK) + 1) * ENTRIES
local ends = math.ceil((seconds + tonumber(ARGV[1])) / TICK) * ENTRIES
local answer = {likes, 0, 0, 0}

local function entry(score)
  return string.format('%.0f-0', seq - (seq - score % ENTRIES) % ENTRIES)
end

local function looksSame(score, name, avatar)
  if name == '' and avatar == '' then return true end
  local id = entry(score)
  local old = redis.call('XRANGE', KEYS[3], id, id)[1]
  return old and old[2][4] == name and old[2][6] == avatar
end

local function enter(user, name, avatar)
  local score = tonumber(redis.call('ZSCORE', KEYS[2], user) or -1)
  local isHere = score >= here
  if isHere and looksSame(score, name, avatar) then
    redis.call('ZADD', KEYS[2], ends + score % ENTRIES, user)
    return 0
  end
  if score > 0 then redis.call('XDEL', KEYS[3], entry(score)) end
  seq = seq + 1
  redis.call('XADD', KEYS[3], string.format('%.0f-0', seq), 'u', user, 'n', name, 'a', avatar)
  redis.call('ZADD', KEYS[2], ends + seq % ENTRIES, user)
  if isHere then return 0 end
  if score >= 0 then return 1 end
  visits = visits + 1
  return 2
end

local function leave(user)
  local score = tonumber(redis.call('ZSCORE', KEYS[2], user) or 0)
  if score == 0 then return 0 end
  local id = entry(score)
  local old = redis.call('XRANGE', KEYS[3], id, id)[1]
  redis.call('XDEL', KEYS[3], id)
  redis.call('ZADD', KEYS[2], 0, user)
  return score >= here and old and old[2] or 0
end

-- The leases from ARGV[i] on, as many as can be renewed with one command: most steps are of this kind.
local function renew(i)
  local users, kept = {}, {}
  while ARGV[i] == 'R' and #users < 500 do
    users[#users + 1] = ARGV[i + 1]
    i = i + 2
  end
  for n, score in ipairs(redis.call('ZMSCORE', KEYS[2], unpack(users))) do
    score = tonumber(score or 0)
    answer[#answer + 1] = score >= here and 1 or 0
    if score >= here then
      kept[#kept + 1] = ends + score % ENTRIES
      kept[#kept + 1] = users[n]
    end
  end
  if #kept > 0 then redis.call('ZADD', KEYS[2], unpack(kept)) end
  return i
end

local function count() return redis.call('ZCOUNT', KEYS[2], here, '+inf') end

local isEntered = false
local i = 2
while ARGV[i] do
  local what, user = ARGV[i], ARGV[i + 1]
  if what == 'E' then
    answer[#answer + 1] = enter(user, ARGV[i + 2], ARGV[i + 3])
    isEntered = true
    i = i + 4
  elseif what == 'R' then
    i = renew(i)
  else
    if isEntered then peak = math.max(peak, count()) end
    answer[#answer + 1] = leave(user)
    i = i + 2
  end
end
local viewers = count()
if isEntered then
  peak = math.max(peak, viewers)
  redis.call('HSET', KEYS[1], 'visits', visits, 'peak', peak, 'seq', seq)
end
answer[2], answer[3], answer[4] = visits, peak, viewers
return answer
