// Runs bot.ts for the tests: prints a line of JSON for each change, refuses a volume of 13, and
// stops when its input ends.
//
//   node follow.js REDIS_URL PREFIX APPLICATION_ID GUILD...
import { follow } from './bot.js'

const [url = '', prefix = '', applicationId = '', ...guilds] = process.argv.slice(2)

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

const bot = follow({
  url, prefix, applicationId, botId: 'typescript', version: '1.0', guilds: new Set(guilds),
  async apply({ module, data }) {
    const volume = data.settings['defaultVolume']
    say({ module, revision: data.revision, volume })
    if (volume === 13) throw new Error('thirteen brings bad luck')
  },
  defaults: (_guildId, module) => say({ module, defaults: true }),
})
process.stdin.on('end', () => void bot.stop()).resume()
