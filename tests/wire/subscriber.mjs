// A bot author's view of the dashboard, in plain JavaScript: subscribes, prints what arrives as one
// line of JSON each, and judges every field by docs/protocol.md.
//
//   node tests/wire/subscriber.mjs redis://127.0.0.1:6379 PREFIX EXPECTED [TIMEOUT_SECONDS]
//
// EXPECTED counts changes; each arrives on two channels. Prints READY once subscribed. Ends with 0
// when that many arrived and all were right, 1 with a list of what was wrong, 2 when time ran out.
import Redis from 'ioredis'

const MODULES = ['TEMPVOICE', 'GIVEAWAY', 'TICKETS', 'MUSIC']
const RESERVED = ['WELCOME', 'MODERATION', 'LEVELING', 'AUTORESPONDER', 'SETTINGS', 'SUBSCRIPTION']
const ACTIONS = ['create', 'update', 'delete']
const MESSAGE_KEYS = ['guildId', 'module', 'action', 'timestamp', 'data']
const DATA_KEYS = ['revision', 'schema', 'changed', 'settings']
const CAMEL_CASE = /^[a-z][A-Za-z0-9]*$/
const DAY = 24 * 60 * 60 * 1000

const [url, prefix, expectedText, timeoutText = '20'] = process.argv.slice(2)
const expected = Number(expectedText)
const timeout = Number(timeoutText)
if (!url || prefix === undefined || !(expected >= 1) || !(timeout > 0)) {
  console.error('usage: subscriber.mjs REDIS_URL PREFIX EXPECTED [TIMEOUT_SECONDS]')
  process.exit(1)
}

const everything = `${prefix}bot:config:update`
const moduleChannel = (module) => `${prefix}bot:config:${module.toLowerCase()}`
const channels = [everything, ...[...MODULES, ...RESERVED].map(moduleChannel)]

const wrong = []
const ofModules = []
const ofAll = []
let settling = false

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function exactKeys(object, keys) {
  return JSON.stringify(Object.keys(object).sort()) === JSON.stringify([...keys].sort())
}

// Ids are strings: a number would have lost digits by now. Keys are camelCase at every depth.
function settingsProblems(value, path) {
  if (Array.isArray(value)) return value.flatMap((item, at) => settingsProblems(item, `${path}[${at}]`))
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, inner]) => [
      ...(CAMEL_CASE.test(key) ? [] : [`${path}.${key} is not camelCase`]),
      ...idProblems(key, inner, `${path}.${key}`),
      ...settingsProblems(inner, `${path}.${key}`),
    ])
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return [`${path} is no safe integer: ${value}`]
  return []
}

function idProblems(key, value, path) {
  const isId = (one) => typeof one === 'string' && /^[1-9]\d{0,19}$/.test(one)
  if (/(channel|role|category|user|emoji|guild)Id$/i.test(key) && value !== null && !isId(value)) {
    return [`${path} is no id as a string of digits: ${JSON.stringify(value)}`]
  }
  if (/(channel|role|category|user|emoji|guild)Ids$/i.test(key) && !(Array.isArray(value) && value.every(isId))) {
    return [`${path} is no list of ids as strings of digits: ${JSON.stringify(value)}`]
  }
  return []
}

function dataProblems(data) {
  if (!isObject(data)) return ['data is no object']
  if (!exactKeys(data, DATA_KEYS)) return [`data has the keys ${Object.keys(data)}, not ${DATA_KEYS}`]
  const { revision, schema, changed, settings } = data
  const problems = []
  if (!Number.isSafeInteger(revision) || revision < 1) problems.push(`data.revision is no integer in 1 … 2^53-1: ${revision}`)
  if (!Number.isSafeInteger(schema) || schema < 1) problems.push(`data.schema is no positive integer: ${schema}`)
  const named = Array.isArray(changed) && changed.length > 0 && changed.every((name) => CAMEL_CASE.test(name))
  if (!named) problems.push(`data.changed is no list of camelCase names: ${JSON.stringify(changed)}`)
  else if (new Set(changed).size !== changed.length) problems.push(`data.changed names something twice: ${changed}`)
  if (!isObject(settings) || Object.keys(settings).length === 0) return [...problems, 'data.settings is no filled object']
  for (const name of named ? changed : []) {
    if (!(name in settings)) problems.push(`data.changed names ${name}, which data.settings lacks`)
  }
  return [...problems, ...settingsProblems(settings, 'data.settings')]
}

function problems(message, channel) {
  if (!isObject(message)) return ['is no JSON object']
  if (!exactKeys(message, MESSAGE_KEYS)) return [`has the keys ${Object.keys(message)}, not ${MESSAGE_KEYS}`]
  const { guildId, module, action, timestamp, data } = message
  const found = []
  if (typeof guildId !== 'string' || !/^[1-9]\d{0,19}$/.test(guildId)) found.push(`guildId: ${JSON.stringify(guildId)}`)
  if (!MODULES.includes(module)) found.push(`module: ${JSON.stringify(module)}`)
  else if (channel !== everything && channel !== moduleChannel(module)) found.push(`module ${module} came on ${channel}`)
  if (!ACTIONS.includes(action)) found.push(`action: ${JSON.stringify(action)}`)
  const now = Date.now()
  if (!Number.isSafeInteger(timestamp) || timestamp < now - DAY || timestamp > now + 60_000) {
    found.push(`timestamp is no time in milliseconds of the last day: ${timestamp}`)
  }
  return [...found, ...dataProblems(data)]
}

function received(channel, bytes) {
  const raw = bytes.toString('utf8')
  const label = `message ${ofModules.length + ofAll.length + 1} on ${channel}`
  let parsed = null
  if (!Buffer.from(raw, 'utf8').equals(bytes)) wrong.push(`${label}: is not UTF-8`)
  try {
    parsed = JSON.parse(raw)
  } catch (error) {
    wrong.push(`${label}: ${error.message}`)
  }
  console.log(JSON.stringify({ channel, raw, parsed }))
  if (parsed !== null) wrong.push(...problems(parsed, channel).map((problem) => `${label}: ${problem}`))
  ;(channel === everything ? ofAll : ofModules).push(raw)
  if (ofAll.length >= expected && ofModules.length >= expected) settle()
}

// Each message's bytes came once on its module's channel and once on the channel of all. Revisions
// of a pair only grow.
function comparisonProblems() {
  const found = []
  const left = [...ofAll]
  for (const raw of ofModules) {
    const at = left.indexOf(raw)
    if (at === -1) found.push(`not on ${everything} with the same bytes: ${raw}`)
    else left.splice(at, 1)
  }
  found.push(...left.map((raw) => `on ${everything} alone: ${raw}`))
  return [...found, ...orderProblems(ofAll), ...orderProblems(ofModules)]
}

function orderProblems(list) {
  const newest = new Map()
  const found = []
  for (const raw of list) {
    let message
    try { message = JSON.parse(raw) } catch { continue }
    const pair = `${message?.guildId} ${message?.module}`
    const revision = message?.data?.revision
    if (newest.has(pair) && !(revision > newest.get(pair))) found.push(`${pair}: revision ${revision} after ${newest.get(pair)}`)
    newest.set(pair, revision)
  }
  return found
}

// Waits a little longer, so that a message too many is seen.
async function settle() {
  if (settling) return
  settling = true
  await new Promise((resolve) => setTimeout(resolve, 200))
  if (ofAll.length !== expected) wrong.push(`${ofAll.length} messages on ${everything}, expected ${expected}`)
  if (ofModules.length !== expected) wrong.push(`${ofModules.length} messages on the modules' channels, expected ${expected}`)
  wrong.push(...comparisonProblems())
  leave(wrong.length === 0 ? 0 : 1)
}

function leave(code) {
  for (const line of wrong) console.error(line)
  clearTimeout(clock)
  client.disconnect()
  process.exitCode = code
}

const clock = setTimeout(() => {
  console.error(`after ${timeout} s: ${ofAll.length} of ${expected} on ${everything}, ${ofModules.length} on the modules' channels`)
  leave(2)
}, timeout * 1000)

const client = new Redis(url, { retryStrategy: () => 200 })
client.on('error', (error) => console.error(`connection: ${error.message}`))
client.on('messageBuffer', (channel, bytes) => received(channel.toString('utf8'), bytes))
await client.subscribe(...channels)
console.log('READY')
