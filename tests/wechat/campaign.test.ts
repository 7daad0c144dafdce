import { expect, it } from 'vitest'
import { randomFrom } from '../random.ts'
import { campaign } from './campaign.ts'
import { realPause } from './fast-time.ts'
import type { LivingBot } from './living-bot.ts'
import { stored, withTowns } from './town.ts'

const towns = withTowns()
const COUNT = 1000

it('1,000 messages through cut lines, kicks, kills, new ids, repetitions and disorder are each stored once', {
  timeout: 120_000,
}, async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000))
  const random = randomFrom(seed)
  const { standIn, people, who, members, committee, db, start, startBound } = await towns.open({ random })
  const other = people.room('棋牌群', [who('老周'), who('邹姨')])
  // A slow disk: whoever is killed is killed while writing.
  const disk = () => (random() < 0.3 ? random() * 10 : 0)
  let bot: LivingBot = await startBound({ disk })
  standIn.contactsTake = 15
  let starts = 0
  let isOver = false
  let ending: Promise<void> | null = null

  const startAgain = async () => {
    bot = await start({ disk })
    starts += 1
  }
  const replace = (end: () => Promise<void> | void) => {
    ending ??= Promise.resolve(end())
      .then(startAgain)
      .finally(() => {
        ending = null
      })
    return ending
  }
  const supervised = (async () => {
    while (!isOver) {
      if (bot.exits.length > 0) await replace(() => bot.stop())
      await realPause(5)
    }
  })()
  const keeper = { kill: () => replace(() => bot.kill()), stop: () => replace(() => bot.stop()) }
  const { ids, figures } = await campaign({
    ...{ standIn, rooms: [members, committee], other, count: COUNT, random, keeper },
  })
  isOver = true
  await supervised
  const rows = await stored(db)
  const lost = [...ids.keys()].filter((id) => !rows.some((row) => row.msg_id === id))
  console.log(`campaign: seed ${seed}`, { ...figures, starts, lost: lost.length, stored: rows.length })
  expect(lost).toEqual([])
  expect(rows).toHaveLength(COUNT)
  expect(rows.every(({ msg_id, room }) => (ids.get(msg_id) === members) === (room === 'members'))).toBe(true)
})
