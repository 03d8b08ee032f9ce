// Judges docs/schemas and docs/asyncapi.json: they are what they say they are, take every message that is
// written down, and refuse what must not be.
//
//   node tests/wire/schemas.mjs DOCS GOLDEN
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Ajv from 'ajv'
import Ajv2020 from 'ajv/dist/2020.js'

const [docs, golden] = process.argv.slice(2)
const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))
const wrong = []

// Strict: a keyword that does not exist is an error. Formats (uint64, uuid) are notes.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false, allErrors: true })
const schemas = new Map()
for (const file of readdirSync(join(docs, 'schemas'))) {
  const schema = read(docs, 'schemas', file)
  if (schema.$schema !== 'https://json-schema.org/draft/2020-12/schema') wrong.push(`${file}: $schema is ${schema.$schema}`)
  try {
    schemas.set(file.replace('.json', ''), ajv.compile(schema))
  } catch (error) {
    wrong.push(`${file}: ${error.message}`)
  }
}

function takes(name, value, expected = true) {
  const judge = schemas.get(name)
  if (!judge) return wrong.push(`there is no schema ${name}`)
  if (judge(value) === expected) return
  wrong.push(`${name}: ${expected ? ajv.errorsText(judge.errors) : `takes ${JSON.stringify(value).slice(0, 200)}`}`)
}

// All defaults of a schema, as a value.
function defaults(schema) {
  if ('default' in schema) return schema.default
  return Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, defaults(part)]))
}

for (const file of readdirSync(golden)) {
  const message = read(golden, file)
  const name = `settings-${file.replace('.json', '')}`
  takes('message', message)
  takes(name, message.data.settings)
  const schema = read(docs, 'schemas', `${name}.json`)
  takes(name, defaults(schema))
  const named = Object.keys(schema.properties).sort().join()
  const sent = Object.keys(message.data.settings).sort().join()
  if (named !== sent) wrong.push(`${name} names ${named}, and sent are ${sent}`)
  takes('message', { ...message, guildId: 816370501973721107 }, false)
  takes('message', { ...message, action: 'removed' }, false)
  takes('message', { guildId: '1', module: 'MUSIC', action: 'update', timestamp: 1 })
}
takes('settings-music', { defaultVolume: 151 }, false)
takes('settings-music', { djRoleIds: [1] }, false)
takes('settings-music', { announceChannelId: null })
takes('applied', { revision: 3, at: 4, botId: 'b', shard: null })
takes('applied', { revision: 3, at: 4, rejected: 5, reason: 'no' })
const answer = { module: 'MUSIC', revision: 7, applicationId: '1', botId: 'b' }
takes('config-applied', { ...answer, tookMs: 3, shard: 0 })
takes('config-rejected', { ...answer, reason: 'no' })
takes('config-rejected', answer, false)
takes('guild-changed', { what: 'rights' }, false)

// The specification's own schema is of draft 7.
const specification = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json')
const asyncapi = new Ajv({ strict: false, validateFormats: false, logger: false }).compile(specification)
if (!asyncapi(read(docs, 'asyncapi.json'))) wrong.push(`asyncapi.json: ${JSON.stringify(asyncapi.errors).slice(0, 2000)}`)

for (const line of wrong) console.error(line)
process.exitCode = wrong.length === 0 ? 0 : 1
