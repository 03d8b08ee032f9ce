-- The revisions a snapshot holds, without sending the messages themselves over the wire.
-- KEYS  current of each guild asked for. Answers for each: module, revision, module, revision, ...
local answer = {}
for at, key in ipairs(KEYS) do
  local held = redis.call('HGETALL', key)
  for i = 2, #held, 2 do held[i] = digits(held_revision(held[i])) end
  answer[at] = held
end
return answer
