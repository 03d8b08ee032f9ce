// The bot's side of docs/protocol.md: hearing changes, catching up on those it missed, saying what
// became of them, and that it is there. Copy it, and give `follow` your guilds and your `apply`.
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'

export interface Change {
  guildId: string
  module: string
  action: 'create' | 'update' | 'delete'
  timestamp: number
  data: { revision: number; schema: number; changed: string[]; settings: Record<string, unknown> }
}

export interface Bot {
  url: string
  /** The dashboard's REDIS_PREFIX. */
  prefix?: string
  applicationId: string
  botId: string
  version: string
  /** The guilds of this process, kept up to date by you. Call `read` after adding one. */
  guilds: Set<string>
  /** Makes the settings effective; must do no harm when done again. What it throws refuses them. */
  apply: (change: Change) => Promise<void>
  /** The module was never saved: its defaults are in force. */
  defaults?: (guildId: string, module: string) => void
}

/** What is stored under bot:config:applied:{guildId}. */
interface Applied { revision: number; at: number; botId: string; shard: null; rejected?: number; reason?: string }

const MODULES = ['TEMPVOICE', 'GIVEAWAY', 'TICKETS', 'MUSIC']

export function follow(bot: Bot) {
  const prefix = bot.prefix ?? ''
  const options = { maxRetriesPerRequest: null, commandTimeout: 10_000, retryStrategy: () => 500 }
  const redis = new Redis(bot.url, options)
  const ear = new Redis(bot.url, { ...options, autoResubscribe: false })
  const newest = new Map<string, number>() // what `apply` was called with
  const answers = new Map<string, { guildId: string; module: string; applied: Applied }>()
  let epoch = { database: null as string | null, complete: false }
  let position = '0-0'

  // One thing at a time: messages, beats and readings never overtake each other.
  let last: Promise<void> = Promise.resolve()
  const inTurn = (work: () => Promise<void>) =>
    (last = last.then(work).catch((error: unknown) => console.error('settings:', String(error))))

  function toEpoch([database, complete]: (string | null)[]) {
    return { database: database ?? null, complete: complete === '1' }
  }
  const readEpoch = async () => toEpoch(await redis.hmget(`${prefix}bot:config:epoch`, 'database', 'complete'))

  async function lastLogged(): Promise<string> {
    try {
      const info = (await redis.xinfo('STREAM', `${prefix}bot:config:log`)) as unknown[]
      return String(info[info.indexOf('last-generated-id') + 1])
    } catch (error) {
      if (String(error).includes('no such key')) return '0-0'
      throw error
    }
  }

  // Everything again: after connecting, and when the log cannot be followed.
  async function catchUp(): Promise<void> {
    epoch = await readEpoch()
    position = await lastLogged()
    await read([...bot.guilds])
    await sayAgain()
  }

  // One transaction with the epoch: what is absent is a default only if the copy is whole right then.
  async function read(guilds: string[]): Promise<void> {
    for (let at = 0; at < guilds.length; at += 500) {
      const batch = guilds.slice(at, at + 500)
      const ask = redis.multi().hmget(`${prefix}bot:config:epoch`, 'database', 'complete')
      for (const guildId of batch) ask.hgetall(`${prefix}bot:config:current:${guildId}`)
      const [first, ...rest] = (await ask.exec()) ?? []
      const whole = toEpoch(first?.[1] as (string | null)[]).complete
      if (!whole) epoch.complete = false // to be read again once it is
      for (const [index, guildId] of batch.entries()) {
        const held = rest[index]?.[1] as Record<string, string>
        for (const message of Object.values(held)) await take(message)
        if (whole) MODULES.filter((module) => !(module in held)).forEach((module) => bot.defaults?.(guildId, module))
      }
    }
  }

  async function beat(): Promise<void> {
    const now = await readEpoch()
    if (now.database !== epoch.database || (now.complete && !epoch.complete)) return catchUp()
    epoch = now
    for (;;) {
      // From the entry we stand at, itself included. Is it gone, the log is another or was trimmed.
      const page = await redis.xrange(`${prefix}bot:config:log`, position, '+', 'COUNT', 1000)
      const start = page[0]?.[0] ?? (await lastLogged())
      if (start !== position) return catchUp()
      for (const [, fields] of page) {
        const [, guildId = '', , module = '', , revision = '0'] = fields
        if (!bot.guilds.has(guildId) || Number(revision) <= (newest.get(`${guildId} ${module}`) ?? 0)) continue
        await take(await redis.hget(`${prefix}bot:config:current:${guildId}`, module))
      }
      const end = page.at(-1)?.[0] ?? position
      if (end === position) return
      position = end
    }
  }

  async function take(message: string | null): Promise<void> {
    if (message === null) return
    let change = JSON.parse(message) as Omit<Change, 'data'> & { data?: Change['data'] }
    const { guildId, module } = change
    if (!bot.guilds.has(guildId)) return
    if (!change.data) {
      const held = await redis.hget(`${prefix}bot:config:current:${guildId}`, module)
      if (held === null) return
      change = JSON.parse(held) as Change
    }
    const { data } = change
    if (!data || !(data.revision > (newest.get(`${guildId} ${module}`) ?? 0))) return
    newest.set(`${guildId} ${module}`, data.revision)
    const began = Date.now()
    let reason: string | undefined
    try {
      await bot.apply({ ...change, data })
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error)
    }
    if (bot.guilds.has(guildId)) await answer(guildId, module, data.revision, Date.now() - began, reason)
  }

  async function answer(guildId: string, module: string, revision: number, tookMs: number, reason?: string) {
    const text = await redis.hget(`${prefix}bot:config:applied:${guildId}`, module)
    const stored = (text === null ? { revision: 0 } : JSON.parse(text)) as Applied
    const known = reason === undefined
      ? stored.revision === revision && !((stored.rejected ?? Infinity) <= revision)
      : stored.rejected === revision && stored.reason === reason
    const applied: Applied = { ...stored, at: Date.now(), botId: bot.botId, shard: null }
    if (reason !== undefined) Object.assign(applied, { rejected: revision, reason })
    else {
      applied.revision = revision
      if ((applied.rejected ?? Infinity) <= revision) { delete applied.rejected; delete applied.reason }
    }
    answers.set(`${guildId} ${module}`, { guildId, module, applied })
    await write(guildId, module, applied)
    if (known) return // after a restart: the dashboard has been told
    const about = { module, revision, applicationId: bot.applicationId, botId: bot.botId }
    if (reason === undefined) await send('CONFIG_APPLIED', guildId, { ...about, tookMs })
    else await send('CONFIG_REJECTED', guildId, { ...about, reason })
  }

  const write = (guildId: string, module: string, applied: Applied) =>
    redis.hset(`${prefix}bot:config:applied:${guildId}`, module, JSON.stringify(applied))

  // A Redis that lost its data has lost the answers, too.
  async function sayAgain(): Promise<void> {
    for (const { guildId, module, applied } of answers.values()) {
      if (bot.guilds.has(guildId)) await write(guildId, module, applied)
    }
  }

  /** An event, on the channel for whoever listens and on the stream for good. */
  async function send(type: string, guildId: string, data: object): Promise<void> {
    const event = JSON.stringify({ id: randomUUID(), type, guildId, data, timestamp: Date.now() })
    const both = redis.multi().publish(`${prefix}discord_events`, event)
    await both.xadd(`${prefix}bot:events`, 'MAXLEN', '~', 100_000, '*', 'event', event).exec()
  }

  const presence = (type: string) =>
    send(type, '0', {
      applicationId: bot.applicationId, botId: bot.botId, shardCount: 1, shards: [0], guilds: bot.guilds.size,
      version: bot.version, protocol: 1, acks: true,
    })

  // Every new connection: subscribe first, then read, so that nothing falls in between.
  ear.on('ready', () => void inTurn(async () => {
    await ear.subscribe(`${prefix}bot:config:update`)
    await catchUp()
  }))
  ear.on('message', (_channel: string, message: string) => void inTurn(() => take(message)))
  for (const one of [redis, ear]) one.on('error', (error: Error) => console.error('settings:', error.message))

  const away = () => redis.status !== 'ready' || ear.status !== 'ready'
  const beats = setInterval(() => {
    if (away()) return
    // No answer within 10 s: the connection is dead, though nobody said so.
    ear.ping().catch(() => ear.disconnect(true))
    void inTurn(beat)
  }, 5_000)
  const heart = setInterval(() => { if (!away()) void presence('BOT_HEARTBEAT').catch(() => {}) }, 15_000)
  void presence('BOT_READY').catch((error: unknown) => console.error('settings:', String(error)))

  return {
    /** A guild was added (GUILD_CREATE). */
    read: (guildId: string) => inTurn(() => read([guildId])),
    send,
    async stop() {
      clearInterval(beats)
      clearInterval(heart)
      ear.disconnect()
      await last
      await redis.quit()
    },
  }
}
