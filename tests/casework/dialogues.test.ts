import { beforeEach, describe, expect, test } from 'vitest'
import { getConcern, listConcerns, listEvents } from '../../src/concerns/repository.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

let town: Town
let reader: ScriptedReader

beforeEach(async () => {
  reader = new ScriptedReader()
    .finds(/电梯停了/, {
      title: '电梯停运',
      category: 'elevator',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '我们栋',
    })
    .finds(/好像/, { title: '灯坏了', sure: false, placeKind: 'building', placeWords: '碧阳2栋' })
    .finds(/路灯/, {
      title: '门口路灯不亮',
      category: 'lighting_signage',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '5栋',
    })
    .finds(/吵架/, {
      title: '楼上楼下争吵',
      category: 'neighbor_dispute',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '我们栋',
    })
    .finds(/买药/, {
      title: '独居老人要代买药',
      category: 'care',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '我们栋',
    })
    .finds(/投两万/, { title: '投资诈骗电话', nature: 'report', category: 'fraud_security', urgency: 'red' })
    .finds(/民乐队/, { title: '建议组建民乐队', nature: 'suggestion', category: 'culture_suggestion' })
  town = await openTown({ at: '2026-05-18T09:05', reader })
  return () => town[Symbol.asyncDispose]()
})

async function told(sender: string, text: string): Promise<void> {
  await town.say(sender, text)
  await town.pass(31)
  quiet()
}

function quiet(): void {
  town.heard('members')
  town.heard('committee')
}

async function committee(text: string, who = '黎翠萍'): Promise<string> {
  await town.order(who, text)
  return town.heard('committee').join('\n---\n')
}

async function members(text: string, who = '邹姨'): Promise<string> {
  await town.say(who, text)
  const said = town.heard('members')
  for (const bubble of said) {
    expect([...bubble].length, bubble).toBeLessThanOrEqual(96)
    expect(bubble.split('\n').length, bubble).toBeLessThanOrEqual(6)
  }
  return said.join('\n---\n')
}

describe('handling', () => {
  beforeEach(() => told('平安是福', '我们栋电梯停了'))

  test('转交 stops the clock until the next look; an unknown body is answered with the list', async () => {
    expect(await committee('转交 1号 物业')).toBe('好的,1号转交物业了,5月21日再问问。\n1号 ▲较急 碧阳2栋 电梯停运')
    expect(await committee('转交 1号 火星')).toContain('单位名单里没有“火星”。有:')
    expect(await committee('单位 加 维保周师傅')).toBe('好的,名单里有“维保周师傅”了。')
    expect(await committee('转交 1号 维保周师傅')).toContain('转交')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'referred', handler: { kind: 'body' } })
  })

  test('交给 五员 finds the one of the corps who looks after such things', async () => {
    expect(await committee('交给 1号 五员')).toContain('好的,1号交给社区治理协管员了。')
  })

  test('交给 楼栋长, 组长 or 网格员 means those of its building', async () => {
    expect(await committee('交给 1号 楼栋长')).toContain('好的,1号交给汪国强了。')
    expect(await committee('交给 1号 网格员')).toContain('好的,1号交给胡翠萍了。')
    await told('阳光心态', '5栋路灯不亮')
    expect(await committee('交给 2号 楼栋长')).toBe('2号的楼栋长名册里没有,请写全名。例:交给 2号 丁惠芳')
  })

  test('进展 counts visits', async () => {
    expect(await committee('进展 1号 打了电话给维保')).toBe('好的,1号记下了。')
    expect(await committee('进展 1号 上门看了')).toBe('好的,1号记下了,第1次上门。')
    expect(await committee('进展1号,又入户一次')).toBe('好的,1号记下了,第2次上门。')
  })

  test('催一下 asks whoever has it, once a day', async () => {
    expect(await committee('催一下 1号')).toBe('1号还没有人经办。请说:交给 1号 谁')
    await committee('交给 1号 丁惠芳')
    expect(await committee('催一下 1号')).toBe(
      '请丁惠芳看看:\n1号 ▲较急 碧阳2栋 电梯停运\n办好了请说“办结 1号 做了什么”。',
    )
    expect(await committee('催一下 1号')).toBe('1号今天催过了,明天再催。')
  })

  test('挂账 needs a reason and a day, 90 days at most', async () => {
    expect(await committee('挂账 1号 等维修资金 30天')).toBe('好的,1号先挂账,6月17日再看。\n1号 ▲较急 碧阳2栋 电梯停运')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'deferred', reason: '等维修资金' })
    expect(await committee('挂账 1号 等维修资金 200天')).toContain('已经是挂账')
  })

  test('合并 and 分开 are the same two words back and forth', async () => {
    await told('平安是福', '我们栋电梯停了 唉')
    expect(await committee('合并 2号 1号')).toBe(
      '好的,2号并到1号了。\n1号 ▲较急 碧阳2栋 电梯停运\n并错了请回“分开 2号”。',
    )
    expect(await committee('办结 2号 好了')).toBe('2号已经并到1号了,请说1号。')
    expect(await committee('分开 2号')).toBe('好的,2号分开了,现在待办。\n2号 ▲较急 碧阳2栋 电梯停运')
  })

  test('分开 brings a suspected one back as suspected', async () => {
    await told('廖启慧', '我们栋灯好像坏了')
    expect(await getConcern(town.db, 2)).toMatchObject({ status: 'suspected' })
    await committee('合并 1号 2号')
    expect(await committee('分开 2号')).toMatch(/^好的,2号分开了,现在待确认。\n/u)
    expect(await getConcern(town.db, 2)).toMatchObject({ status: 'suspected', mergedInto: null })
  })

  test('拆 keeps the words it is given, but for people', async () => {
    expect(await committee('拆 1号 灯坏|吴大爷家302漏水')).toBe('好的,1号拆开了,新的是2号。\n1号 ▲较急 碧阳2栋 灯坏')
    expect((await getConcern(town.db, 2)).title).toBe('某某家某户漏水')
  })

  test('拆 makes two of one, linked', async () => {
    expect(await committee('拆 1号 电梯停运|轿厢灯不亮')).toBe('好的,1号拆开了,新的是2号。\n1号 ▲较急 碧阳2栋 电梯停运')
    expect(await getConcern(town.db, 2)).toMatchObject({ title: '轿厢灯不亮', status: 'open' })
    expect(await town.db.selectFrom('concern_link').selectAll().execute()).toEqual([
      { concern: 2, other: 1, kind: 'split_from' },
    ])
  })

  test('what the group says is settled waits for 对; 不对 keeps it going', async () => {
    reader.hears(/电梯好了/, { concern: 1, kind: 'settled' })
    await town.say('平安是福', '电梯好了')
    await town.pass(31)
    expect(town.heard('committee')).toEqual([
      '群里说1号解决了:\n碧阳2栋 电梯停运\n属实请回“对 1号”,不属实回“不对 1号”。',
    ])
    expect(await committee('不对 1号')).toBe('好的,1号还没解决,接着办。')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'open', settledProposedAt: null })
    await town.say('平安是福', '电梯好了')
    await town.pass(31)
    quiet()
    expect(await committee('对')).toBe('好的,1号办结了。')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'resolved' })
  })
})

describe('reminders', () => {
  test('a handler is reminded gently once, two days later the committee sees it, all in one bubble a morning', async () => {
    await told('平安是福', '我们栋电梯停了')
    await committee('交给 1号 丁惠芳')
    await town.pass(5 * 24 * 60 - 60)
    quiet()
    await town.pass(26 * 60)
    const reminders = town.heard('members').filter((text) => text.includes('还没办完'))
    expect(reminders).toEqual(['请看看这几件,还没办完:\n丁惠芳 1号'])
    expect(town.heard('committee').filter((text) => text.includes('还没办完'))).toEqual([])
    await town.pass(2 * 24 * 60)
    expect(town.heard('members').filter((text) => text.includes('还没办完'))).toEqual([])
    const [late] = town.heard('committee').filter((text) => text.includes('要请支委会看看的'))
    expect(late).toContain('1号 ▲较急 碧阳2栋 电梯停运,还没办完,过了')
  })

  test('at half past six one bubble says what was taken down, sensitive ones only counted', async () => {
    await told('平安是福', '我们栋电梯停了')
    await told('姚正林', '我们栋的大爷要人买药')
    await town.pass(10 * 60)
    expect(town.heard('members')).toEqual(['今天记下2件:\n1号电梯停运\n1件不在群里说。\n记错了请回“不对 1号”。'])
    await town.pass(3 * 60)
    expect(town.heard('members')).toEqual([])
  })
})

describe('asking back', () => {
  test('an unclear place is asked about once after ten minutes, and the person asked answers with a number', async () => {
    await town.say('阳光心态', '5栋门口路灯不亮了')
    await town.pass(31)
    expect(town.heard('members')).toEqual([])
    await town.pass(12)
    expect(town.heard('members')).toEqual([
      '@阳光心态 1号“门口路灯不亮”是哪里的?回数字:\n1. 碧阳5栋\n2. 桂花苑\n3. 家属院5号楼\n4. 兰乔',
    ])
    expect(await members('2', '邹姨')).toBe('')
    expect(await members('3', '阳光心态')).toBe('好的,1号是家属院5号楼的。')
    expect((await getConcern(town.db, 1)).place).toMatchObject({ kind: 'building', building: 'GX-05', partyGroup: 10 })
    await town.pass(60)
    expect(town.heard('members')).toEqual([])
  })

  test('改成 with words answers too; after another sentence the number is needed', async () => {
    await town.say('阳光心态', '5栋门口路灯不亮了')
    await town.pass(50)
    quiet()
    await members('今天天气好', '阳光心态')
    expect(await members('1', '阳光心态')).toBe('')
    expect(await members('改成 碧阳5栋 1号', '阳光心态')).toBe('好的,1号是碧阳5栋的。')
  })

  test('without an answer for a day the committee has it on its list', async () => {
    await town.say('阳光心态', '5栋门口路灯不亮了')
    await town.pass(50)
    quiet()
    await town.pass(49 * 60)
    expect(town.heard('committee').filter((text) => text.includes('不知道是哪里的'))).toEqual([
      '问了一天还不知道是哪里的:1号。\n知道的请回“改 1号 楼栋 碧阳5栋”。',
    ])
  })

  test('at most three places are asked about a day, and never at night', async () => {
    for (let index = 0; index < 5; index++) {
      await town.say(`邻居${index}`, '5栋门口路灯不亮')
      await town.pass(31)
    }
    await town.pass(30)
    expect(town.heard('members').filter((text) => text.includes('是哪里的'))).toHaveLength(3)
  })
})

describe('following up', () => {
  beforeEach(async () => {
    await told('平安是福', '我们栋电梯停了')
    await committee('办结 1号 维保修好')
  })

  test('满意 closes it', async () => {
    expect(await committee('回访 1号 满意')).toBe('好的,1号居民满意,销号了。')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'closed', followUp: 'satisfied' })
  })

  test('不满意 alone may mean two things: it is asked back, and nothing happens', async () => {
    expect(await committee('回访 1号 不满意')).toBe(
      '1号办好了没有?\n办好了:回访 1号 解决了 不满意\n没办好:回访 1号 没解决',
    )
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'resolved' })
  })

  test('not solved takes it up again', async () => {
    expect(await committee('回访 1号')).toBe('没听清。可以这样说:\n回访 1号 满意')
    expect(await committee('回访 1号 不满意,没解决')).toBe('好的,1号没解决,重新办。\n1号 ▲较急 碧阳2栋 电梯停运')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'open', rounds: 1 })
  })

  test('solved, but unhappy closes it and counts for 解决率 alone', async () => {
    await told('平安是福', '我们栋电梯停了 又停了')
    await committee('办结 2号 维保修好')
    expect(await committee('回访 1号 解决了,不满意')).toBe('好的,1号解决了,居民不满意,记下销号。')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'closed', followUp: 'dissatisfied' })
    await committee('回访 2号 没解决')
    const digest = await committee('周报')
    expect(digest).toContain('解决率1/2(样本不足)')
    expect(digest).toContain('满意率0/2(样本不足)')
    expect(digest).toContain('解决了、不满意1件')
  })

  test('解决了 alone asks whether people are happy', async () => {
    expect(await committee('回访 1号 解决了')).toBe(
      '1号解决了,居民满意吗?\n满意:回访 1号 满意\n不满意:回访 1号 解决了 不满意',
    )
    expect(await committee('回访 1号 解决了 基本满意')).toBe('好的,1号居民基本满意,销号了。')
  })

  test('three times not reached closes it, and so does two weeks', async () => {
    expect(await committee('回访 1号 联系不上')).toBe('好的,记下了,第1次没联系上。三次联系不上就销号。')
    await committee('回访 1号 联系不上')
    expect(await committee('回访 1号 联系不上')).toBe('好的,三次没联系上,1号销号了。')
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'closed', followUp: 'not_reached' })
  })
})

test('a meeting: the agenda by compound, who is there, decisions that move the concerns, and what became of the last', async () => {
  await told('平安是福', '我们栋电梯停了')
  expect(await committee('上会 1号')).toBe('好的,1号列入下次支委会。\n1号 ▲较急 碧阳2栋 电梯停运')
  expect(await committee('会议 59次 开始')).toBe(
    '第59次支委会开始,5月18日。\n这次要定的1件:\n【碧阳】\n1号 ▲较急 碧阳2栋 电梯停运\n到会的人请说:会议 到会 某某、某某',
  )
  expect(await committee('会议 到会 史德芬、黎翠萍、姚正林')).toBe('好的,到会3人:史德芬、黎翠萍、姚正林。')
  expect(await committee('会议 决定 1号 请维保换曳引机 姚正林 6月10日')).toBe(
    '好的,记下决定:1号 请维保换曳引机,姚正林,6月10日前。',
  )
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'in_progress', handler: { name: '姚正林' } })
  expect(await committee('会议 结束')).toBe(
    '第59次支委会结束。\n到会:史德芬、黎翠萍、姚正林\n决定1条:\n1. 1号 请维保换曳引机,姚正林,6月10日前',
  )
  await committee('办结 1号 换好了')
  expect(await committee('会议 开始')).toContain('上次(第59次)决定的:\n1号 请维保换曳引机,姚正林(已办结)')
})

test('the day of a decision may be told in hanzi; one that does not exist is refused, and nothing is written', async () => {
  await told('平安是福', '我们栋电梯停了')
  await committee('上会 1号')
  await committee('会议 59次 开始')
  for (const day of ['二月三十日', '2月30日', '十三月五日'])
    expect(await committee(`会议 决定 1号 联系社区 丁惠芳 ${day}`)).toBe(`没有“${day}”这一天,请换个日子。`)
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'on_agenda', handler: null })
  expect(await committee('会议 决定 1号 联系社区 六月十日')).toBe('好的,记下决定:1号 联系社区,6月10日前。')
  expect(await committee('会议 决定 1号 联系社区 丁惠芳 六月十日前')).toBe(
    '好的,记下决定:1号 联系社区,丁惠芳,6月10日前。',
  )
})

test('a quarrel: visits are counted, an agreement is kept, and the members’ room learns nothing of it', async () => {
  await told('6组汤廷芬', '我们栋楼上楼下吵架')
  expect(await committee('调解 1号 上门,甲乙都愿意谈')).toBe('好的,1号记下了,第1次上门。')
  expect(await committee('调解 1号 未达成 还要再量')).toBe('好的,1号这次没谈拢。可以再约,或者转交 1号 居委会。')
  expect(await committee('调解 1号 又上门一次')).toBe('好的,1号记下了,第2次上门。')
  expect(await committee('调解 1号 达成 书面 甲方月底修好')).toBe('好的,1号达成书面协议。办完请说:办结 1号 握手言和')
  expect(await committee('调解 1号')).toBe('1号上门2次,达成书面协议:甲方月底修好。')
  expect(await members('调解 1号')).toContain('这个要在支委群里说')
  expect(await members('查 1号')).toBe('1号 ▲较急(内容不在群里说)\n5月18日记下,现在待办。')
})

test('one event can be a repair and a quarrel, linked', async () => {
  await told('平安是福', '我们栋电梯停了')
  expect(await committee('调解 1号 上门')).toBe('1号不是矛盾纠纷。两家吵起来了请说:调解 1号 立案')
  expect(await committee('调解 1号 立案')).toBe('好的,纠纷另立2号,和1号连着。\n上门请说:调解 2号 上门…')
  expect(await getConcern(town.db, 2)).toMatchObject({ category: 'neighbor_dispute', sensitive: true })
  expect(await town.db.selectFrom('concern_link').selectAll().execute()).toEqual([
    { concern: 2, other: 1, kind: 'related' },
  ])
})

test('care: the members’ room reads where a hand is needed and no names; an offer goes to the committee', async () => {
  await told('姚正林', '我们栋的吴大爷要人买药')
  expect(await members('谁要帮忙')).toBe('要搭把手的1件:\n1号 碧阳19栋\n能帮请说:认领 1号')
  expect(await members('认领 1号', '邹姨')).toBe('谢谢您!已告诉支委会,请等回话。')
  expect(town.heard('committee')).toEqual(['邹姨想认领1号(独居老人要代买药)。\n同意请回“交给 1号 全名”。'])
  expect(await committee('交给 1号 邹廷芬')).toContain('好的,1号交给邹廷芬了。')
  expect(await members('认领 1号', '钟姨')).toBe('1号已经有人去了,谢谢您!')
  await committee('办结 1号 药买到了')
  expect(await members('认领 1号', '钟姨')).toBe('1号已经办好了,谢谢您!')
})

test('fraud: whom to call and to tell at once, and a prevented one is counted by a person only', async () => {
  await town.say('钟姨', '刚才有人喊我投两万')
  await town.pass(31)
  expect(town.heard('members')).toEqual([
    '●可能是骗子,钱和验证码都别给!请打96110或110。\n小助手不能代替报警。\n已记下1号,也告诉支委会了。',
  ])
  expect(town.heard('committee')[0]).toBe(
    '●紧急 1号\n地点没说 投资诈骗电话\n先劝住别转账,打96110或110。\n请告诉社区民警;宣传员:史德芬、姜泽民、常忠诚\n有人去管了,请回“知道了 1号”。',
  )
  expect(await members('劝阻 1号 劝住了')).toContain('这个要在支委群里说')
  expect(await committee('劝阻 1号 劝住没转钱')).toBe('好的,记下劝阻一起,今年第1起。')
  expect(await committee('劝阻 1号')).toBe('1号已经记过劝阻了。')
  await town.pass(60)
  expect(town.heard('committee').filter((text) => text.includes('次提醒'))).toEqual([])
})

test('a suggestion ends adopted or not, and the members’ room is told', async () => {
  await told('廖启慧', '建议组个民乐队嘛')
  expect(await committee('采纳 1号 下月开始排练')).toBe('好的,1号已采纳,也告诉群里了。')
  expect(town.heard('members')).toEqual(['1号建议“建议组建民乐队”已采纳:\n下月开始排练\n谢谢提建议的人。'])
  await told('平安是福', '我们栋电梯停了')
  expect(await committee('不采纳 2号 没钱')).toBe('2号不是建议。办好了请说:办结 2号 做了什么')
})

test('activities are counted for the year, apart from concerns', async () => {
  expect(await committee('活动 学习 驿站 23人')).toBe('好的,记下5月18日学习一次,今年第1次。')
  await committee('活动 学习')
  expect(await committee('活动')).toBe('今年的活动:\n学习2次,23人次')
  expect(await listConcerns(town.db, {})).toEqual([])
})

test('the third time in 14 days proposes the agenda; so does one that comes back within 90 days', async () => {
  for (let time = 0; time < 3; time++) {
    await town.say('平安是福', '我们栋电梯停了')
    await town.pass(24 * 60)
  }
  expect(town.heard('committee').filter((text) => text.includes('14天里'))).toEqual([
    '碧阳2栋 电梯停运\n14天里第3次了(1号、2号、3号)。\n要上会请回“上会 3号”。',
  ])
  for (const no of [1, 2, 3]) await committee(`办结 ${no}号 修好了`)
  await town.pass(30 * 24 * 60)
  quiet()
  await town.say('平安是福', '我们栋电梯停了')
  await town.pass(31)
  expect(town.heard('committee')).toEqual([
    '碧阳2栋 电梯停运\n办结不到90天又有了(1号、2号、3号)。\n要上会请回“上会 4号”。',
  ])
})

test('转办单 has the fields of the hotline and no names of residents', async () => {
  await told('平安是福', '我们栋电梯停了')
  await committee('进展 1号 打过电话给维保')
  expect(await committee('转办单 1号')).toBe(
    [
      '【转办单】1号',
      '诉求性质:求助',
      '诉求类别:电梯',
      '紧急程度:较急',
      '诉求时间:5月18日',
      '事发地点:碧阳国际小区2栋',
      '诉求内容:电梯停运',
      '已做工作:5月18日听到进展:打过电话给维保',
      '联系方式:由支部另行提供',
    ].join('\n'),
  )
})

test('who asked for what is written down, granted or refused', async () => {
  await told('平安是福', '我们栋电梯停了')
  await committee('办结 1号 修好了')
  await committee('办结 9号 修好了')
  await members('办结 1号 好了', '邹姨')
  const asked = await town.db.selectFrom('asked_command').select(['room', 'actor', 'command', 'concern']).execute()
  expect(asked.map(Object.values)).toEqual([
    ['committee', '黎翠萍', '办结', 1],
    ['committee', '黎翠萍', '办结', 9],
    ['members', '邹廷芬', '办结', 1],
  ])
})

describe('privacy', () => {
  test('隐私 fits the room', async () => {
    expect(await members('隐私')).toBe(
      '只为登记居民诉求,给支委会看。\n用大模型读,先遮住电话、门牌和姓名。\n闲话30天后清空。\n不想记:别记我\n看和删:我的资料、删除我的资料',
    )
  })

  test('别记我: only ids and times are written, until 可以记我', async () => {
    expect(await members('别记我', '平安是福')).toBe(
      '好的,以后不记您说的话。\n从前记的还可以问:我的资料、删除我的资料\n有事可以找楼栋长。\n改主意了请说:可以记我',
    )
    const id = await town.say('平安是福', '我们栋电梯停了')
    const row = await town.db
      .selectFrom('message')
      .select(['text', 'sender'])
      .where('msg_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ text: '', sender: '' })
    await town.pass(30)
    expect(await listConcerns(town.db, {})).toEqual([])
    expect(await members('可以记我', '平安是福')).toBe('好的,又可以记您说的话了。')
    await told('平安是福', '我们栋电梯停了')
    expect(await listConcerns(town.db, {})).toHaveLength(1)
  })

  test('after thirty days talk that belongs to no concern is emptied, and evidence stays', async () => {
    await told('邹姨', '今天豌豆尖三块一把')
    await told('平安是福', '我们栋电梯停了')
    await town.pass(31 * 24 * 60)
    const texts = await town.db.selectFrom('message').select('text').where('room', '=', 'members').execute()
    expect(texts.map(({ text }) => text)).toEqual(['', '我们栋电梯停了'])
    expect(await town.db.selectFrom('purge').select('messages').execute()).toEqual([{ messages: 1 }])
  })

  test('删除我的资料: the committee confirms; the concern stays without the person', async () => {
    await told('阳光心态', '5栋门口路灯不亮了')
    expect(await members('我的资料', '阳光心态')).toBe(
      '您说的话存着2条,反映了1件(1号)。\n从前用别的名字说的没算,请问支委会。\n要删请说:删除我的资料',
    )
    expect(await members('删除我的资料', '阳光心态')).toContain('已请支委会核实')
    expect(town.heard('committee')).toEqual([
      '阳光心态要删除自己的资料。\n核实是本人,请回“同意删除 1”。\n还用过别的名字,请回“同意删除 1 从前叫 某某”。',
    ])
    expect(await committee('同意删除 1')).toContain('1件诉求去掉了名字')
    expect(await getConcern(town.db, 1)).toMatchObject({ reporter: null, reporterId: null, title: '门口路灯不亮' })
    const left = await town.db.selectFrom('message').select('text').where('sender', '=', '阳光心态').execute()
    expect(left).toEqual([])
    expect((await listEvents(town.db, 1)).map(({ kind }) => kind)).toEqual(['filed', 'forgotten'])
  })
})
