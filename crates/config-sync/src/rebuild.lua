-- Begins and ends a rebuild, by what ARGV[1] says.
-- KEYS  1 epoch
-- ARGV  1 BEGIN, ADOPT or COMPLETE  2 database  3 n
local epoch = redis.call('HMGET', KEYS[1], 'database', 'n')
local n = tonumber(epoch[2] or '0') or 0
local foreign = epoch[1] and epoch[1] ~= ARGV[2]
if foreign and ARGV[1] ~= 'ADOPT' then return {'FOREIGN', epoch[1]} end

if ARGV[1] == 'COMPLETE' then
  if not epoch[1] then return {'EMPTY'} end
  if n < tonumber(ARGV[3]) then return {'BEHIND', digits(n)} end
  redis.call('HSET', KEYS[1], 'complete', '1')
  return {'OK', digits(n), redis_ms()}
end

n = math.max(n, tonumber(ARGV[3])) + 1
redis.call('HSET', KEYS[1], 'database', ARGV[2], 'n', digits(n), 'complete', '0')
return {'OK', digits(n), redis_ms()}
