import { beforeEach, describe, expect, test } from 'vitest'
import { getConcern, listEvents } from '../../src/concerns/repository.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

let town: Town

beforeEach(async () => {
  const reader = new ScriptedReader()
    .finds(/电梯/, {
      title: '电梯停运',
      category: 'elevator',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '我们栋',
    })
    .finds(/路灯/, {
      title: '门口路灯不亮',
      category: 'lighting_signage',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '碧阳5栋',
    })
    .finds(/吵架/, {
      title: '楼上楼下争吵',
      category: 'neighbor_dispute',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '我们栋',
    })
    .finds(/可能/, { title: '好像有异响', category: 'elevator', sure: false })
  town = await openTown({ reader })
  await town.say('平安是福', '我们栋电梯停了')
  await town.say('3组唐家祥', '碧阳5栋门口路灯不亮')
  await town.say('6组汤廷芬', '我们栋楼上楼下吵架')
  await town.pass(35)
  town.heard('members')
  town.heard('committee')
  return () => town[Symbol.asyncDispose]()
})

async function committee(text: string, who = '黎翠萍'): Promise<string | undefined> {
  await town.order(who, text)
  return town.heard('committee').join('\n---\n') || undefined
}

async function members(text: string, who = '邹姨', remark: string | null = null): Promise<string | undefined> {
  await town.say(who, text, { remark })
  const said = town.heard('members')
  for (const bubble of said) expect([...bubble].length, bubble).toBeLessThanOrEqual(96)
  for (const bubble of said) expect(bubble.split('\n').length, bubble).toBeLessThanOrEqual(6)
  return said.join('\n---\n') || undefined
}

describe('everybody may ask', () => {
  test('帮助 names five things one can say, and 更多 goes on where one was', async () => {
    expect(await members('帮助')).toBe(
      '有事直接说。也可以说(还有,请回“更多”):\n汇总 本周\n查 12号\n我的事\n登记 碧阳5栋门口路灯不亮\n楼栋长 碧阳5栋',
    )
    expect(await members('更多')).toBe('还可以说(还有,请回“更多”):\n撤回\n没解决 12号\n不是诉求 12号\n谁要帮忙\n隐私')
    expect(await members('更多。')).toBe('还可以说:\n认领 12号\n别记我\n可以记我\n我的资料\n删除我的资料')
    expect(await members('帮助 2')).toContain('没解决 12号')
    expect(await members('更多', '热心邻居')).toBeUndefined()
    expect(await committee('帮助 4')).toContain('办结 12号')
  })

  test('every page of 帮助 fits, for a neighbour and for a confirmed member', async () => {
    await town.say('平安是福', '早', { remark: '丁姨' })
    await committee('认人 丁姨 是 丁惠芳')
    for (let page = 1; page <= 8; page++) {
      await members(`帮助 ${page}`)
      expect(await members(`帮助 ${page}`, '平安是福', '丁姨')).toMatch(/:\n/)
    }
  })

  test('汇总 tells what was filed, without what is not for the room', async () => {
    const told = await members('汇总')
    expect(told).toContain('最近7天:记下3件')
    expect(told).toContain('1件不便在这里说')
    expect(told).not.toContain('争吵')
    expect(await committee('汇总')).toContain('3号 ▲较急 兰乔二期5栋 楼上楼下争吵 待办')
  })

  test.each([
    ['汇总 5栋', '有几个5栋'],
    ['汇总 碧阳5栋', '碧阳5栋:记下1件'],
    ['汇总 第一党小组', '第一党小组:记下2件'],
    ['汇总 4组', '第四党小组没有记下诉求'],
    ['汇总 电梯', '电梯:记下1件'],
    ['汇总 碧阳', '碧阳:记下2件'],
    ['汇总 碧阳99栋', '碧阳没有99栋。'],
    ['汇总 上周', '上周'],
    ['汇总,本月', '5月'],
    ['汇总 外星人', '没听清“外星人”'],
  ])('%s is understood', async (order, answer) => {
    expect(await committee(order)).toContain(answer)
  })

  test('查 12号 shows in the committee what it rests on, and in the members’ room only what is fit for it', async () => {
    const full = await committee('查 1号')
    expect(full).toContain('依据:\n5月18日 08:00 平安是福:我们栋电梯停了')
    expect(full).toContain('自治小组:组长丁惠芳、楼栋长汪国强、网格员胡翠萍')
    expect(await members('查一号')).toBe('1号 ▲较急 碧阳2栋 电梯停运\n5月18日记下,现在待办。')
    expect(await members('查 3号')).toBe('3号 ▲较急(内容不在群里说)\n5月18日记下,现在待办。')
    expect(await members('查 99号')).toBe('没有99号。回“汇总”可以看到有哪些。')
  })

  test('查 5栋 asks which one when several have that number', async () => {
    expect(await members('查 5栋', '热心邻居')).toBe('有几个5栋,您说哪个?\n碧阳、桂花苑、家属院、兰乔')
    expect(await members('查 碧阳5栋')).toBe('碧阳5栋有1件:\n2号 ▲较急 碧阳5栋 门口路灯不亮(待办)')
  })

  test('楼栋长 names people and never a phone number', async () => {
    expect(await members('楼栋长 碧阳5栋')).toBe('碧阳5栋楼栋长:余德芬\n第一党小组组长:丁惠芳\n网格员:胡翠萍')
  })

  test('我的 lists what I told', async () => {
    expect(await members('我的事', '平安是福')).toBe('您有1件:\n1号 ▲较急 碧阳2栋 电梯停运(待办)')
    expect(await members('我的事', '邹姨')).toBe('您现在没有在跟的事。有事直接在群里说就行。')
  })

  test('a voice message may ask, but never change anything', async () => {
    await town.say('邹姨', '汇总', { kind: 'voice', confidence: 0.9 })
    expect(town.heard('members')[0]).toContain('记下3件')
    await town.order('黎翠萍', '办结 1号 修好了', { kind: 'voice', confidence: 0.9 })
    expect(town.heard('committee')).toEqual([])
    expect((await getConcern(town.db, 1)).status).toBe('open')
  })

  test('ordinary talk is no command', async () => {
    for (const talk of [
      '今天汇总了一下',
      '查电表的来了',
      '登记了',
      '改天再说',
      '确认一下时间',
      '我的天',
      '撤回了一条',
      '办结了没有',
    ]) {
      expect(await members(talk), talk).toBeUndefined()
    }
  })
})

describe('the committee works', () => {
  test('认领 · 交给 · 办结 · 没解决 go along the table of moves', async () => {
    expect(await committee('认领 1号')).toBe(
      '好的,1号交给黎翠萍了。\n1号 ▲较急 碧阳2栋 电梯停运\n办好了请回“办结 1号 做了什么”。',
    )
    expect(await committee('交给 1号 调解员')).toContain('交给矛盾纠纷调解员了')
    expect(await committee('交给 1号 无名氏')).toBe('名册里没有找到“无名氏”。请写全名,例:交给 12号 丁惠芳')
    expect(await committee('办结 1号')).toBe('1号是怎么办好的?请一起说。\n例:办结 1号 物业换了新灯')
    expect(await committee('办结一号,维保来修好了。')).toContain('好的,1号办结了。')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'resolved', result: '维保来修好了' })
    expect(await committee('办结 1号 又一次')).toBe('1号已经是已办结了。')
    expect(await committee('没解决 1号')).toContain('好的,1号重新办。')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'in_progress', rounds: 1 })
  })

  test('不是诉求 strikes it out, 确认 brings it back', async () => {
    expect(await committee('不是诉求 2号 是广告')).toBe('好的,2号划掉了。\n弄错了请在支委群回“确认 2号”。')
    expect(await getConcern(town.db, 2)).toMatchObject({ status: 'dropped', reason: '非诉求:是广告' })
    expect(await committee('确认 2号')).toBe('好的,2号恢复了,现在待办。')
  })

  test('确认 makes a doubtful one a concern', async () => {
    await town.say('平安是福', '可能有点异响')
    await town.pass(35)
    expect(await getConcern(town.db, 4)).toMatchObject({ status: 'suspected', doubt: '拿不准是不是诉求' })
    expect(await committee('确认')).toBe('好的,4号算诉求,列入待办。\n4号 ■一般 地点没说 好像有异响')
    expect(await committee('确认')).toBe('现在没有待确认的。')
  })

  test.each([
    ['改 2号 楼栋 兰乔一期5栋', '好的,改好了。\n2号 ▲较急 兰乔一期5栋 门口路灯不亮'],
    ['改 2号 楼栋 5栋', '有几个5栋,您说哪个?'],
    ['改2号 类别 停车出行', '好的,改好了。'],
    ['改 2号 类别 天气', '没有“天气”这一类。'],
    ['改 2号 紧急 紧急', '2号 ●紧急'],
    ['改 2号 紧急 马上', '紧急程度有:紧急、较急、一般。'],
    ['改 2号 标题 门口路灯全黑', '门口路灯全黑'],
    ['改 2号 标题 这是一个长到谁也不会在手机上把它读完的标题呀', '标题最多20个字'],
  ])('%s', async (order, answer) => {
    expect(await committee(order)).toContain(answer)
  })

  test('the place put right brings the party group with it', async () => {
    await committee('改 2号 楼栋 兰乔一期5栋')
    expect((await getConcern(town.db, 2)).place).toMatchObject({ building: 'LQ1-05', partyGroup: 4 })
  })

  test('撤回 takes back one’s own last command within ten minutes, by a correcting event', async () => {
    await committee('办结 2号 换了灯')
    expect(await committee('撤回')).toBe('好的,2号刚才那一步收回了,现在待办。')
    expect((await listEvents(town.db, 2)).map(({ kind }) => kind)).toEqual(['filed', 'resolved', 'undone'])
    await committee('办结 2号 换了灯')
    await town.pass(11)
    expect(await committee('撤回')).toBe('十分钟里没有您登记或办过的事。')
  })

  test('撤回 of 认领 or 交给 gives it back to whoever had it', async () => {
    await committee('交给 1号 丁惠芳')
    await committee('认领 1号')
    expect((await getConcern(town.db, 1)).handler).toEqual({ kind: 'person', name: '黎翠萍' })
    expect(await committee('撤回')).toBe('好的,1号刚才那一步收回了,现在办理中,还是丁惠芳办。')
    expect((await getConcern(town.db, 1)).handler).toEqual({ kind: 'person', name: '丁惠芳' })
    await committee('认领 2号')
    expect(await committee('撤回')).toBe('好的,2号刚才那一步收回了,现在待办。')
    expect(await getConcern(town.db, 2)).toMatchObject({ status: 'open', handler: null })
    await committee('转交 2号 物业')
    const { nextLook } = await getConcern(town.db, 2)
    await committee('认领 2号')
    expect(await committee('撤回')).toBe('好的,2号刚才那一步收回了,现在已转交。')
    expect(await getConcern(town.db, 2)).toMatchObject({ handler: { kind: 'body', name: '物业' }, nextLook })
  })

  test('撤回 of 转交 and 挂账 gives it back to its handler; where the table has no way back it says so', async () => {
    await committee('认领 1号')
    await committee('转交 1号 物业')
    expect(await committee('撤回')).toBe('好的,1号刚才那一步收回了,现在办理中,还是黎翠萍办。')
    await committee('挂账 1号 等钱 20天')
    expect(await committee('撤回')).toBe('好的,1号刚才那一步收回了,现在办理中,还是黎翠萍办。')
    expect(await getConcern(town.db, 1)).toMatchObject({ handler: { kind: 'person' }, nextLook: null })
    await committee('上会 2号')
    expect(await committee('撤回')).toBe('2号刚才那一步收不回,请直接说要改成什么。')
  })

  test('撤回 of a mistaken 办结 is no 重办', async () => {
    await committee('办结 1号 修好了')
    await committee('撤回')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'open', rounds: 0, result: null })
    const digest = await committee('周报')
    expect(digest).toContain('办结0件')
    expect(digest).not.toContain('重办')
  })

  test('待办 can be asked for a group or a person', async () => {
    await committee('交给 1号 丁惠芳')
    expect(await committee('待办 丁惠芳')).toBe('丁惠芳还有1件没办完:\n1号 ▲较急 碧阳2栋 电梯停运(办理中(丁惠芳))')
    expect(await committee('待办 第六党小组')).toContain('第六党小组还有1件没办完')
    await town.pass(6 * 24 * 60)
    town.heard('committee')
    expect(await committee('待办 丁惠芳')).toContain('还没办完,过了1天')
  })

  test('周报 and 状态 answer at any time', async () => {
    expect(await committee('周报')).toContain('本周记下3件')
    const state = await committee('状态')
    expect(state).toContain('台账:共3件\n  待办3件')
    expect(state).toContain('谁在读:scripted')
    expect(state).toContain('还没读:0条\n')
    expect(state).toMatch(/=读了\d+、等着0、.*对得上/u)
    await town.say('邹姨', '今天天气好')
    town.heard('members')
    const later = await committee('状态')
    expect(later).toContain('还没读:1条\n')
    expect(later).toMatch(/、等着1、.*对得上/u)
  })

  test('half a command gets an example, never a scolding', async () => {
    expect(await committee('交给 1号')).toBe('没听清。可以这样说:\n交给 1号 丁惠芳')
    expect(await members('办结 1号', '邹姨')).toBe('这个要在支委群里说。\n您有事直接讲,小助手会记下。')
  })
})

describe('who may do what', () => {
  test('in the members’ room nobody changes a status by card or nickname', async () => {
    for (const order of [
      '办结 1号 好了',
      '认领 1号',
      '交给 1号 丁惠芳',
      '确认 1号',
      '改 1号 标题 别的事情',
      '知道了 1号',
      '周报',
      '认人 邹姨 是 邹廷芬',
    ]) {
      expect(await members(order, '史德芬'), order).toBe('这个要在支委群里说。\n您有事直接讲,小助手会记下。')
    }
    expect(await members('不是诉求 1号', '史德芬')).toBe('1号要由支委会来改,请在支委群里说。')
    expect((await getConcern(town.db, 1)).status).toBe('open')
  })

  test('a person confirmed under the owner’s remark may; an impostor with the same card may not', async () => {
    await town.say('平安是福', '早', { remark: '丁姨' })
    expect(await committee('认人 丁姨 是 丁惠芳')).toBe('好的,备注“丁姨”的是丁惠芳,在居民群里也能办结、认领了。')
    expect(await members('认领 1号', '平安是福', '丁姨')).toContain('好的,1号交给丁惠芳了。')
    expect(await members('办结 1号 修好了', '平安是福', null)).toContain('这个要在支委群里说。')
    expect(await members('办结 1号 修好了', '换了名字', '丁姨')).toContain('好的,1号办结了。')
  })

  test('the author may withdraw their own concern; somebody else may not', async () => {
    expect(await members('不对 1号', '邹姨')).toBe('1号要由支委会来改,请在支委群里说。')
    expect(await members('不对 1号', '平安是福')).toContain('好的,1号划掉了。')
  })

  test('没解决 from somebody else reaches the committee and changes nothing', async () => {
    await committee('办结 1号 修好了')
    expect(await members('没解决 1号', '邹姨')).toBe('好的,已告诉支委会:1号还没解决。')
    expect(town.heard('committee')).toEqual(['邹姨说1号还没解决。\n属实请回“没解决 1号”。'])
    expect((await getConcern(town.db, 1)).status).toBe('resolved')
    expect(await members('没解决 1号', '平安是福')).toContain('好的,1号重新办。')
  })
})
