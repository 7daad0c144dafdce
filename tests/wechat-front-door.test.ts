import { expect, test } from 'vitest'
import { openDatabase } from '../db/database.ts'
import { createBot } from '../src/bot.ts'
import { prepareLedger } from '../src/cli/ledger-folder.ts'
import { getConcern } from '../src/concerns/repository.ts'
import { RulesReader } from '../src/intake/rules/rules-reader.ts'
import { silentLog } from '../src/log.ts'
import { openWorld } from './chat/wechat-world.ts'

test('through a real Wechaty: talk in the members’ room is filed, and the committee’s room is answered', async () => {
  const { db, roster, taxonomy } = await prepareLedger(await openDatabase(':memory:'))
  const rules = new RulesReader({ compounds: roster.compounds, categories: taxonomy.categories })
  let bot: ReturnType<typeof createBot>['bot'] | undefined
  const world = await openWorld({ db, hear: (message) => bot!.hear(message) })
  try {
    const pace = { perMinute: 100, pause: async () => {} }
    const clock = { now: () => world.now.at }
    const parts = { db, chat: world.chat, reader: rules, rules, roster, taxonomy, clock, log: silentLog, pace }
    const town = createBot(
      { ...parts, patience: 5000, askIn: 'members' as const, partyDay: 10, filesDir: null, tell: () => {} },
      world.now.at,
    )
    bot = town.bot

    const people = ['平安是福', '黎翠萍', '邹姨'].map((name) => world.contact(name))
    const members = world.createRoom('同心社区退休党支部', people)
    const committee = world.createRoom('支委会', people.slice(0, 2))
    world.logIn()
    for (const [word, room] of [['居民群', members] as const, ['支委群', committee] as const]) {
      await world.told.until((text) => text.includes(`绑定${word} `))
      const sentence = world.told.all.findLast((text) => text.includes(`绑定${word} `))!.split('请在群里说:')[1]!
      people[1]!.say(sentence).to(room)
      await world.said.until(({ text }) => text === `好的,本群已绑定为${word}。`)
    }

    people[0]!.say('我们栋电梯又停了 麻烦喊人来修').to(members)
    await world.heard.until(({ text }) => text.includes('电梯又停了'))
    await bot.idle()
    world.now.at = new Date(world.now.at.getTime() + 31 * 60_000)
    await town.intake.sweep()
    expect(await getConcern(db, 1)).toMatchObject({
      category: 'elevator',
      status: 'suspected',
      reporter: '丁惠芳',
      place: { building: 'BY-02' },
    })

    people[1]!.say('确认 1号').to(committee)
    const answer = await world.said.until(({ text }) => text.includes('1号算诉求'))
    expect(answer.roomId).toBe(committee.id)
    expect((await getConcern(db, 1)).status).toBe('open')
    expect(world.errors.all).toEqual([])
  } finally {
    await world.close()
    await db.destroy()
  }
})
