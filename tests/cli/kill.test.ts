import { expect, test } from 'vitest'
import { randomFrom } from '../random.ts'
import { randomPoints, replayKilledAt } from './killed-replay.ts'

const KILLS = 10

test('a replay killed ten times at random points leaves the same ledger as one that ran through', {
  timeout: 120_000,
}, async () => {
  const seed = Math.floor(Math.random() * 1_000_000)
  console.log(`kill test: seed ${seed}`)
  const points = randomPoints(KILLS, randomFrom(seed))
  const [undisturbed, killed] = await Promise.all([replayKilledAt([]), replayKilledAt(points)])
  expect(killed.kills).toBe(KILLS)
  expect(new Set(killed.left.messages).size).toBe(201)
  expect(killed.left).toEqual(undisturbed.left)
  expect(killed.left.filedEvents).toBe(killed.left.concerns.length)
})
