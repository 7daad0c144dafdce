import { expect, test } from 'vitest'
import { DAY } from '../src/clock.ts'
import { getConcern, listConcerns, listEvidence } from '../src/concerns/repository.ts'
import { openTown, ScriptedReader } from './town.ts'

const MONDAY_EVENING = 24 * 60

/** Reads like a careful person would; the building is looked up by code. */
function carefulReader(): ScriptedReader {
  return new ScriptedReader()
    .finds(/电梯又停了/, {
      title: '电梯停运',
      category: 'elevator',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '我们栋',
    })
    .finds(/关在电梯/, {
      title: '电梯困人',
      category: 'elevator',
      urgency: 'red',
      placeKind: 'building',
      placeWords: '兰乔一期11栋',
    })
    .finds(/投两万/, { title: '养老投资诈骗电话', nature: 'report', category: 'fraud_security', urgency: 'red' })
    .finds(/高龄津贴/, { title: '咨询高龄津贴', nature: 'inquiry', category: 'policy_publicity', urgency: 'yellow' })
    .finds(/5栋门口那盏灯/, {
      title: '门口路灯不亮',
      category: 'lighting_signage',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '5栋门口',
    })
}

test('a week in the group: people talk, the ledger fills, the committee acts, the digest says so on Monday', async () => {
  const reader = carefulReader()
  await using town = await openTown({ at: '2026-05-18T08:00', reader })

  await town.say('平安是福', '早[太阳]')
  await town.say('平安是福', '我们栋电梯又停了')
  await town.say('邹姨', '今天豌豆尖3块一把')
  expect(await listConcerns(town.db, {})).toEqual([])
  await town.pass(35)
  const lift = await getConcern(town.db, 1)
  expect(lift).toMatchObject({
    title: '电梯停运',
    status: 'open',
    reporter: '丁惠芳',
    place: { kind: 'building', building: 'BY-02', compound: '碧阳国际小区', partyGroup: 1 },
  })
  expect((await listEvidence(town.db, 1)).map(({ text }) => text)).toEqual(['我们栋电梯又停了'])
  expect(town.heard('members')).toEqual([])
  expect(town.heard('committee')).toEqual([])

  await town.say('阳光心态', '5栋门口那盏灯不亮了')
  await town.say('幸福一家人', '80岁的高龄津贴今年要不要认证')
  await town.pass(35)
  expect(await getConcern(town.db, 2)).toMatchObject({ place: { kind: 'none' }, urgency: 'blue', nature: 'inquiry' })
  expect(await getConcern(town.db, 3)).toMatchObject({ place: { kind: 'ambiguous', building: null, compound: null } })

  await town.order('黎翠萍', '汇总')
  expect(town.heard('committee')[0]).toContain('记下3件')
  await town.order('黎翠萍', '改 3号 楼栋 碧阳5栋')
  expect(town.heard('committee')).toEqual(['好的,改好了。\n3号 ▲较急 碧阳5栋 门口路灯不亮'])
  await town.order('黎翠萍', '交给 1号 丁惠芳')
  expect(town.heard('committee')).toEqual(['好的,1号交给丁惠芳了。\n1号 ▲较急 碧阳2栋 电梯停运'])

  reader.hears(/电梯好了/, { concern: 1, kind: 'settled' })
  await town.pass(2 * MONDAY_EVENING)
  await town.say('平安是福', '电梯好了')
  await town.pass(35)
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'in_progress' })
  expect(town.heard('committee')).toEqual(['群里说1号解决了:\n碧阳2栋 电梯停运\n属实请回“对 1号”,不属实回“不对 1号”。'])
  await town.order('黎翠萍', '待办')
  expect(town.heard('committee')[0]).toBe(
    [
      '还有3件没办完:',
      '1号 ▲较急 碧阳2栋 电梯停运(办理中(丁惠芳))',
      '3号 ▲较急 碧阳5栋 门口路灯不亮(待办)',
      '2号 ■一般 地点没说 咨询高龄津贴(待办)',
    ].join('\n'),
  )
  await town.order('黎翠萍', '办结 1号')
  expect(town.heard('committee')).toEqual(['好的,1号办结了。\n1号 ▲较急 碧阳2栋 电梯停运\n没解决请回“没解决 1号”。'])
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'resolved', result: '群里说已经解决' })

  town.heard('members')
  await town.say('邱素华', '办结 2号 已答复')
  expect(town.heard('members')).toEqual(['这个要在支委群里说。\n您有事直接讲,小助手会记下。'])
  expect(await getConcern(town.db, 2)).toMatchObject({ status: 'open' })

  await town.pass((new Date('2026-05-25T08:31:00+08:00').getTime() - town.clock.now().getTime()) / 60_000)
  const [digest, ...rest] = town.heard('committee').filter((text) => text.includes('一周民情汇总'))
  expect(rest).toEqual([])
  expect(digest).toContain('本周记下3件,办结1件')
  expect(digest).toContain('以上由AI整理,请核对')
  await town.pass(DAY / 60_000)
  expect(town.heard('committee').filter((text) => text.includes('一周民情汇总'))).toEqual([])
})

test('a red concern is told in both rooms at once, again after 15 minutes, and no more once somebody takes notice', async () => {
  await using town = await openTown({ reader: carefulReader() })
  await town.say('吴正林', '有人关在电梯里了 兰乔一期11栋')
  await town.pass(1)
  expect(town.heard('committee')).toEqual([
    '●紧急 1号\n兰乔一期11栋 电梯困人\n先打119、110或120。\n有人去管了,请回“知道了 1号”。',
  ])
  expect(town.heard('members')).toEqual([
    '●紧急的事,请先打119、110或120。\n小助手不能代替报警。\n已记下1号,也告诉支委会了。',
  ])
  await town.pass(16)
  expect(town.heard('committee')).toEqual([
    '●紧急 1号(第2次提醒)\n兰乔一期11栋 电梯困人\n先打119、110或120。\n有人去管了,请回“知道了 1号”。',
  ])
  await town.order('黎翠萍', '知道了 1号')
  expect(town.heard('committee')).toEqual(['好的,1号不再提醒。\n办好了请说“办结 1号 做了什么”。'])
  await town.pass(120)
  expect(town.heard('committee')).toEqual([])
})

test('what is told in the members’ room stays fit for it: no fraud victims, no details', async () => {
  await using town = await openTown({ reader: carefulReader() })
  await town.say('钟姨', '刚才接个电话 喊我投两万 一个月返三千')
  await town.pass(35)
  town.heard('members')
  await town.say('邹姨', '汇总')
  expect(town.heard('members')[0]).not.toContain('诈骗')
  await town.say('邹姨', '查 1号')
  expect(town.heard('members')).toEqual(['1号 ●紧急(内容不在群里说)\n5月18日记下,现在待办。'])
})

test('a withdrawn message counts for nothing: its words are gone and the concern that rested on it is dropped', async () => {
  await using town = await openTown({ reader: carefulReader() })
  const id = await town.say('平安是福', '我们栋电梯又停了')
  await town.pass(35)
  await town.say('平安是福', '', { kind: 'recall', revokes: id })
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'dropped', reason: '撤回' })
  const words = await town.db.selectFrom('message').select('text').where('msg_id', '=', id).executeTakeFirstOrThrow()
  expect(words.text).toBe('')
})

test('a registration is read at once and always filed, whoever reads', async () => {
  await using town = await openTown({ reader: new ScriptedReader() })
  await town.say('平安是福', '登记 二楼有个东西怪得很')
  await town.runJobs()
  expect(town.heard('members')).toEqual(['好的,记下了,是1号。\n地点没说 其他的事\n记错了请回“撤回”。'])
  await town.say('平安是福', '撤回')
  expect(town.heard('members')).toEqual(['好的,1号撤回了。'])
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'dropped', reason: '撤回' })
})
