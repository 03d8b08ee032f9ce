-- The revisions of the objects under each key, without sending the objects themselves over the wire.
-- KEYS  the objects of each guild asked for. Answers for each: id, revision, id, revision, ...
local answer = {}
for at, key in ipairs(KEYS) do
  local held = redis.call('HGETALL', key)
  for i = 2, #held, 2 do held[i] = digits(object_revision(held[i])) end
  answer[at] = held
end
return answer
