import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { amendConcern, moveConcern } from '../../src/concerns/ledger.ts'
import { lastSevenDays, weekBefore } from '../../src/digest/period.ts'
import type { Scope } from '../../src/digest/scope.ts'
import { type Audience, summarise } from '../../src/digest/summary.ts'
import { episode, file, hear, on, openCommunity, SECRETARY, words } from './small-community.ts'
import { fillWeekOfMay } from './week-of-may.ts'

const NOW = on('05-25 08:30')

let db: Db
beforeEach(async () => {
  db = await openCommunity()
})
afterEach(() => db.destroy())

function ask(audience: Audience, scope: Partial<Scope> = {}): Promise<string> {
  return summarise(db, { period: lastSevenDays(NOW), ...scope }, audience, { words, readBy: 'model' })
}

test('the committee sees every concern with number, mark, place, title and status', async () => {
  await fillWeekOfMay(db)
  expect(await ask('committee', { period: weekBefore(NOW) })).toBe(`上周 5月18日—5月24日:记下6件,已办结1件
11号 ●紧急 兰乔一期5栋 外墙砖要掉 已转交
6号 ▲较急 碧阳12栋 电梯又停了三天没有人来修 待办
8号 ▲较急 好像哪里在漏水 待确认
12号 ▲较急 碧阳5栋 楼上楼下吵架 办理中
7号 ■一般 碧阳12栋 路牌看不清 待办
5号 ●紧急 碧阳12栋 厨房有煤气味 已办结
以前记的还有3件没办完
以上由AI整理,请核对`)
})

test('it is narrowed by building, party group, category and compound, and says so', async () => {
  await fillWeekOfMay(db)
  const period = weekBefore(NOW)
  expect(await ask('members', { period, building: 'BY-12' })).toMatch(/^上周 碧阳12栋:记下3件,已办结1件\n6号/)
  expect(await ask('members', { period, partyGroup: 4 })).toMatch(/^上周 第四党小组:记下1件\n11号/)
  expect(await ask('members', { period, category: 'lighting_signage' })).toMatch(/^上周 路灯标识:记下1件\n7号/)
  expect(await ask('members', { period, compound: '碧阳国际小区' })).toMatch(/^上周 碧阳:记下4件/)
  expect(await ask('members', { period, partyGroup: 4, category: 'elevator' })).toMatch(/^上周 第四党小组 电梯没有/)
})

test('in the members’ room sensitive concerns are counted and never shown', async () => {
  await file(db, '05-24 09:00', '楼上楼下吵架', 'BY-05', { category: 'neighbor_dispute', sensitive: true })
  await file(db, '05-24 09:00', '路灯不亮', 'BY-12', { category: 'lighting_signage' })
  expect(await ask('members')).toBe('最近7天:记下2件\n2号 碧阳12栋 路灯不亮 待办\n1件不便在这里说\n以上由AI整理,请核对')
  expect(await ask('committee')).toContain('楼上楼下吵架')
})

test('a concern put right into a sensitive category is hidden too, though its own flag is old', async () => {
  const no = await file(db, '05-24 09:00', '楼上楼下吵架', 'BY-05', { category: 'other' })
  const change = { kind: 'amended', note: '类别' } as const
  await amendConcern(db, no, { category: 'neighbor_dispute' }, change, SECRETARY, on('05-24 10:00'))
  expect(await ask('members')).not.toContain('吵架')
  expect(await ask('members', { building: 'BY-05' })).toContain('1件不便在这里说')
})

test('the members’ room never gets more than 6 lines and 96 characters', async () => {
  for (let day = 18; day <= 24; day++) {
    for (const title of ['灯', '电梯停了三天', '单元门口的下水道堵了好多天臭得很没人管']) {
      await file(db, `05-${day} 09:00`, title, 'LQ1-05', { category: 'power_gas_heat', sensitive: day === 20 })
      await hear(db, `05-${day} 09:00`)
    }
    for (const scope of [
      {},
      { building: 'LQ1-05', partyGroup: 4, category: 'power_gas_heat' },
      { period: weekBefore(NOW) },
    ]) {
      for (const readBy of ['model', 'rules'] as const) {
        const text = await summarise(db, { period: lastSevenDays(NOW), ...scope }, 'members', { words, readBy })
        expect(text.length).toBeLessThanOrEqual(96)
        expect(text.split('\n').length).toBeLessThanOrEqual(6)
        expect(text).toContain(`记下${(day - 17) * 3}件`)
      }
    }
  }
})

test('the members’ room sees as many as fit, without the status where room is short, and the way on', async () => {
  for (let hour = 10; hour < 20; hour++) await file(db, `05-24 ${hour}:00`, '电梯停运', 'BY-12')
  const [first, second, third] = [1, 2, 3].map((no) => `${no}号 碧阳12栋 电梯停运 待办`)
  expect(await ask('members')).toBe(
    `最近7天:记下10件\n${first}\n${second}\n${third}\n另有7件,可以说:汇总 碧阳12栋\n以上由AI整理,请核对`,
  )
  expect(await ask('members', { building: 'BY-12' })).toMatch(/另有7件没列出\n以上由AI整理,请核对$/)
})

test('long titles leave room for two concerns in the members’ room', async () => {
  for (let hour = 10; hour < 20; hour++) {
    await file(db, `05-24 ${hour}:00`, '单元门口的下水道堵了好多天没人管', 'BY-12')
    await file(db, `05-24 ${hour}:30`, '楼上楼下吵架', 'BY-05', { category: 'neighbor_dispute', sensitive: true })
  }
  expect(await ask('members')).toBe(
    '最近7天:记下20件\n1号 碧阳12栋 单元门口的下水道堵了好多天没人管\n3号 碧阳12栋 单元门口的下水道堵了好多天没人管\n另有8件没列出,10件不便在这里说\n以上由AI整理,请核对',
  )
})

test('a long list for the committee is cut at 15 lines and the rest counted', async () => {
  for (let hour = 10; hour < 24; hour++) await file(db, `05-24 ${hour}:00`, '电梯停了', 'BY-12')
  await hear(db, '05-24 09:00')
  const text = await ask('committee')
  expect(text.split('\n').length).toBeLessThanOrEqual(15)
  expect(text).toContain('另有4件没列出')
})

test('what waits to be read is named: new messages and those of waiting episodes, of the room that asks', async () => {
  await file(db, '05-24 09:00', '电梯停了', 'BY-12')
  await hear(db, '05-24 10:00')
  await hear(db, '05-24 10:00', { state: 'talk', episode: await episode(db, '05-24 10:30', 'pending') })
  await hear(db, '05-24 10:00', { state: 'talk', episode: await episode(db, '05-24 10:30', 'read') })
  await hear(db, '05-24 10:00', { room: 'committee' })
  expect(await ask('members')).toContain('还有2条没读完')
  expect(await ask('committee')).toContain('还有3条没读完')
})

test('an empty answer is kind and says what is still unread', async () => {
  expect(await ask('members')).toBe('最近7天没有记下诉求。\n有事直接在群里说,小助手会记。')
  await hear(db, '05-24 10:00')
  expect(await ask('members')).toMatch(/\n还有1条没读完$/)
})

test('what was merged or not accepted is not listed', async () => {
  const no = await file(db, '05-24 09:00', '今天天气好', 'BY-12')
  await moveConcern(db, no, { to: 'dropped', reason: '非诉求' }, SECRETARY, on('05-24 10:00'))
  expect(await ask('committee')).toBe('最近7天没有记下诉求。\n有事直接在群里说,小助手会记。')
})
