// Runs bot.ts and commands.ts for the tests: prints a line of JSON for each change and command,
// refuses a volume of 13, ends no giveaway called "gone", and stops when its input ends.
//
//   node follow.js REDIS_URL PREFIX APPLICATION_ID GUILD...
import { follow } from './bot.js'
import { obey } from './commands.js'

const [url = '', prefix = '', applicationId = '', ...guilds] = process.argv.slice(2)

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

const about = { url, prefix, applicationId, botId: 'typescript', guilds: new Set(guilds) }
const bot = follow({
  ...about, version: '1.0',
  async apply({ module, data }) {
    const volume = data.settings['defaultVolume']
    say({ module, revision: data.revision, volume })
    if (volume === 13) throw new Error('thirteen brings bad luck')
  },
  defaults: (_guildId, module) => say({ module, defaults: true }),
})
const commands = obey({
  ...about, send: bot.send,
  async act({ type, commandId, giveawayId }) {
    say({ command: commandId, type })
    if (giveawayId === 'gone') throw new Error('not_found')
    return { channelId: '816370501973721200', messageId: '816370501973721300' }
  },
})
process.stdin.on('end', () => void commands.stop().then(() => bot.stop())).resume()
