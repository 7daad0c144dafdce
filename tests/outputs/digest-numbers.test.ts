import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenLedger } from '../../src/cli/ledger-folder.ts'
import { digestWords } from '../../src/commands/digest-words.ts'
import { collectFigures } from '../../src/digest/collect.ts'
import { collectCounts } from '../../src/digest/counts.ts'
import { weekBefore } from '../../src/digest/period.ts'
import { renderDigest } from '../../src/digest/render-digest.ts'
import { collectWeeks } from '../../src/digest/weeks.ts'
import type { Block } from '../../src/outputs/picture/blocks.ts'
import { digestSections } from '../../src/outputs/picture/digest-blocks.ts'
import { NOW, openBusyLedger } from './busy-ledger.ts'
import { lateAt, openRecount, type Recount } from './recount.ts'
import { textsOf } from './texts-of.ts'

/** Every number of the digest, as text and as picture, counted again from the events. */
const SEED = 11
const WEEK = { from: '2026-05-31T16:00:00.000Z', before: '2026-06-07T16:00:00.000Z' }
const BEFORE = { from: '2026-05-24T16:00:00.000Z', before: WEEK.from }
const FORTNIGHT = { from: BEFORE.from, before: WEEK.before }

let ledger: OpenLedger
let again: Recount
let text: string
let blocks: Block[]
beforeAll(async () => {
  ledger = await openBusyLedger(SEED)
  const { db } = ledger
  const week = weekBefore(NOW)
  const figures = await collectFigures(db, week, NOW)
  const previous = await collectCounts(db, weekBefore(week.from))
  const options = { words: digestWords(ledger), readBy: 'model' as const }
  // What was broken for narrow bubbles is put together again.
  text = renderDigest(figures, previous, options)
    .replace(/、\n\u3000/gu, '、')
    .replace(/\n\u3000/gu, ' ')
  blocks = digestSections(figures, previous, await collectWeeks(db, week, null), options).flat()
  again = await openRecount(db)
})
afterAll(() => ledger.close())

function section(heading: string): string {
  const start = text.indexOf(`【${heading}`)
  expect(start, heading).toBeGreaterThan(0)
  return text.slice(start).split('\n\n')[0]!.split('\n').slice(1).join('\n')
}

/** Takes out of a text what is expected to stand there; no digit may be left. */
function accountFor(said: string, expected: readonly string[]): void {
  let rest = said
  for (const piece of expected.filter((one) => one !== '')) {
    expect(rest).toContain(piece)
    rest = rest.replace(piece, '')
  }
  expect(rest).not.toMatch(/\d/u)
}

const some = (word: string, n: number) => (n > 0 ? `${word}${n}件` : '')
const share = (part: number, whole: number) =>
  whole === 0 ? '' : `${part}/${whole}(${whole < 5 ? '样本不足' : `${Math.round((100 * part) / whole)}%`})`
const numbers = (all: readonly { no: number }[], most: number) =>
  all
    .slice(0, most)
    .map(({ no }) => `${no}号`)
    .join('、') + (all.length > most ? `等${all.length}件` : '')
const settledAt = `(select max(at) from event where concern = no and to_status = 'resolved' and from_status not in ('resolved', 'merged'))`
const days = `cast(julianday(date('${NOW.toISOString()}', '+8 hours')) - julianday(date((select at from event
  where concern = no and from_status is null), '+8 hours')) as int)`
const late = lateAt(NOW.toISOString()).replaceAll('status', 'kept.status')

test('the first words, what happened against the week before, and the spread', async () => {
  const [week, before] = [await again.spanOf(WEEK), await again.spanOf(BEFORE)]
  type One = typeof week
  const work = ({ open, inProgress, referred, onAgenda }: One) => open + inProgress + referred + onAgenda
  accountFor(text.split('\n\n')[0]!, [
    '6月1日—6月7日',
    `本周记下${week.filed}件,办结${week.settled}件,${week.red > 0 ? `${week.red}件着急` : '没有着急的'}。`,
    some('其中待确认', week.suspected),
    week.dropped > 0 ? `另有${week.dropped}件没有受理` : '',
  ])
  const settledNow = await again.rows<{ no: number }>(`select no from kept where status in ('resolved', 'closed') and
    ${again.within(WEEK, settledAt)} order by no`)
  const against = (word: string, pick: (one: One) => number) => `${word}${pick(week)}件(上周${pick(before)}件)`
  accountFor(section('办理情况'), [
    against('新记', ({ filed }) => filed),
    against('办结', ({ settled }) => settled),
    numbers(settledNow, 15),
    against('在办', work),
    some('待办', week.open),
    some('办理中', week.inProgress),
    some('已转交', week.referred),
    some('待上会', week.onAgenda),
    against('挂账', ({ shelved }) => shelved),
    some('销号', week.closed),
  ])
  const short: Record<string, string> = {
    '': '没定到小区',
    碧阳国际小区: '碧阳',
    兰乔圣菲小区: '兰乔',
    桂花苑小区: '桂花苑',
    供销社家属院: '家属院',
  }
  accountFor(
    section('各小区'),
    week.compounds.map(({ label, n }) => `${short[label] ?? label}${n}件`),
  )
  accountFor(
    section('各党小组'),
    week.groups.map(({ label, n }) => `${label || '没定到党小组'}${n}件`),
  )
  const top = section('类别前三')
    .match(/\d+(?=件)/gu)!
    .map(Number)
  expect(top).toEqual(
    week.categories
      .map(({ n }) => n)
      .sort((a, b) => b - a)
      .slice(0, 3),
  )
  for (const said of section('类别前三').split(/[、\n]/u)) {
    expect(week.categories.map(({ label, n }) => `${label}${n}件`)).toContain(said)
  }
})

test('what presses, what is to be decided and what waits: which and how long', async () => {
  const pressing = await again.rows<{
    no: number
    days: number
  }>(`select no, ${days} as days from concern join kept using (no)
    where kept.status in ('suspected', 'open', 'in_progress', 'referred', 'on_agenda', 'deferred') and (urgency = 'red' or ${late})`)
  const known = new Map(pressing.map(({ no, days }) => [no, days]))
  const decide = section('请支委会定的事')
  const decided = [...decide.matchAll(/^(\d+)号/gmu)].map(([, no]) => Number(no))
  const reasons = await again.rows<{ no: number; days: number; before: number | null }>(`select no, ${days} as days,
    (select max(other) from concern_link where concern = no) as before, case when kept.status = 'on_agenda' then 0
      when kept.status in ('open', 'in_progress') and (select max(other) from concern_link where concern = no) then 1
      when urgency = 'red' and kept.status <> 'suspected' and ${late} then 2
      when kept.status = 'deferred' and next_look < '${NOW.toISOString()}' then 3 end as why
    from concern join kept using (no) where why is not null order by why, no`)
  expect(decided).toEqual(reasons.slice(0, 3).map(({ no }) => no))
  expect(decide).toContain(`还有${reasons.length - 3}件也等着定`)
  for (const { no, days } of reasons.slice(0, 3)) expect(decide).toMatch(new RegExp(`^${no}号.*记下${days}天`, 'mu'))

  const lines = section('紧急和还没办完')
  const shown = [...lines.matchAll(/^(\d+)号[^\n]*?(?:记下(\d+)天)?(?:,[^\n]*)?$/gmu)]
  expect(shown.length).toBe(10)
  for (const [, no, since] of shown) {
    expect(known.has(Number(no))).toBe(true)
    if (since !== undefined) expect(Number(since)).toBe(known.get(Number(no)))
  }
  const above = decided.filter((no) => known.has(no)).length
  expect(lines).toContain(`还有${pressing.length - above - shown.length}件`)

  const waiting = await again.rows<{ no: number }>(`select no from stands where status = 'suspected' order by no`)
  expect(text).toContain(`【等确认的${waiting.length}件】`)
  accountFor(section('等确认的'), [numbers(waiting, 15), `确认 ${waiting[0]!.no}号`, `不是诉求 ${waiting[0]!.no}号`])
})

test('the new ones, the same building again, good news, the rates and what was not read', async () => {
  const filed = await again.rows<{ no: number }>(`select no from filed where ${again.within(WEEK)} order by no`)
  const fresh = [...section('新记的').matchAll(/^(\d+)号/gmu)].map(([, no]) => Number(no))
  expect(fresh.length).toBe(Math.min(20, filed.length))
  expect(filed.map(({ no }) => no)).toEqual(expect.arrayContaining(fresh))
  if (filed.length > 20) expect(section('新记的')).toContain(`还有${filed.length - 20}件`)

  const hot = await again.rows<{ building: string; n: number; all_of: string }>(`select building, count(*) as n,
    group_concat(no || '号', '、') as all_of from (select * from filed join concern using (no) order by no)
    where ${again.within(FORTNIGHT)} and building is not null group by building having n >= 3 order by n desc, building limit 5`)
  expect(hot.length).toBeGreaterThan(0)
  const name = digestWords(ledger).placeName
  accountFor(
    section('同一栋楼又有'),
    hot.flatMap(({ building, n, all_of }) => {
      const { compound, partyGroup } = ledger.roster.buildings.find(({ code }) => code === building)!
      const place = name({ kind: 'building', compound, building, unit: null, partyGroup })
      return [`${place} 14天里${n}件`, all_of]
    }),
  )

  const took = `cast(julianday(date(settled, '+8 hours')) - julianday(date(at, '+8 hours')) as int)`
  const [best] = await again.rows<{
    no: number
    days: number
  }>(`select no, ${took} as days from (select filed.no, filed.at,
    (select max(at) from event where concern = filed.no and to_status = 'resolved' and from_status not in ('resolved', 'merged')) as settled
    from filed where status in ('resolved', 'closed') and exists (select 1 from event where concern = filed.no
      and to_status in ('resolved', 'closed') and ${again.within(WEEK)})) order by days desc, no limit 1`)
  expect(section('好消息')).toMatch(
    new RegExp(`^${best!.no}号.*${best!.days === 0 ? '当天就' : `记下${best!.days}天,`}办好了`, 'su'),
  )

  const week = await again.spanOf(WEEK)
  const { part, whole } = await again.responded(WEEK, NOW.toISOString())
  const content = week.satisfied + week.basicallySatisfied
  const solved = content + week.dissatisfied
  accountFor(section('三率'), [
    `响应率${share(part, whole)}`,
    `解决率${share(solved, solved + week.reopened)}`,
    `满意率${share(content, solved + week.reopened)}`,
    some('其中基本满意', week.basicallySatisfied),
    some('解决了、不满意', week.dissatisfied),
    some('没解决、重办', week.reopened),
    some('没联系上', week.notReached),
    some('没有人可问', week.nobodyToAsk),
  ])
  accountFor(section('没读到的'), [`${week.toPeople}段话没读成`])
  expect(text).toContain(`本周读了${week.heard}条消息。`)
})

test('the picture says these numbers and no others; its line of weeks is the weeks', async () => {
  const [trend] = blocks.flatMap((block) => (block.kind === 'trend' ? [block.points] : []))
  const week = 7 * 86_400_000
  const counts = await Promise.all(
    Array.from({ length: 8 }, (_, index) => {
      const from = new Date(Date.parse(WEEK.from) - (7 - index) * week)
      return again.count(
        `select count(*) as n from filed where ${again.within({ from: from.toISOString(), before: new Date(from.getTime() + week).toISOString() })}`,
      )
    }),
  )
  expect(trend!.map(({ filed }) => filed)).toEqual(counts)
  const from = blocks.findIndex((block) => block.kind === 'heading' && /新记的$/u.test(block.text))
  const length = blocks.slice(from + 1).findIndex(({ kind }) => kind === 'heading')
  const fresh = blocks.slice(from + 1, from + 1 + length)
  const numbersOf = (all: readonly Block[]) =>
    all.flatMap((block) => (block.kind === 'concern' ? [Number.parseInt(block.no, 10)] : []))
  const filed = (await again.rows<{ no: number }>(`select no from filed where ${again.within(WEEK)}`)).map(
    ({ no }) => no,
  )
  const above = numbersOf(blocks.slice(0, from))
  const others = filed.filter((no) => !above.includes(no))
  expect(others).toEqual(expect.arrayContaining(numbersOf(fresh)))
  const rest = others.length - numbersOf(fresh).length
  const [more] = fresh.filter((block) => block.kind === 'line')
  expect(more?.text ?? '').toBe(rest > 0 ? `还有${rest}件,回“待办”看全部` : '')

  // 「在办」 stands large and once more in its line; what is said of weeks stands in the line of weeks.
  const twin = blocks.filter((block) => block.kind !== 'trend' && block !== more)
  const known = new Set(text.match(/\d+/gu))
  for (const said of textsOf([twin]).flatMap((one) => one.match(/\d+/gu) ?? [])) expect(known, said).toContain(said)
})
