import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { randomFrom, randomPoints, replayKilledAt } from '../cli/killed-replay.ts'

// npm run soak [-- --kills 100 --seed 7]: the long runs, with their seeds. Ends with exit code 1 if anything was lost or doubled.
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string' },
    sequences: { type: 'string', default: '500' },
  },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
const wanted = Number(values.kills)
const random = randomFrom(seed)
console.log(`soak: seed ${seed}, ${wanted} kills of a replay of 201 messages`)

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
const orders = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'tests/casework/random-commands.test.ts'],
  {
    env: { ...process.env, RANDOM_RUNS: values.sequences },
    stdio: 'inherit',
  },
)
process.exit(lost + doubled + different === 0 && orders.status === 0 ? 0 : 1)
