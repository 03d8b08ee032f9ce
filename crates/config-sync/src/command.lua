-- KEYS: the epoch, the stream of commands.
-- ARGV: the caller's database, the message, the channel, the stream's length, when the command expires (ms).
local database = redis.call('HGET', KEYS[1], 'database')
if database and database ~= ARGV[1] then
  return { 'FOREIGN', database }
end
-- Bytes that lay in the socket of a Redis that did not answer come too late here.
local time = redis.call('TIME')
if time[1] * 1000 + math.floor(time[2] / 1000) >= tonumber(ARGV[5]) then
  return { 'LATE' }
end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], '*', 'command', ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[2])
return { 'OK' }
