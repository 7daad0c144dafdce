import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { randomPoints, replayKilledAt } from '../cli/killed-replay.ts'
import { randomFrom } from '../random.ts'
import { isFlawless, wechatCampaign } from './wechat-campaign.ts'

// npm run soak [-- --messages 10000 --kills 100 --sequences 800 --seed 7]: the long runs, with their seeds; 0 leaves one
// out. Ends with exit code 1 if anything was lost, doubled or written of other rooms.
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string' },
    sequences: { type: 'string', default: '500' },
  },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
const wanted = Number(values.kills)
const random = randomFrom(seed)

// WeChat: people talk through the stand-in to a process that is killed, kicked and cut off.
console.log(`soak: seed ${seed}, ${values.messages} messages through WeChat`)
let nextShown = 0
const wechat = await wechatCampaign({
  ...{ messages: Number(values.messages), seed },
  onProgress: (figures) => {
    if (figures.said < nextShown) return
    nextShown += 1000
    console.log(JSON.stringify(figures))
  },
})
console.log(JSON.stringify(wechat))

// A replay, killed again and again.
console.log(`${wanted} kills of a replay of 201 messages`)
const undisturbed = (await replayKilledAt([])).left
let kills = 0
let replays = 0
let lost = 0
let doubled = 0
let different = 0
while (kills < wanted) {
  const result = await replayKilledAt(randomPoints(Math.min(10, wanted - kills), random))
  const distinct = new Set(result.left.messages)
  kills += result.kills
  replays += 1
  lost += undisturbed.messages.filter((id) => !distinct.has(id)).length
  doubled += result.left.messages.length - distinct.size
  different += JSON.stringify(result.left) === JSON.stringify(undisturbed) ? 0 : 1
  console.log(`${kills} kills: lost ${lost}, doubled ${doubled}, ledgers that differ ${different} of ${replays}`)
}

// Random orders from people of all roles, with crashes between: 500 sequences of 40.
const sequences = Number(values.sequences)
const orders =
  sequences === 0
    ? { status: 0 }
    : spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'tests/casework/random-commands.test.ts'], {
        env: { ...process.env, RANDOM_RUNS: values.sequences },
        stdio: 'inherit',
      })
process.exit(isFlawless(wechat) && lost + doubled + different === 0 && orders.status === 0 ? 0 : 1)
