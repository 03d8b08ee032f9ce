-- A change, in one round trip: snapshot, log, count and both channels, or nothing at all.
-- KEYS  1 epoch  2 current of the guild  3 log
-- ARGV  1 database  2 highest n the caller knows  3 module  4 revision  5 message  6 guild
--       7 length of the log  8 the module's channel  9 the channel of all
local epoch = redis.call('HMGET', KEYS[1], 'database', 'n')
if not epoch[1] then return {'EMPTY'} end
if epoch[1] ~= ARGV[1] then return {'FOREIGN', epoch[1]} end
local n = tonumber(epoch[2] or '0') or 0
if n < tonumber(ARGV[2]) then return {'BEHIND', digits(n)} end

local held = held_revision(redis.call('HGET', KEYS[2], ARGV[3]))
local revision = tonumber(ARGV[4])
if revision < held then return {'STALE', digits(held)} end
if revision == held then return {'SAME'} end

-- Counted first: should the count be no number, the script ends here and has written nothing.
n = redis.call('HINCRBY', KEYS[1], 'n', 1)
redis.call('HSET', KEYS[2], ARGV[3], ARGV[5])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[7], '*',
  'guildId', ARGV[6], 'module', ARGV[3], 'revision', ARGV[4])
redis.call('PUBLISH', ARGV[8], ARGV[5])
redis.call('PUBLISH', ARGV[9], ARGV[5])
return {'OK', digits(n), redis_ms()}
