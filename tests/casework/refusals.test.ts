import { beforeEach, expect, test } from 'vitest'
import { getConcern, listEvents } from '../../src/concerns/repository.ts'
import { openTown, type Town } from '../town.ts'

let town: Town

beforeEach(async () => {
  town = await openTown({ at: '2026-05-18T09:05' })
  await town.say('丁惠芳', '不好了着火了 碧阳2栋3楼着火')
  await town.pass(1)
  return () => town[Symbol.asyncDispose]()
})

async function committee(text: string, who = '黎翠萍'): Promise<string> {
  town.heard('committee')
  await town.order(who, text)
  return town.heard('committee').join('\n---\n')
}

async function rings(): Promise<boolean> {
  const alarm = await town.db.selectFrom('alarm').select('quiet_at').where('concern', '=', 1).executeTakeFirstOrThrow()
  return alarm.quiet_at === null
}

test.each([
  ['办结 1号', '1号是怎么办好的?请一起说。\n例:办结 1号 物业换了新灯'],
  ['没解决 1号', '1号还在办,现在待确认。'],
  ['改 1号 楼栋 碧阳99栋', '名册里没有找到“碧阳99栋”。请说小区和栋号,例:查 碧阳5栋'],
  ['转交 1号 火星', /^单位名单里没有“火星”。/u],
  ['交给 1号 某某某', /^名册里没有找到“某某某”。/u],
  ['采纳 1号 好主意', '1号不是建议。办好了请说:办结 1号 做了什么'],
  ['催一下 1号', '1号还没有人经办。请说:交给 1号 谁'],
])('a refused %s moves nothing and leaves the fire alarm ringing', async (words, reply) => {
  const before = await getConcern(town.db, 1)
  const events = await listEvents(town.db, 1)
  expect(await rings()).toBe(true)
  const said = await committee(words)
  if (typeof reply === 'string') expect(said).toBe(reply)
  else expect(said).toMatch(reply)
  expect(await getConcern(town.db, 1)).toEqual(before)
  expect(await listEvents(town.db, 1)).toEqual(events)
  expect(await rings()).toBe(true)
})

test('办结 with a result settles it, and the alarm falls quiet', async () => {
  expect(await committee('办结 1号 火灭了')).toContain('好的,1号办结了。')
  expect(await rings()).toBe(false)
})

test.each(['认领 1号', '交给 1号 丁惠芳', '转交 1号 物业', '上会 1号', '挂账 1号 等钱 30天'])(
  '%s takes up nothing that is settled, and says how to',
  async (words) => {
    await committee('办结 1号 火灭了')
    expect(await committee(words)).toBe('1号已办结。\n要重办请说:没解决 1号')
    await committee('回访 1号 满意')
    const events = await listEvents(town.db, 1)
    expect(await committee(words)).toBe('1号已销号。\n要重办请说:没解决 1号')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'closed', rounds: 0 })
    expect(await listEvents(town.db, 1)).toEqual(events)
  },
)

test('a second 认领 by the same person writes nothing; another person takes it over', async () => {
  await committee('认领 1号')
  const events = await listEvents(town.db, 1)
  expect(await committee('认领 1号')).toBe('1号已经是您在办。')
  expect(await listEvents(town.db, 1)).toEqual(events)
  expect(await committee('认领 1号', '丁惠芳')).toContain('好的,1号交给丁惠芳了。')
})
