import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenLedger } from '../../src/cli/ledger-folder.ts'
import { digestWords } from '../../src/commands/digest-words.ts'
import { monthBefore } from '../../src/digest/period.ts'
import { renderMonth } from '../../src/outputs/monthly/make-pack.ts'
import { NOW, openBusyLedger } from './busy-ledger.ts'
import { documentOf, partsOf } from './package-parts.ts'
import { lateAt, openRecount, type Recount } from './recount.ts'

/** Every number of the monthly pack, counted again from the events. */
const SEED = 75
const MAY = { from: '2026-04-30T16:00:00.000Z', before: '2026-05-31T16:00:00.000Z' }
const APRIL = { from: '2026-03-31T16:00:00.000Z', before: MAY.from }

let ledger: OpenLedger
let story: (string | string[][])[]
let again: Recount
beforeAll(async () => {
  ledger = await openBusyLedger(SEED)
  const options = { words: digestWords(ledger), readBy: 'model' as const, now: NOW }
  story = documentOf(partsOf(await renderMonth(ledger.db, monthBefore(NOW), options)))
  again = await openRecount(ledger.db)
})
afterAll(() => ledger.close())

/** The tables and texts between a heading and the next one. */
function chapter(heading: RegExp): (string | string[][])[] {
  const from = story.findIndex((one) => typeof one === 'string' && heading.test(one))
  expect(from, String(heading)).toBeGreaterThan(0)
  const length = story.slice(from + 1).findIndex((one) => typeof one === 'string' && /^[一二三四五六七八]、/u.test(one))
  return story.slice(from + 1, length < 0 ? undefined : from + 1 + length)
}

function tablesOf(part: (string | string[][])[]): string[][][] {
  return part.filter((one) => typeof one !== 'string').map(([, ...rows]) => rows)
}

function textOf(part: (string | string[][])[]): string {
  return part.filter((one) => typeof one === 'string').join('\n')
}

/** Takes out of a text what is expected to stand there; no digit may be left. */
function accountFor(text: string, ...expected: string[]): void {
  let rest = text
  for (const piece of expected) {
    expect(rest).toContain(piece)
    rest = rest.replace(piece, '')
  }
  expect(rest).not.toMatch(/\d/u)
}

const change = (now: number, before: number) =>
  now === before ? '一样' : now > before ? `多${now - before}件` : `少${before - now}件`
const line = (what: string, now: number, before: number) => [what, `${now}件`, `${before}件`, change(now, before)]
const share = (part: number, whole: number) =>
  `${part}/${whole}（${whole < 5 ? '样本不足' : `${Math.round((100 * part) / whole)}%`}）`

test('the month in figures, against the month before', async () => {
  const [may, april] = [await again.spanOf(MAY), await again.spanOf(APRIL)]
  const [counts, trend, compounds, groups, categories] = tablesOf(chapter(/^一、/u))
  type One = typeof may
  const work = ({ open, inProgress, referred, onAgenda }: One) => open + inProgress + referred + onAgenda
  const rows: [string, (one: One) => number][] = [
    ['新记', ({ filed }) => filed],
    ['  其中紧急', ({ red }) => red],
    ['  其中还待确认', ({ suspected }) => suspected],
    ['办结', ({ settled }) => settled],
    ['没解决、重办', ({ reopened }) => reopened],
    ['销号（回访过了）', ({ closed }) => closed],
    ['不受理', ({ dropped }) => dropped],
    ['月底在办', work],
    ['月底挂账', ({ shelved }) => shelved],
  ]
  expect(counts).toEqual(rows.map(([what, count]) => line(what, count(may), count(april))))

  const ends = ['2025-11-30', '2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'].map(
    (end) => `${end}T16:00:00.000Z`,
  )
  const counted = await Promise.all(
    ends.slice(1).map(async (before, index) => {
      const { filed, settled } = await again.spanOf({ from: ends[index]!, before })
      return { label: `${Number(before.slice(5, 7))}月`, filed, settled }
    }),
  )
  const most = Math.max(...counted.map(({ filed }) => filed))
  expect(trend).toEqual(
    counted.map(({ label, filed, settled }) => {
      return [label, `${filed}件`, `${settled}件`, '█'.repeat(Math.round((20 * filed) / most))]
    }),
  )

  const sorted = (table: string[][]) => table.toSorted((a, b) => a[0]!.localeCompare(b[0]!))
  const tally = (pick: (one: One) => { label: string; n: number }[], name: (label: string) => string) =>
    pick(may).map(({ label, n }) => line(name(label), n, pick(april).find((one) => one.label === label)?.n ?? 0))
  const short: Record<string, string> = {
    '': '没定到小区',
    碧阳国际小区: '碧阳',
    兰乔圣菲小区: '兰乔',
    桂花苑小区: '桂花苑',
    供销社家属院: '家属院',
  }
  expect(sorted(compounds!)).toEqual(
    sorted(
      tally(
        ({ compounds }) => compounds,
        (label) => short[label] ?? label,
      ),
    ),
  )
  expect(sorted(groups!)).toEqual(
    sorted(
      tally(
        ({ groups }) => groups,
        (label) => label || '没定到党小组',
      ),
    ),
  )
  const all = tally(
    ({ categories }) => categories,
    (label) => label,
  )
  expect(categories!.length).toBe(6)
  for (const row of categories!) expect(all).toContainEqual(row)
  const most6 = all.map(([, n]) => Number.parseInt(n!, 10)).sort((a, b) => b - a)
  expect(categories!.map(([, n]) => Number.parseInt(n!, 10))).toEqual(most6.slice(0, 6))

  const content = may.satisfied + may.basicallySatisfied
  const solved = content + may.dissatisfied
  const { part, whole } = await again.responded(MAY, NOW.toISOString())
  accountFor(
    textOf(chapter(/^一、/u)),
    `5月记下${may.filed}件，其中${may.red}件紧急；办结${may.settled}件。月底还有${work(may)}件在办。`,
    '和4月比',
    `响应率 ${share(part, whole)}`,
    `解决率 ${share(solved, solved + may.reopened)}`,
    `满意率 ${share(content, solved + may.reopened)}`,
    ...(may.dissatisfied > 0 ? [`解决了、不满意${may.dissatisfied}件`] : []),
    ...(may.notReached > 0 ? [`没联系上${may.notReached}件`] : []),
    `类别（最多的6类，另有${all.length - 6}类没列）`,
  )
})

const DAY = `(cast(strftime('%m', at, '+8 hours') as int) || '月' || cast(strftime('%d', at, '+8 hours') as int) || '日')`
const HIDDEN = `(concern.sensitive or (select sensitive from category where code = category))`
/** Midnights between two instants on the community's clock. */
const days = (from: string, to: string) =>
  `cast(julianday(date(${to}, '+8 hours')) - julianday(date(${from}, '+8 hours')) as int)`
const FILED_AT = `(select at from event where concern = no and from_status is null)`

test('buildings where it happens again: how many, how many are settled, what came before, which', async () => {
  const hot = await again.rows<{
    building: string
    n: number
    settled: number
    hidden: number
    before: number
  }>(`select building,
    count(*) as n, sum(status in ('resolved', 'closed')) as settled, sum(${HIDDEN}) as hidden,
    (select count(*) from filed join concern c using (no) where c.building = concern.building
      and at < '${MAY.from}' and julianday(at) >= julianday('${MAY.from}') - 90) as before
    from (select no, at, status as standing from filed) join concern using (no)
    where ${again.within(MAY)} and building is not null group by building having n >= 3 order by n desc, building limit 3`)
  expect(hot.length).toBe(3)
  const captions = chapter(/^二、/u).filter((one) => typeof one === 'string' && one.includes('：')) as string[]
  const tables = tablesOf(chapter(/^二、/u))
  for (const [index, { building, n, settled, hidden, before }] of hot.entries()) {
    const left = n - hidden - tables[index]!.length
    accountFor(
      captions[index]!.replace(/^[^：]*：/u, ''),
      `5月${n}件，已办结${settled}件`,
      ...(before === 0 ? ['以前90天没有'] : [`以前90天${before}件`]),
      ...(hidden > 0 ? [`敏感的${hidden}件`] : []),
      ...(left > 0 ? [`另有${left}件`] : []),
    )
    const rows = await again.rows<{ day: string; no: string }>(`select ${DAY} as day, no || '号' as no from filed
      join concern using (no) where building = '${building}' and ${again.within(MAY)} and not ${HIDDEN} order by filed.no desc limit 4`)
    expect(tables[index]!.map(([day, no]) => ({ day, no }))).toEqual(rows)
  }
})

test('what is overdue, what is to be decided: which, how many, for how long', async () => {
  const now = NOW.toISOString()
  const late = `from concern join kept using (no) where ${lateAt(now).replaceAll('status', 'kept.status')}`
  const total = await again.count(`select count(*) as n ${late}`)
  const rows = await again.rows<{
    name: string
    days: string
    nudged: number
    last: string | null
  }>(`select no || '号' as name,
    ${days(FILED_AT, `'${now}'`)} || '天' as days, (select count(*) from event where concern = no and kind = 'nudged') as nudged,
    (select ${DAY} from event where concern = no and kind in ('in_progress', 'referred', 'on_agenda', 'deferred', 'visit',
      'progress', 'reopened', 'agreement') order by id desc limit 1) as last
    ${late} order by instr('red yellow blue', urgency), no limit 8`)
  const part = chapter(/^三、/u)
  accountFor(textOf(part), '到6月8日', `有${total}件`, `先列${rows.length}件`)
  const [table] = tablesOf(part)
  expect(table!.map(([no, , since]) => [no, since])).toEqual(rows.map(({ name, days }) => [name, days]))
  for (const [index, [, , , why]] of table!.entries()) {
    const { nudged, last } = rows[index]!
    if (why!.includes('催过')) expect(why).toContain(`催过${nudged}次`)
    const told = /\d+月\d+日/u.exec(why!)
    if (told) expect(told[0]).toBe(last)
  }

  const repeated = `(select max(other) from concern_link where concern = no and kind = 'recurrence_of')`
  const reason = `case when kept.status = 'on_agenda' then 0
    when kept.status in ('open', 'in_progress') and ${repeated} is not null then 1
    when urgency = 'red' and kept.status <> 'suspected' and ${lateAt(now).replaceAll('status', 'kept.status')} then 2
    when kept.status = 'deferred' and next_look < '${now}' then 3 end`
  const waiting = await again.rows<{
    no: number
    why: number
    days: number
    before: number
  }>(`select no, ${reason} as why,
    ${days(FILED_AT, `'${now}'`)} as days, ${repeated} as before from concern join kept using (no)
    where why is not null order by why, no`)
  const words = [
    ({ days }: { days: number }) => `待上会，记下${days}天`,
    ({ before }: { before: number }) => `又出现了，上次是${before}号`,
    ({ days }: { days: number }) => `记下${days}天，还没办完`,
    () => '挂账到期，该再看了',
  ]
  const [decide] = tablesOf(chapter(/^四、/u))
  expect(decide!.map(([no, , why]) => [no, why])).toEqual(
    waiting.slice(0, 5).map((row) => [`${row.no}号`, words[row.why]!(row)]),
  )
  accountFor(textOf(chapter(/^四、/u)), `还有${waiting.length - 5}件也等着定`)
})

test('topics, good news, decisions, and what was not read', async () => {
  const may = await again.spanOf(MAY)
  const april = await again.spanOf(APRIL)
  const first = tablesOf(chapter(/^一、/u)).at(-1)![0]!
  const before = april.categories.find(({ label }) => label === first[0])?.n ?? 0
  const hot = chapter(/^二、/u).filter((one) => typeof one === 'string' && one.includes('：')) as string[]
  const referred = tablesOf(chapter(/^三、/u))[0]!.flatMap(([, , , why]) => /^转交(.+?)了/u.exec(why!)?.[1] ?? [])
  const silent = Math.max(0, ...[...Map.groupBy(referred, (body) => body).values()].map((all) => all.length))
  const waiting = await again.count(`select count(*) as n from stands where status = 'suspected'`)
  const topics = textOf(chapter(/^五、/u))
  const claims = [
    `${first[1]}，比4月${change(Number.parseInt(first[1]!, 10), before)}`,
    ...hot.slice(0, 2).map((caption) => `${caption.split('：')[0]}5月${/5月(\d+)件/u.exec(caption)![1]}件`),
    ...(silent > 0 ? [`有${silent}件没有回音`] : []),
    `有${may.reopened}件办了又没解决`,
    `等确认的有${waiting}件`,
  ]
  accountFor(topics, ...claims.slice(0, 5))

  const settledAt = `(select max(at) from event where concern = no and to_status = 'resolved' and from_status not in ('resolved', 'merged'))`
  const good = await again.rows<{ name: string; took: string }>(`select no || '号' as name,
    case ${days(FILED_AT, settledAt)} when 0 then '当天' else ${days(FILED_AT, settledAt)} || '天' end as took
    from concern join stands using (no) where stands.status in ('resolved', 'closed') and ${again.within(MAY, settledAt)}
    order by ${days(FILED_AT, settledAt)} desc, no`)
  expect(tablesOf(chapter(/^六、/u))[0]!.map(([name, , took]) => ({ name, took }))).toEqual(good.slice(0, 3))
  const prevented = await again.count(
    `select count(*) as n from step where kind = 'prevented' and ${again.within(MAY)}`,
  )
  accountFor(
    textOf(chapter(/^六、/u)),
    `5月办结、没有再反复的有${good.length}件，先列等得最久的3件`,
    `劝住了${prevented}起诈骗`,
    '学习2次，23人次',
    '防骗宣传1次，41人次',
  )

  const decided = await again.rows<{ no: number | null; due: string | null }>(`select concern as no,
    case when decision.due_at is not null then '5月30日前' end as due from decision where meeting = 2 order by id`)
  const [decisions] = tablesOf(chapter(/^七、/u))
  expect(
    decisions!.map(([held, what, who]) => [held, Number.parseInt(what!, 10) || null, who!.split('\n')[1] ?? null]),
  ).toEqual(decided.slice(0, 5).map(({ no, due }) => ['第2次\n5月13日', no, due]))
  accountFor(textOf(chapter(/^七、/u)), `还有${decided.length - 5}条`)
  accountFor(
    textOf(chapter(/^八、/u)),
    `5月读了${may.heard}条消息`,
    `等确认的有${waiting}件`,
    `${may.toPeople}段话没读成`,
    '（6月8日）',
  )
})
