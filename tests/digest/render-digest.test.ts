import { expect, test } from 'vitest'
import { collectFigures } from '../../src/digest/collect.ts'
import { collectCounts } from '../../src/digest/counts.ts'
import type { Figures, Item } from '../../src/digest/figures.ts'
import { widthOf } from '../../src/digest/lines.ts'
import { weekBefore } from '../../src/digest/period.ts'
import { type RenderOptions, renderDigest } from '../../src/digest/render-digest.ts'
import { on, openCommunity, placeOf, words } from './small-community.ts'
import { fillTalkOfMay, fillWeekOfMay } from './week-of-may.ts'

const NOW = on('05-25 08:30')
const WEEK = weekBefore(NOW)
const NOTHING: Figures = {
  from: WEEK.from.toISOString(),
  before: WEEK.before.toISOString(),
  filed: 0,
  suspected: 0,
  red: 0,
  settled: 0,
  reopened: 0,
  closed: 0,
  deferred: 0,
  dropped: 0,
  overdue: 0,
  followUp: { satisfied: 0, basicallySatisfied: 0, dissatisfied: 0, notReached: 0, nobodyToAsk: 0 },
  standing: { suspected: 0, open: 0, in_progress: 0, referred: 0, on_agenda: 0, deferred: 0 },
  byCompound: [],
  byPartyGroup: [],
  topCategories: [],
  hotSpots: [],
  responded: { part: 0, whole: 0 },
  goodNews: null,
  settledNumbers: { items: [], total: 0 },
  decide: { items: [], total: 0 },
  pressing: { items: [], total: 0 },
  fresh: [],
  waiting: { items: [], total: 0 },
  heard: 0,
  unread: { voices: 0, pictures: 0, toPeople: 0, skipped: 0, pending: 0 },
}

function render(figures: Partial<Figures>, options: Partial<RenderOptions> = {}, previous: Figures = NOTHING): string {
  return renderDigest({ ...NOTHING, ...figures }, previous, { words, readBy: 'model', ...options })
}

function item(no: number, more: Partial<Item> = {}): Item {
  const rest = { urgency: 'yellow', status: 'open', days: 2, late: false } as const
  return { no, title: '电梯停了', place: placeOf('BY-12'), ...rest, ...more }
}

test('the week of May, from the ledger to the words', async () => {
  const db = await openCommunity()
  await fillWeekOfMay(db)
  await fillTalkOfMay(db)
  const text = renderDigest(await collectFigures(db, WEEK, NOW), await collectCounts(db, weekBefore(WEEK.from)), {
    words,
    readBy: 'model',
    notes: ['离线2小时'],
  })
  await db.destroy()
  expect(text).toBe(`一周民情汇总 5月18日—5月24日
本周记下6件,办结2件,2件着急。
其中待确认1件,另有1件没有受理。

【请支委会定的事】
3号 ▲较急 碧阳5栋 想加装扶手
　待上会,记下15天
6号 ▲较急 碧阳12栋
　电梯又停了三天没有人来修
　又出现了,上次是1号
11号 ●紧急 兰乔一期5栋 外墙砖要掉
　记下2天,还没办完
还有1件也等着定

【紧急和还没办完】
2号 ▲较急 兰乔一期5栋 车棚要加顶
　挂账到期,该再看了
4号 ▲较急 碧阳5栋 楼道灯不亮
　记下11天,还没办完

【新记的】
兰乔一期5栋
11号 ●紧急 外墙砖要掉 已转交
碧阳5栋
12号 ▲较急 楼上楼下吵架 办理中
碧阳12栋
5号 ●紧急 厨房有煤气味 已办结
6号 ▲较急 电梯又停了三天没有人来修
7号 ■一般 路牌看不清
地点还不清楚
8号 ▲较急 好像哪里在漏水 待确认

【办理情况】
新记6件(上周1件)
办结2件(上周1件)
1号、5号
在办6件(上周2件)
待办4件、已转交1件、待上会1件
挂账1件(上周1件)
销号1件

【各小区】
兰乔1件、碧阳4件、没定到小区1件

【各党小组】
第一党小组4件、第四党小组1件、
　没定到党小组1件

【类别前三】
电梯1件、路灯标识1件、供水排水1件

【同一栋楼又有】
碧阳12栋 14天里3件
5号、6号、7号

【好消息】
1号 ▲较急 碧阳12栋 电梯时好时坏
　记下29天,办好了

【三率】
响应率1/6(17%)
　限期内有人接手的
解决率1/2(样本不足)
　问到的里面说解决了的
满意率1/2(样本不足)
　满意和基本满意的
没解决、重办1件

【等确认的1件】
8号
是,回“确认 8号”
不是,回“不是诉求 8号”

【没读到的】
2段语音没听清
1张图片没看
1段话没读成,要请人看
1条消息读不了,跳过了
2条消息还没读完
离线2小时

本周读了5条消息。
以上由AI整理,请核对`)
  expect(text).not.toMatch(/逾期|宋珍珠|138/)
  for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(21)
})

test('a week in which nothing happened is one line', () => {
  expect(render({})).toBe('本周(5月18日—5月24日)没有新记的事。')
  expect(render({ standing: { ...NOTHING.standing, in_progress: 3 } })).toBe(
    '本周(5月18日—5月24日)没有新记的事,有3件正在办。',
  )
})

test('an empty week still owns up to what was not read', () => {
  const unread = { ...NOTHING.unread, pending: 12 }
  expect(render({ unread }, { notes: ['离线2小时'] })).toBe(
    '本周(5月18日—5月24日)没有新记的事。\n12条消息还没读完\n离线2小时',
  )
})

test('a week without new concerns still shows what is not finished, in words that scold nobody', () => {
  const late = item(3, { late: true, status: 'in_progress', days: 9 })
  const text = render({ pressing: { items: [late], total: 1 } })
  expect(text).toContain('本周没有新记的事,办结0件。')
  expect(text).toContain('【紧急和还没办完】\n3号 ▲较急 碧阳12栋 电梯停了\n\u3000记下9天,还没办完')
  expect(text).not.toContain('【新记的】')
})

test('what the committee is asked to decide is not said twice, and the count of the rest is right', () => {
  const decided = { ...item(1, { late: true, urgency: 'red' }), why: 'red_late', before: null } as const
  const items = [decided, ...Array.from({ length: 11 }, (_, index) => item(index + 2, { late: true }))]
  const text = render({ decide: { items: [decided], total: 1 }, pressing: { items, total: 14 } })
  expect(text.match(/^1号 /gm)).toHaveLength(1)
  expect(text).toContain('还有3件,回“待办”都看得到')
})

test('a satisfaction rate is shown in per cent only from five answers on, always with its two numbers', () => {
  const followUp = { satisfied: 3, basicallySatisfied: 1, dissatisfied: 0, notReached: 2, nobodyToAsk: 1 }
  expect(render({ closed: 7, followUp })).toContain('满意率4/4(样本不足)')
  const text = render({ closed: 7, reopened: 1, followUp })
  expect(text).toContain(
    '解决率4/5(80%)\n　问到的里面说解决了的\n满意率4/5(80%)\n　满意和基本满意的\n其中基本满意1件\n没解决、重办1件\n没联系上2件\n没有人可问1件',
  )
})

test('when only the keyword rules read, the last line says so', () => {
  expect(render({ filed: 1, fresh: [item(1)] }, { readBy: 'rules' })).toMatch(/\n以上由关键词规则整理,请核对$/)
})

test('a flood of concerns is cut, counted, and keeps its most urgent ones', () => {
  const fresh = Array.from({ length: 40 }, (_, index) => item(index + 1, index === 0 ? { urgency: 'red' } : {}))
  const text = render({ filed: 300, fresh, waiting: { items: fresh.map(({ no }) => no), total: 90 } })
  expect(text).toContain('还有280件,回“待办”看全部')
  expect(text).toContain('等90件')
  expect(text.length).toBeLessThan(1800)
})
