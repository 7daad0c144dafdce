import { beforeEach, describe, expect, test } from 'vitest'
import { fitsMembers } from '../../src/outbox/members-bubble.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

let town: Town

beforeEach(async () => {
  const reader = new ScriptedReader()
    .finds(/漏水/, {
      title: '卫生间漏水',
      category: 'housing_repair',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '我们栋',
    })
    .finds(/民乐队/, { title: '建议组建民乐队', nature: 'suggestion', category: 'culture_suggestion' })
  town = await openTown({ at: '2026-05-18T09:05', reader })
  return () => town[Symbol.asyncDispose]()
})

async function committee(text: string): Promise<string> {
  town.heard('committee')
  await town.order('黎翠萍', text)
  return town.heard('committee').join('\n---\n')
}

async function members(text: string): Promise<string> {
  town.heard('members')
  await town.say('邹姨', text)
  const [bubble = ''] = town.heard('members')
  expect(fitsMembers(bubble), bubble).toBe(true)
  return bubble
}

describe('what the committee types', () => {
  beforeEach(async () => {
    await town.say('平安是福', '我们栋楼上漏水')
    await town.pass(35)
  })

  test('as a result stands in full in their own room, and without people in the members’ room', async () => {
    await committee('办结 1号 丁惠芳陪张桂芳家302换了阀,电话13800000000')
    expect(await committee('查 1号')).toContain('结果:丁惠芳陪张桂芳家302换了阀,电话13800000000')
    expect(await members('查 1号')).toBe(
      '1号 ▲较急 碧阳2栋 卫生间漏水\n5月18日记下,现在已办结。\n某某陪某某家某户换了阀,电话(号码不写)',
    )
  })

  test('as a title never holds people, so that no room and no digest shows them', async () => {
    expect(await committee('改 1号 标题 吴大爷家302漏水')).toBe(
      '好的,改好了。\n1号 ▲较急 碧阳2栋 某某家某户漏水\n标题里不写姓名、电话和门牌。',
    )
    expect(await members('查 1号')).toContain('某某家某户漏水')
    await town.pass(10 * 60)
    expect(town.heard('members').join('')).not.toMatch(/吴|302/u)
  })

  test('about a suggestion is told to its room without people', async () => {
    await town.say('廖启慧', '建议组个民乐队嘛')
    await town.pass(35)
    town.heard('members')
    await committee('采纳 2号 找姚正林13800000000报名')
    expect(town.heard('members')).toEqual(['2号建议“建议组建民乐队”已采纳:\n找某某(号码不写)报名\n谢谢提建议的人。'])
  })
})

test('what somebody types is said back cut short and without numbers', async () => {
  await town.say('邹姨', '汇总 13800000000', { toBot: true })
  expect(town.heard('members')[0]).toContain('没听清“(号码不写)”')
  await town.say('邹姨', `楼栋长 ${'很远'.repeat(60)}`, { toBot: true })
  expect(town.heard('members')).toEqual([`名册里没有找到“${'很远'.repeat(6)}…”。请说小区和栋号,例:查 碧阳5栋`])
})

describe('reminders to those who have something in hand', () => {
  const NAMES = ['丁惠芳', '姚正林', '史德芬', '邹廷芬', '汪国强', '余德芬', '黎翠萍']

  test('are one bubble a day by name and number, a line a person; what does not fit comes the next day', async () => {
    await town.pass(120)
    for (let no = 1; no <= 8; no++) {
      await town.say('平安是福', '我们栋楼上漏水')
      await town.pass(35)
    }
    for (const [index, name] of [...NAMES, '丁惠芳'].entries()) await committee(`交给 ${index + 1}号 ${name}`)
    town.heard('members')
    await town.pass(5 * 24 * 60)
    const mornings: string[] = []
    for (let day = 0; day < 4; day++) {
      town.heard('members')
      await town.pass(24 * 60)
      mornings.push(
        town
          .heard('members')
          .filter((text) => text.includes('还没办完'))
          .join('\n---\n'),
      )
    }
    expect(mornings).toEqual([
      '请看看这几件,还没办完:\n丁惠芳 1号\n姚正林 2号\n史德芬 3号\n邹廷芬 4号\n汪国强 5号',
      '请看看这几件,还没办完:\n余德芬 6号\n黎翠萍 7号\n丁惠芳 8号',
      '',
      '',
    ])
  })

  test('are never said at night: a machine that wakes up late reminds the next morning', async () => {
    await town.say('平安是福', '我们栋楼上漏水')
    await town.pass(35)
    await committee('交给 1号 丁惠芳')
    town.clock.advance(new Date('2026-05-23T22:30:00+08:00'))
    town.heard('members')
    await town.runJobs()
    expect(town.heard('members')).toEqual([])
    town.clock.advance(new Date('2026-05-24T07:30:00+08:00'))
    await town.runJobs()
    expect(town.heard('members')).toEqual([])
    town.clock.advance(new Date('2026-05-24T09:01:00+08:00'))
    await town.runJobs()
    expect(town.heard('members')).toEqual(['请看看这几件,还没办完:\n丁惠芳 1号'])
  })
})
