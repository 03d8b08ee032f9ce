-- Gives the revision of a stored message; 0 when there is none or it cannot be read, so that the
-- next message replaces it. Our own bytes are recognised without decoding; the anchored pattern
-- cannot be led astray by a setting that looks like a revision, because settings come last.
-- Lua's numbers hold every whole number up to 2^53; they are never turned into text by tostring,
-- which would write 1.7954629877e+15.
local function held_revision(message)
  if not message then return 0 end
  local revision = tonumber(string.match(message,
    '^{"guildId":"%d+","module":"[A-Z0-9_]+","action":"%l+","timestamp":%d+,"data":{"revision":(%d+),'))
  if not revision then
    local readable, decoded = pcall(cjson.decode, message)
    local data = readable and type(decoded) == 'table' and decoded.data
    revision = type(data) == 'table' and type(data.revision) == 'number' and data.revision or 0
  end
  if revision >= 1 and revision <= 9007199254740991 and revision % 1 == 0 then return revision end
  return 0
end

local function digits(number)
  return string.format('%.0f', number)
end

-- Now by Redis's own clock, in unix milliseconds.
local function redis_ms()
  local time = redis.call('TIME')
  return digits(tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
end
