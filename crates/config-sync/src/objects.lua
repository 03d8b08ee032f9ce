-- Gives the revision of a stored object; 0 when there is none or it cannot be read, so that the next
-- one replaces it. Our own bytes are recognised without decoding: id and revision come first.
local function object_revision(object)
  if not object then return 0 end
  local revision = tonumber(string.match(object, '^{"id":"[%w-]+","revision":(%d+)[,}]'))
  if not revision then
    local readable, decoded = pcall(cjson.decode, object)
    revision = readable and type(decoded) == 'table' and type(decoded.revision) == 'number' and decoded.revision or 0
  end
  if revision >= 1 and revision <= 9007199254740991 and revision % 1 == 0 then return revision end
  return 0
end
