-- An object of a guild is put or removed in one round trip, or nothing at all happens.
-- KEYS  1 epoch  2 the guild's objects of that kind
-- ARGV  1 database  2 highest n the caller knows  3 id  4 revision  5 object; empty: it is removed
local epoch = redis.call('HMGET', KEYS[1], 'database', 'n')
if not epoch[1] then return {'EMPTY'} end
if epoch[1] ~= ARGV[1] then return {'FOREIGN', epoch[1]} end
local n = tonumber(epoch[2] or '0') or 0
if n < tonumber(ARGV[2]) then return {'BEHIND', digits(n)} end

local value = redis.call('HGET', KEYS[2], ARGV[3])
local held = object_revision(value)
local revision = tonumber(ARGV[4])
local removes = ARGV[5] == ''
if revision < held then return {'STALE', digits(held)} end
-- What is removed leaves nothing behind to compare with: that it is absent is all there is to see.
if removes then
  if not value then return {'SAME'} end
elseif revision == held then
  return {'SAME'}
end

-- Counted first: should the count be no number, the script ends here and has written nothing.
n = redis.call('HINCRBY', KEYS[1], 'n', 1)
if removes then
  redis.call('HDEL', KEYS[2], ARGV[3])
else
  redis.call('HSET', KEYS[2], ARGV[3], ARGV[5])
end
return {'OK', digits(n), redis_ms()}
