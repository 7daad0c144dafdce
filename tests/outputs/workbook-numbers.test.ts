import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenLedger } from '../../src/cli/ledger-folder.ts'
import { bookWords } from '../../src/outputs/workbook/words.ts'
import { renderLedger } from '../../src/outputs/workbook/workbook.ts'
import { NOW, openBusyLedger } from './busy-ledger.ts'
import { partsOf, sheetOf } from './package-parts.ts'
import { lateAt, openRecount, type Recount } from './recount.ts'

/** Every number and date of the workbook, counted again from the events. */
const SEED = 2026
const MONTHS = {
  this: { from: '2026-05-31T16:00:00.000Z', before: '2026-06-30T16:00:00.000Z' },
  last: { from: '2026-04-30T16:00:00.000Z', before: '2026-05-31T16:00:00.000Z' },
  whole: { from: '1970-01-01T00:00:00.000Z', before: '2026-06-30T16:00:00.000Z' },
}

let ledger: OpenLedger
let parts: Map<string, string>
let again: Recount
beforeAll(async () => {
  ledger = await openBusyLedger(SEED)
  const words = bookWords(ledger.roster, ledger.taxonomy)
  parts = partsOf(await renderLedger(ledger.db, { words, readBy: 'model', now: NOW }))
  again = await openRecount(ledger.db)
})
afterAll(() => ledger.close())

/** The rows of a sheet without its closing line, as values by their heads. */
function rowsOf(sheet: number): Record<string, string | number | null>[] {
  const [head, ...body] = sheetOf(parts, sheet)
  const heads = head!.map(({ value }) => String(value))
  return body
    .slice(0, -2)
    .map((cells) => Object.fromEntries(heads.map((name, index) => [name, cells[index]?.value ?? null])))
}

/** The day of an instant as a workbook counts days, by SQL. */
const serial = (at: string) => `cast(julianday(date(${at}, '+8 hours')) - 2415018.5 as int)`
const day = (at: string) =>
  `(cast(strftime('%m', ${at}, '+8 hours') as int) || '月' || cast(strftime('%d', ${at}, '+8 hours') as int) || '日')`

test('the ledger: every line its number, its days, its steps, its meetings and its links', async () => {
  const rows = rowsOf(1)
  const now = NOW.toISOString()
  const settled = `(select max(at) from event where concern = no and to_status = 'resolved' and from_status in
    ('suspected', 'open', 'in_progress', 'referred', 'on_agenda', 'deferred'))`
  const expected = await again.rows<Record<string, string | number | null>>(`select
    row_number() over (order by no) as 序号,
    '2026-' || printf('%04d', no) as 编号,
    (select ${serial('at')} from event where concern = no and from_status is null) as 登记日期,
    nullif((select count(distinct sender) from evidence join message on seq = message join concern c on c.no = evidence.concern
      where coalesce(c.merged_into, c.no) = concern.no), 0) as "涉及户数(按几人说)",
    ${serial(`case when stands.status in ('referred', 'deferred') then next_look else due_at end`)} as 办理时限,
    (select group_concat(day, char(10)) from (select ${day('at')} as day from event where concern = no and kind in
      ('in_progress', 'referred', 'on_agenda', 'deferred', 'visit', 'progress', 'agreement', 'prevented', 'nudged', 'reopened',
       'not_reached', 'merged', 'restored', 'dropped') order by id)) as days,
    case when stands.status in ('resolved', 'closed') or (stands.status in ('merged') and resolved_at is not null)
      then ${serial(settled)} end as 办结日期,
    case when ${lateAt(now).replaceAll('status', 'stands.status')}
      or stands.status in ('resolved', 'closed') and ${settled} > due_at then '是' else '否' end as 是否超期,
    (select group_concat(text, char(10)) from (select distinct '第' || meeting || '次' as text from decision
      where decision.concern = no order by meeting)) as meetings,
    (select ${serial('at')} from event where concern = no and kind in ('closed', 'not_reached', 'reopened')
      order by id desc limit 1) as "回访日期/方式",
    (select group_concat(other || '号', '、') from (select no as other from concern c where c.merged_into = concern.no order by no)) as takenIn,
    (select group_concat(other || '号', '、') from (select other from concern_link l where l.concern = concern.no order by other)) as repeats,
    nullif((select count(*) from event where concern = no and kind = 'reopened'), 0) as rounds,
    stands.status as status
    from concern join stands using (no) order by no`)
  expect(rows.length).toBe(expected.length)
  expect(rows.length).toBeGreaterThan(200)
  for (const [index, { days, meetings, takenIn, repeats, rounds, status, ...cells }] of expected.entries()) {
    const row = rows[index]!
    expect(row, String(cells.编号)).toMatchObject(cells)
    const daysOf = (text: unknown) => [...String(text ?? '').matchAll(/^\d+月\d+日/gmu)].map(([one]) => one).join('\n')
    expect(daysOf(row.办理过程)).toBe(days ?? '')
    expect(row.上会).toBe([meetings, status === 'on_agenda' ? '待上会' : null].filter(Boolean).join('\n') || null)
    const link = String(row['并案/重复'] ?? '')
    expect(/并来(.*)/u.exec(link)?.[1] ?? null).toBe(takenIn)
    expect(/又出现:(.*)/u.exec(link)?.[1] ?? null).toBe(repeats)
    expect(Number(/重办(\d+)次/u.exec(String(row.备注))?.[1] ?? 0)).toBe(rounds ?? 0)
  }
})

test('the quarrels and the looks back: as many as happened, with their days', async () => {
  const quarrels = await again.rows<Record<string, unknown>>(`select '2026-' || printf('%04d', no) as 编号,
    (select ${serial('at')} from event where concern = no and from_status is null) as 受理日期,
    no || '甲' || char(10) || no || '乙' as "当事人(代号)",
    coalesce((select count(*) || '次' || char(10) || group_concat(day, char(10)) from
      (select ${day('at')} as day from event where concern = no and kind = 'visit' order by id) having count(*) > 0), '还没上门') as 调解次数及日期
    from concern join kept using (no) where category = 'neighbor_dispute' order by no`)
  expect(quarrels.length).toBeGreaterThan(5)
  expect(rowsOf(2)).toEqual(quarrels.map((row) => expect.objectContaining(row)))

  const looks = await again.rows<Record<string, unknown>>(`select no as 编号, asked as 回访日期 from (
    select concern as no, ${serial('at')} as asked, id from event where kind in ('closed', 'not_reached', 'reopened')
    union all select no, null, 1e9 from stands where status = 'resolved') order by no, id`)
  expect(looks.length).toBeGreaterThan(20)
  expect(rowsOf(3)).toEqual(looks.map((row) => expect.objectContaining(row)))
})

test('the sheet of figures: every figure of this month, the month before and the whole ledger', async () => {
  const spans = [await again.spanOf(MONTHS.this), await again.spanOf(MONTHS.last), await again.spanOf(MONTHS.whole)]
  type One = (typeof spans)[number]
  const counted: [string, (one: One) => number][] = [
    ['新记', ({ filed }) => filed],
    ['新记里的紧急', ({ red }) => red],
    ['新记里还待确认的', ({ suspected }) => suspected],
    ['办结', ({ settled }) => settled],
    ['没解决、重办', ({ reopened }) => reopened],
    ['销号', ({ closed }) => closed],
    ['挂账', ({ deferred }) => deferred],
    ['不受理', ({ dropped }) => dropped],
    ['回访满意', ({ satisfied }) => satisfied],
    ['回访基本满意', ({ basicallySatisfied }) => basicallySatisfied],
    ['回访解决了、不满意', ({ dissatisfied }) => dissatisfied],
    ['回访没联系上', ({ notReached }) => notReached],
    ['没有人可问', ({ nobodyToAsk }) => nobodyToAsk],
    ['待确认', ({ waiting }) => waiting],
    ['待办', ({ open }) => open],
    ['办理中', ({ inProgress }) => inProgress],
    ['已转交', ({ referred }) => referred],
    ['待上会', ({ onAgenda }) => onAgenda],
    ['挂账', ({ shelved }) => shelved],
  ]
  const rows = rowsOf(4).map((row) => Object.values(row))
  expect(rows.slice(0, counted.length).map(([, ...cells]) => cells)).toEqual(
    counted.map(([what, count]) => [what, ...spans.map(count)]),
  )
  const short: Record<string, string> = {
    '': '没定到小区',
    碧阳国际小区: '碧阳',
    兰乔圣菲小区: '兰乔',
    桂花苑小区: '桂花苑',
    供销社家属院: '家属院',
  }
  const spread = [
    ...spreadOf(
      '小区',
      ({ compounds }) => compounds,
      (label) => short[label] ?? label,
    ),
    ...spreadOf(
      '党小组',
      ({ groups }) => groups,
      (label) => label || '没定到党小组',
    ),
    ...spreadOf(
      '类别',
      ({ categories }) => categories,
      (label) => label,
    ),
  ]
  const byName = (a: unknown[], b: unknown[]) => String(a).localeCompare(String(b))
  expect(rows.slice(counted.length).sort(byName)).toEqual(spread.sort(byName))

  function spreadOf(of: string, pick: (one: One) => { label: string; n: number }[], name: (label: string) => string) {
    const labels = pick(spans[2]!).map(({ label }) => label)
    const at = (one: One, label: string) => pick(one).find((row) => row.label === label)?.n ?? 0
    return labels.map((label) => [of, name(label), ...spans.map((one) => at(one, label))])
  }
})
