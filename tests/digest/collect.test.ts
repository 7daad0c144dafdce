import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { moveConcern, restoreConcern } from '../../src/concerns/ledger.ts'
import { collectFigures } from '../../src/digest/collect.ts'
import type { Figures } from '../../src/digest/figures.ts'
import { listGoodNews } from '../../src/digest/month-good.ts'
import { monthOf, type Period, weekBefore, weekOf } from '../../src/digest/period.ts'
import { file, on, openCommunity, SECRETARY } from './small-community.ts'
import { fillTalkOfMay, fillWeekOfMay } from './week-of-may.ts'

const NOW = on('05-25 08:30')
const WEEK: Period = weekBefore(NOW)

let db: Db
beforeEach(async () => {
  db = await openCommunity()
})
afterEach(() => db.destroy())

describe('the week of May', () => {
  let figures: Figures
  beforeEach(async () => {
    await fillWeekOfMay(db)
    await fillTalkOfMay(db)
    figures = await collectFigures(db, WEEK, NOW)
  })

  test('counts what was filed and what happened within it, by the time it was recorded', () => {
    expect(figures).toMatchObject({ filed: 6, suspected: 1, red: 2, settled: 2, reopened: 1, closed: 1, deferred: 0 })
    expect(figures.settledNumbers).toEqual({ items: [1, 5], total: 2 })
    expect(figures.followUp).toEqual({
      satisfied: 1,
      basicallySatisfied: 0,
      dissatisfied: 0,
      notReached: 0,
      nobodyToAsk: 0,
    })
  })

  test('does not count what the committee threw out, but says how many were not accepted', () => {
    expect(figures.dropped).toBe(1)
    expect(figures.fresh.map((item) => item.no)).toEqual([5, 11, 6, 8, 12, 7])
  })

  test('takes the standing as it was at the end of the week, though things moved on before it was sent', () => {
    expect(figures.standing).toEqual({ suspected: 1, open: 4, in_progress: 0, referred: 1, on_agenda: 1, deferred: 1 })
  })

  test('finds what is overdue: past its limit, or past its next look where the clock stands', () => {
    expect(figures.overdue).toBe(5)
    expect(figures.pressing.total).toBe(5)
    expect(figures.pressing.items.map((item) => item.no)).toEqual([11, 2, 3, 4, 6])
    expect(figures.pressing.items.every((item) => item.late)).toBe(true)
  })

  test('puts before the committee its agenda, then what came again, then late red ones; at most three', () => {
    expect(figures.decide.items.map(({ no, why, before }) => ({ no, why, before }))).toEqual([
      { no: 3, why: 'on_agenda', before: null },
      { no: 6, why: 'recurrence', before: 1 },
      { no: 11, why: 'red_late', before: null },
    ])
    expect(figures.decide.total).toBe(4)
  })

  test('spreads the filed ones over compounds, party groups and categories', () => {
    expect(figures.byCompound).toEqual([
      { compound: '兰乔圣菲小区', filed: 1 },
      { compound: '碧阳国际小区', filed: 4 },
      { compound: null, filed: 1 },
    ])
    expect(figures.byPartyGroup).toEqual([
      { number: 1, name: '第一党小组', filed: 4 },
      { number: 4, name: '第四党小组', filed: 1 },
      { number: null, name: null, filed: 1 },
    ])
    expect(figures.topCategories).toHaveLength(3)
  })

  test('finds the building that comes again and again, and the longest wait that has ended', () => {
    expect(figures.hotSpots.map(({ place, numbers }) => [place.building, numbers])).toEqual([['BY-12', [5, 6, 7]]])
    expect(figures.goodNews).toMatchObject({ no: 1, days: 29 })
    expect(figures.waiting).toEqual({ items: [8], total: 1 })
  })

  test('says what was heard and what of it could not be read', () => {
    expect(figures.heard).toBe(5)
    expect(figures.unread).toEqual({ voices: 2, pictures: 1, toPeople: 1, skipped: 1, pending: 2 })
  })

  test('survives being kept as JSON, and holds no reporter and no phone', () => {
    const kept = JSON.stringify(figures)
    expect(JSON.parse(kept)).toEqual(figures)
    expect(kept).not.toMatch(/宋珍珠|13800001234|汪国强/)
  })

  test('gives the same standing for an older week as if it had been asked then', async () => {
    const then = weekOf(on('05-14 00:00'))
    expect((await collectFigures(db, then, NOW)).standing).toEqual({
      suspected: 0,
      open: 0,
      in_progress: 1,
      referred: 0,
      on_agenda: 1,
      deferred: 1,
    })
  })
})

test('a concern dropped by mistake and restored counts again, and its return is no step of its own', async () => {
  const no = await file(db, '05-19 09:00', '电梯停了', 'BY-12')
  await moveConcern(db, no, { to: 'dropped', reason: '非诉求' }, SECRETARY, on('05-19 10:00'))
  expect(await collectFigures(db, WEEK, NOW)).toMatchObject({ filed: 0, dropped: 1 })
  await restoreConcern(db, no, '弄错了', SECRETARY, on('05-19 11:00'))
  expect(await collectFigures(db, WEEK, NOW)).toMatchObject({ filed: 1, dropped: 0, reopened: 0, settled: 0 })
})

test('three concerns of one building over fifteen days are no hot spot, and thrown out ones do not make one', async () => {
  await file(db, '05-10 23:59', '一', 'BY-12')
  await file(db, '05-12 09:00', '二', 'BY-12')
  const third = await file(db, '05-20 09:00', '三', 'BY-12')
  expect((await collectFigures(db, WEEK, NOW)).hotSpots).toEqual([])
  const fourth = await file(db, '05-21 09:00', '四', 'BY-12')
  expect((await collectFigures(db, WEEK, NOW)).hotSpots).toHaveLength(1)
  await moveConcern(db, fourth, { to: 'merged', into: third }, SECRETARY, on('05-22 09:00'))
  expect((await collectFigures(db, WEEK, NOW)).hotSpots).toEqual([])
})

test('a suggestion that was not taken up counts as settled and is no good news', async () => {
  const no = await file(db, '05-18 09:00', '建议组建民乐队', 'BY-12', {
    nature: 'suggestion',
    category: 'culture_suggestion',
  })
  await moveConcern(db, no, { to: 'resolved', result: '没有采纳:场地不够' }, SECRETARY, on('05-22 10:00'))
  const other = await file(db, '05-20 09:00', '路灯不亮', 'BY-12')
  await moveConcern(db, other, { to: 'resolved', result: '物业换了新灯' }, SECRETARY, on('05-22 10:00'))
  expect(await collectFigures(db, WEEK, NOW)).toMatchObject({ settled: 2, goodNews: { no: other } })
  const { good } = await listGoodNews(db, monthOf(NOW), 3)
  expect(good).toMatchObject({ total: 1, items: [{ no: other }] })
})
