import { expect, test } from 'vitest'
import { SendRefused } from '../../src/chat/chat.ts'
import { silentLog } from '../../src/log.ts'
import { Sender } from '../../src/outbox/sender.ts'
import { ringAlarms } from '../../src/schedule/jobs.ts'
import { openTown } from '../town.ts'

test('after hours without a login the committee hears of a red concern once, not once a missed ring', async () => {
  await using town = await openTown()
  const { db, clock, roster } = town
  await town.say('邹姨', '2栋有人困在电梯里了,快来人')
  await town.pass(2)
  town.heard('committee')
  expect(await db.selectFrom('alarm').select('concern').execute()).toHaveLength(1)

  const said: string[] = []
  let isLoggedIn = false
  const chat = {
    say: async (_: string, text: string) => {
      if (!isLoggedIn) throw new SendRefused('not logged in to WeChat', 60)
      said.push(text)
    },
    sendFile: async () => {},
  }
  const sender = new Sender({ db, chat, clock, log: silentLog, pace: { perMinute: 10, pause: async () => {} } })
  for (let minute = 0; minute < 5 * 60; minute++) {
    clock.advance(new Date(clock.now().getTime() + 60_000))
    await ringAlarms(db, roster, clock.now())
    await sender.send()
  }
  isLoggedIn = true
  clock.advance(new Date(clock.now().getTime() + 60_000))
  await sender.send()
  expect(said.filter((text) => text.includes('●紧急 1号'))).toHaveLength(1)
})
