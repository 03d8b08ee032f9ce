-- Removes all that the dashboard keeps of a guild. What the bot has written is the bot's.
-- KEYS  1 epoch  2... settings, panels and playlists of the guild
-- ARGV  1 database
-- Answers 1; 0: it belongs to another database, and nothing was removed.
local database = redis.call('HGET', KEYS[1], 'database')
if database and database ~= ARGV[1] then return 0 end
for at = 2, #KEYS do
  local held = redis.call('HGETALL', KEYS[at])
  for i = 1, #held, 2 do redis.call('HDEL', KEYS[at], held[i]) end
end
return 1
