import { expect, it } from 'vitest'
import { createBot } from '../../src/bot.ts'
import { prepareLedger } from '../../src/cli/ledger-folder.ts'
import { getConcern } from '../../src/concerns/repository.ts'
import { RulesReader } from '../../src/intake/rules/rules-reader.ts'
import { silentLog } from '../../src/log.ts'
import { realPause, until } from './fast-time.ts'
import { withTowns } from './town.ts'

const towns = withTowns()

/** A town in which the whole bot lives, over logins. */
async function openBot() {
  const town = await towns.open()
  const { roster, taxonomy } = await prepareLedger(town.db)
  const rules = new RulesReader({ compounds: roster.compounds, categories: taxonomy.categories })
  const start = async () => {
    let parts: ReturnType<typeof createBot> | undefined
    const bot = await town.start({ hear: (message) => parts!.bot.hear(message) })
    parts = createBot(
      {
        ...{ db: town.db, chat: bot.chat, reader: rules, rules, roster, taxonomy, clock: towns.clock, log: silentLog },
        ...{ pace: { perMinute: 100, pause: async () => {} }, patience: 5000, tell: () => {}, filesDir: null },
        askIn: 'members',
        partyDay: 10,
      },
      towns.clock.now(),
    )
    return { ...parts, living: bot }
  }
  const answered = (text: string) =>
    until(() => town.standIn.sent.some((sent) => sent.text.includes(text)), `it said ${text}`)
  return { ...town, start, answered }
}

it('an impostor by card and nickname gets nothing; who has the owner’s remark and is confirmed may settle', {
  timeout: 20_000,
}, async () => {
  const { db, standIn, people, members, committee, who, start, answered } = await openBot()
  const ding = people.person('阳光灿烂', { remark: '丁姨' })
  const impostor = people.person('丁惠芳')
  members.members.push({ person: ding, card: '' }, { person: impostor, card: '4组丁惠芳' })
  const { bot, living } = await start()
  await living.bind('支委群', committee)
  await living.bind('居民群', members)

  standIn.say(members, who('平安是福'), '登记 2栋电梯又停了')
  await until(async () => (await db.selectFrom('concern').select('no').execute()).length > 0, 'it was filed')
  standIn.say(members, impostor, '办结 1号 修好了')
  await answered('这个要在支委群里说')
  expect((await getConcern(db, 1)).status).toBe('open')

  standIn.say(members, ding, '我在这里')
  await until(() => living.texts().includes('我在这里'), 'she was heard')
  await bot.idle()
  standIn.say(committee, who('黎翠萍'), '认人 丁姨 是 丁惠芳')
  await answered('备注“丁姨”的是丁惠芳')
  standIn.say(members, impostor, '办结 1号 还是我')
  await realPause(200)
  await bot.idle()
  expect((await getConcern(db, 1)).status).toBe('open')
  standIn.say(members, ding, '办结 1号 修好了')
  await until(async () => (await getConcern(db, 1)).status === 'resolved', 'it was settled')
  expect(standIn.sent.filter(({ to }) => to === null)).toEqual([])
})

it('an author known by the owner’s remark keeps their rights over a login with every id new; an impostor gets none', {
  timeout: 20_000,
}, async () => {
  const { db, standIn, people, members, committee, start, answered } = await openBot()
  const ding = people.person('阳光灿烂', { remark: '丁姨' })
  members.members.push({ person: ding, card: '5组丁惠芳' })
  const first = await start()
  await first.living.bind('支委群', committee)
  await first.living.bind('居民群', members)
  standIn.say(members, ding, '登记 2栋电梯又停了')
  await until(async () => (await db.selectFrom('concern').select('no').execute()).length > 0, 'it was filed')
  standIn.kick()
  await first.living.ended()
  await first.bot.idle()
  await first.living.stop()

  const impostor = people.person('阳光灿烂')
  members.members.push({ person: impostor, card: '5组丁惠芳' })
  const { bot, living } = await start()
  standIn.say(members, impostor, '不对 1号')
  standIn.say(members, ding, '我的')
  await answered('1号')
  await until(() => living.texts().includes('我的'), 'it was heard')
  await bot.idle()
  expect(people.generation).toBe(2)
  expect((await getConcern(db, 1)).status).not.toBe('dropped')
  standIn.say(members, ding, '撤回')
  await until(async () => (await getConcern(db, 1)).status === 'dropped', 'the author took it back')
})
