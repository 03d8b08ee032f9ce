// The bot's side of commands, as docs/protocol.md tells it: heard on the channel and read from the
// stream, claimed before they are done, done once, always answered. Copy it beside bot.ts.
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'

export interface Command {
  type: string
  commandId: string
  guildId: string
  channelId?: string
  userId?: string
  timestamp: number
  expiresAt: number
  /** What the type says more. */
  [more: string]: unknown
}

/** The message that was posted, if one was. */
export interface Done { channelId?: string; messageId?: string }

export interface Obedience {
  url: string
  prefix?: string
  applicationId: string
  /** Two processes that run at once must not have the same. */
  botId: string
  /** The same set as in bot.ts. Call `read` after adding a guild. */
  guilds: Set<string>
  /** What `follow` gives. */
  send: (type: string, guildId: string, data: object) => Promise<void>
  /** Does it. What it throws is the answer: a code of the protocol, or words for the admin. */
  act: (command: Command) => Promise<Done | void>
}

interface Outcome extends Done { ok: boolean; error?: string }
/** What stands under bot:command:{commandId}. */
interface Claim { botId: string; life?: string; at: number; result?: Outcome }

const PATIENCE = 30_000
const LOOKS_BACK = 10 * 60_000
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

export function obey(bot: Obedience) {
  const prefix = bot.prefix ?? ''
  const life = randomUUID()
  const options = { maxRetriesPerRequest: null, retryStrategy: () => 500 }
  const redis = new Redis(bot.url, options)
  const ear = new Redis(bot.url, { ...options, autoResubscribe: false })
  const seen = new Map<string, Set<string>>() // where each stands in the stream
  const turns = new Map<string, Promise<void>>() // one after the other for each guild
  let position = '0-0'
  let stopped = false

  // A command comes on the channel and as an entry of the stream: that is one word. A second entry
  // is the admin who tries again.
  function hear(text: string, entry?: string): void {
    let command: Command
    try { command = JSON.parse(text) as Command } catch { return }
    if (!command.commandId || !bot.guilds.has(command.guildId)) return
    const entries = seen.get(command.commandId)
    if (!entries) seen.set(command.commandId, new Set(entry ? [entry] : []))
    else if (!entry || entries.has(entry)) return
    else if (entries.add(entry).size === 1) return
    const before = turns.get(command.guildId) ?? Promise.resolve()
    turns.set(command.guildId, before.then(() => obeyOne(command)).catch((error: unknown) => console.error('commands:', String(error))))
  }

  async function obeyOne(command: Command): Promise<void> {
    if (stopped) return
    const key = `${prefix}bot:command:${command.commandId}`
    const ours: Claim = { botId: bot.botId, life, at: Date.now() }
    await redis.set(key, JSON.stringify(ours), 'EX', 86_400, 'NX')
    const stands = JSON.parse((await redis.get(key)) ?? '{"botId":""}') as Claim
    if (stands.result) return answer(command, stands.result)
    // Whose process has died knows no more than we do; the next commands need not wait for that.
    if (stands.life !== life) { void settle(command, key, stands); return }
    const result = await outcome(command)
    await redis.set(key, JSON.stringify({ ...ours, result }), 'EX', 86_400)
    await answer(command, result)
  }

  async function outcome(command: Command): Promise<Outcome> {
    if (Date.now() >= command.expiresAt) return { ok: false, error: 'expired' }
    const late = pause(PATIENCE).then((): Outcome => ({ ok: false, error: 'unknown_outcome' }))
    const done = bot.act(command).then(
      (posted): Outcome => ({ ok: true, ...posted }),
      (error: unknown): Outcome => ({ ok: false, error: error instanceof Error ? error.message : String(error) }),
    )
    return Promise.race([done, late])
  }

  // A claim without a result whose process must be dead: nobody knows how far it came.
  async function settle(command: Command, key: string, theirs: Claim): Promise<void> {
    if (theirs.botId !== bot.botId) await pause(Math.max(0, (theirs.at ?? Date.now()) + PATIENCE + 5_000 - Date.now()))
    const own = redis.duplicate()
    try {
      for (;;) {
        await own.watch(key)
        const stands = JSON.parse((await own.get(key)) ?? '{"botId":""}') as Claim
        const result = stands.result ?? { ok: false, error: 'unknown_outcome' }
        if (!stands.result) {
          const set = await own.multi().set(key, JSON.stringify({ ...stands, result }), 'EX', 86_400).exec()
          if (set === null) continue // it was touched at this very moment
        }
        return await answer(command, result)
      }
    } finally { own.disconnect() }
  }

  const answer = (command: Command, result: Outcome) =>
    bot.send('COMMAND_RESULT', command.guildId, { commandId: command.commandId, ...result, applicationId: bot.applicationId })

  async function read(from: string): Promise<void> {
    position = from
    for (;;) {
      const page = await redis.xrange(`${prefix}bot:commands`, `(${position}`, '+', 'COUNT', 500)
      for (const [id, fields] of page) hear(fields[fields.indexOf('command') + 1] ?? '', id)
      const last = page.at(-1)
      if (!last) return
      position = last[0]
    }
  }
  const recent = () => read(`${Date.now() - LOOKS_BACK}-0`)
  const quietly = (work: Promise<unknown>) => void work.catch((error: unknown) => console.error('commands:', String(error)))

  ear.on('ready', () => quietly(ear.subscribe(`${prefix}dashboard:commands`).then(recent)))
  ear.on('message', (_channel: string, message: string) => hear(message))
  for (const one of [redis, ear]) one.on('error', (error: Error) => console.error('commands:', error.message))
  const beats = setInterval(() => { if (redis.status === 'ready') quietly(read(position)) }, 5_000)

  return {
    /** A guild was added: it may have been spoken to before. */
    read: recent,
    async stop() {
      stopped = true
      clearInterval(beats)
      ear.disconnect()
      await Promise.all(turns.values())
      await redis.quit()
    },
  }
}
