import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { renderDigest } from '../../src/digest/render-digest.ts'
import { collectWeeks } from '../../src/digest/weeks.ts'
import type { Block, Section } from '../../src/outputs/picture/blocks.ts'
import { digestSections } from '../../src/outputs/picture/digest-blocks.ts'
import { on, openCommunity, words } from '../digest/small-community.ts'
import { collected, MONDAY, openMay, WEEK } from './picture-week.ts'
import { textsOf } from './texts-of.ts'

const options = { words, readBy: 'model' as const, notes: ['另有1周没有发出汇总:5月4日那周'] }

let db: Db
beforeEach(async () => {
  db = await openMay()
})
afterEach(() => db.destroy())

async function drawn() {
  const { figures, previous, weeks } = await collected(db)
  return {
    sections: digestSections(figures, previous, weeks, options),
    text: renderDigest(figures, previous, options),
  }
}

function find<Kind extends Block['kind']>(sections: readonly Section[], kind: Kind, heading?: string) {
  const within = heading === undefined ? sections : sections.filter((all) => headingOf(all) === heading)
  return within.flat().find((block): block is Extract<Block, { kind: Kind }> => block.kind === kind)!
}

function headingOf([first]: Section): string {
  return first?.kind === 'heading' ? first.text : ''
}

test('every number, bar and point of the line equals a recount from the bare events', async () => {
  const { sections } = await drawn()
  const { numbers, rows } = await recount(db)
  expect(find(sections, 'numbers').items.map(({ value, label }) => [label, value])).toEqual(numbers)
  for (const [heading, counted] of Object.entries(rows)) {
    const bars = find(sections, 'bars', heading).rows.map(({ label, filed }): [string, number] => [label, filed])
    expect(bars.toSorted(), heading).toEqual(counted.toSorted())
  }
  const { points } = find(sections, 'trend')
  expect(points.map(({ filed }) => filed)).toEqual(await recountWeeks(db))
  expect([points[0]!.label, points.at(-1)!.label]).toEqual(['3月30日那周', '5月18日那周'])
})

test('the picture says what its text twin says, in the same words', async () => {
  const { sections, text } = await drawn()
  const twin = text.replace(/\n\u3000/gu, '').replace(/\s/gu, '')
  const own = [/^最近.周新记$/u, /^其他新记的$/u]
  for (const section of sections.filter((all) => !own.some((pattern) => pattern.test(headingOf(all))))) {
    for (const block of section) {
      if (block.kind === 'numbers' || block.kind === 'bars') continue
      for (const said of textsOf([[block]])) expect(twin, said).toContain(said.replace(/\s/gu, ''))
    }
  }
  const headings = [...text.matchAll(/【(.+)】/gu)].map(([, heading]) => heading!)
  const drawnHeadings = sections.map(headingOf).filter((heading) => heading !== '' && !own[0]!.test(heading))
  expect(drawnHeadings).toEqual(headings.map((heading) => (heading === '新记的' ? '其他新记的' : heading)))
  const mentioned = (all: string) => new Set(all.match(/\d+(?=号)/gu))
  expect(mentioned(textsOf(sections).join('\n'))).toEqual(mentioned(text))
  expect(textsOf(sections).at(-1)).toBe('以上由AI整理,请核对')
})

test('a concern that stands above is not said again among the new ones', async () => {
  const { sections } = await drawn()
  const listed = sections
    .filter((all) => headingOf(all) !== '好消息')
    .flatMap((all) => all.flatMap((block) => (block.kind === 'concern' ? [block.no] : [])))
  expect(new Set(listed).size).toBe(listed.length)
})

test('weeks before the ledger began are no zeros, and one week is no line', async () => {
  expect((await collectWeeks(db, WEEK, on('05-06 12:00'))).map(({ from }) => from)).toEqual(
    ['05-04 00:00', '05-11 00:00', '05-18 00:00'].map((day) => on(day).toISOString()),
  )
  const { figures, previous } = await collected(db)
  const one = digestSections(figures, previous, await collectWeeks(db, WEEK, on('05-19 12:00')), options)
  expect(one.map(headingOf).filter((heading) => heading.startsWith('最近'))).toEqual([])
  const three = digestSections(figures, previous, await collectWeeks(db, WEEK, on('05-06 12:00')), options)
  expect(three.map(headingOf)).toContain('最近三周新记')
})

test('the line ends with what the digest tells of this week and of the week before', async () => {
  const { figures, previous, weeks } = await collected(db)
  const sections = digestSections(figures, { ...previous, filed: 17 }, weeks, options)
  expect(find(sections, 'trend').points.at(-2)!.filed).toBe(17)
  expect(find(sections, 'trend').points.at(-1)!.filed).toBe(figures.filed)
})

test('a quiet week is one sentence on the picture too, and what was not read', async () => {
  const quiet = await openCommunity()
  const { figures, previous, weeks } = await collected(quiet)
  expect(textsOf(digestSections(figures, previous, weeks, options))).toEqual([
    '一周民情汇总',
    '5月18日—5月24日',
    '本周(5月18日—5月24日)没有新记的事。',
    '没读到的',
    '另有1周没有发出汇总:5月4日那周',
    '以上由AI整理,请核对',
  ])
  await quiet.destroy()
})

type Row = { no: number; at: string; to_status: string; from_status: string | null }
type Kept = { no: number; compound: string | null; party_group: number | null; label: string; urgency: string }

/** Counts the week again from the events alone, by hand and without the queries of the digest. */
async function recount(from: Db) {
  const { filed, events, kept } = await bare(from)
  const week = (at: string) => at >= WEEK.from.toISOString() && at < WEEK.before.toISOString()
  const fresh = filed.filter(({ at }) => week(at)).map(({ no }) => kept.get(no)!)
  const alive = ['suspected', 'open', 'in_progress', 'referred', 'on_agenda', 'deferred']
  const settled = events.filter(
    ({ at, to_status, from_status }) => week(at) && to_status === 'resolved' && alive.includes(from_status ?? ''),
  )
  const stood = new Map<number, string>()
  for (const { no, at, to_status } of events) if (at < WEEK.before.toISOString()) stood.set(no, to_status)
  const underWay = [...stood.values()].filter((status) => alive.includes(status) && !/^(?:sus|def)/u.test(status))
  const tally = (nameOf: (row: Kept) => string) =>
    [...Map.groupBy(fresh, nameOf)].map(([name, all]): [string, number] => [name, all.length])
  const compounds: Record<string, string> = { 碧阳国际小区: '碧阳', 兰乔圣菲小区: '兰乔' }
  const groups: Record<number, string> = { 1: '第一党小组', 4: '第四党小组' }
  return {
    numbers: [
      ['新记', fresh.length],
      ['办结', new Set(settled.map(({ no }) => no)).size],
      ['着急', fresh.filter(({ urgency }) => urgency === 'red').length],
      ['在办', underWay.length],
    ],
    rows: {
      各小区: tally(({ compound }) => (compound === null ? '没定到小区' : compounds[compound]!)),
      各党小组: tally(({ party_group }) => (party_group === null ? '没定到党小组' : groups[party_group]!)),
    },
  }
}

async function recountWeeks(from: Db): Promise<number[]> {
  const { filed } = await bare(from)
  return Array.from({ length: 8 }, (_, index) => {
    const start = WEEK.from.getTime() - (7 - index) * 7 * 86_400_000
    return filed.filter(({ at }) => Date.parse(at) >= start && Date.parse(at) < start + 7 * 86_400_000).length
  })
}

/** The history of all that was not thrown out until `MONDAY`. */
async function bare(from: Db) {
  const events = (
    await sql<Row>`select e.concern as no, e.at, e.to_status, e.from_status from event e
      join concern c on c.no = e.concern
      where c.status not in ('merged', 'dropped') and e.at <= ${MONDAY.toISOString()} order by e.id`.execute(from)
  ).rows
  const concerns = (
    await sql<Kept>`select no, compound, party_group, c.urgency, label from concern c join category on code = c.category`.execute(
      from,
    )
  ).rows
  return {
    events,
    filed: events.filter(({ from_status }) => from_status === null),
    kept: new Map(concerns.map((row) => [row.no, row])),
  }
}
