import { expect, it } from 'vitest'
import { createBot } from '../../src/bot.ts'
import { prepareLedger } from '../../src/cli/ledger-folder.ts'
import { getConcern } from '../../src/concerns/repository.ts'
import { RulesReader } from '../../src/intake/rules/rules-reader.ts'
import { silentLog } from '../../src/log.ts'
import { realPause, until } from './fast-time.ts'
import { withTowns } from './town.ts'

const towns = withTowns()

it('an impostor by card and nickname gets nothing; who has the owner’s remark and is confirmed may settle', {
  timeout: 20_000,
}, async () => {
  const town = await towns.open()
  const { standIn, people, members, committee, who } = town
  const { roster, taxonomy } = await prepareLedger(town.db)
  const rules = new RulesReader({ compounds: roster.compounds, categories: taxonomy.categories })
  const ding = people.person('阳光灿烂', { remark: '丁姨' })
  const impostor = people.person('丁惠芳')
  members.members.push({ person: ding, card: '' }, { person: impostor, card: '4组丁惠芳' })
  let hear: Parameters<typeof town.start>[0] = {}
  let parts: ReturnType<typeof createBot> | undefined
  hear = { hear: (message) => parts!.bot.hear(message) }
  const bot = await town.start(hear)
  parts = createBot(
    {
      ...{ db: town.db, chat: bot.chat, reader: rules, rules, roster, taxonomy, clock: towns.clock, log: silentLog },
      ...{ pace: { perMinute: 100, pause: async () => {} }, patience: 5000, tell: () => {}, filesDir: null },
      askIn: 'members',
      partyDay: 10,
    },
    towns.clock.now(),
  )
  await bot.bind('支委群', committee)
  await bot.bind('居民群', members)
  const answered = (text: string) =>
    until(() => standIn.sent.some((sent) => sent.text.includes(text)), `it said ${text}`)

  standIn.say(members, who('平安是福'), '登记 2栋电梯又停了')
  await until(async () => (await town.db.selectFrom('concern').select('no').execute()).length > 0, 'it was filed')
  standIn.say(members, impostor, '办结 1号 修好了')
  await answered('这个要在支委群里说')
  expect((await getConcern(town.db, 1)).status).toBe('open')

  standIn.say(members, ding, '我在这里')
  await until(() => bot.texts().includes('我在这里'), 'she was heard')
  await parts.bot.idle()
  standIn.say(committee, who('黎翠萍'), '认人 丁姨 是 丁惠芳')
  await answered('备注“丁姨”的是丁惠芳')
  standIn.say(members, impostor, '办结 1号 还是我')
  await realPause(200)
  await parts.bot.idle()
  expect((await getConcern(town.db, 1)).status).toBe('open')
  standIn.say(members, ding, '办结 1号 修好了')
  await until(async () => (await getConcern(town.db, 1)).status === 'resolved', 'it was settled')
  expect(standIn.sent.filter(({ to }) => to === null)).toEqual([])
})
