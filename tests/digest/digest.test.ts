import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { moveConcern } from '../../src/concerns/ledger.ts'
import { dueWeeks, findFigures, makeWeeklyDigest } from '../../src/digest/digest.ts'
import { type Period, startKey, weekBefore } from '../../src/digest/period.ts'
import { saveSetting } from '../../src/settings.ts'
import { file, on, openCommunity, SECRETARY, words } from './small-community.ts'
import { fillWeekOfMay } from './week-of-may.ts'

const MONDAY = on('05-25 08:30')
const SINCE = on('05-20 12:00')

let db: Db
beforeEach(async () => {
  db = await openCommunity()
})
afterEach(() => db.destroy())

function make(now: Date, week: Period = weekBefore(now), missed: Period[] = []): Promise<number | null> {
  return makeWeeklyDigest(db, 'committee', week, { now, words, readBy: 'model', missed })
}

async function said(): Promise<string[]> {
  const rows = await db.selectFrom('outbox').select('text').orderBy('id').execute()
  return rows.map((row) => row.text)
}

test('a digest goes to the committee with its figures, in one piece', async () => {
  await fillWeekOfMay(db)
  const id = await make(MONDAY)
  const row = await db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({
    id,
    room: 'committee',
    kind: 'digest',
    state: 'queued',
    once: 'digest:committee:2026-05-18',
  })
  expect(row.text).toContain('本周记下6件,办结2件,2件着急。')
  expect(await findFigures(db, 'committee', weekBefore(MONDAY))).toMatchObject({ filed: 6, settled: 2, red: 2 })
})

test('a week has one digest, however often it is asked for', async () => {
  await make(MONDAY)
  expect(await make(on('05-25 08:31'))).toBeNull()
  expect(await Promise.all([make(on('06-01 08:30')), make(on('06-01 08:30'))])).toContain(null)
  expect(await said()).toHaveLength(2)
})

test('when the digest cannot be kept, nothing is said', async () => {
  await db.schema.alterTable('digest').renameTo('digest_away').execute()
  await expect(make(MONDAY)).rejects.toThrow()
  expect(await said()).toEqual([])
})

test('a week is due from Monday 08:30 on, until it has its digest', async () => {
  const dueAt = async (moment: string) => (await dueWeeks(db, 'committee', on(moment), SINCE)).latest
  expect(await dueAt('05-24 23:59')).toBeNull()
  expect(await dueAt('05-25 08:29')).toBeNull()
  expect((await dueAt('05-25 08:30'))!.from).toEqual(on('05-18 00:00'))
  expect((await dueAt('05-28 23:00'))!.from).toEqual(on('05-18 00:00'))
  await make(MONDAY)
  expect(await dueAt('05-28 23:00')).toBeNull()
})

test('weeks before the bot was there are not due', async () => {
  expect(await dueWeeks(db, 'committee', MONDAY, on('05-25 00:00'))).toEqual({ latest: null, missed: [] })
  expect((await dueWeeks(db, 'committee', MONDAY, on('05-24 23:59'))).missed).toEqual([])
})

test('of missed weeks only the latest is sent, late; the older ones get one line, once', async () => {
  const now = on('06-10 15:00')
  await file(db, '06-02 09:00', '电梯停了', 'BY-12')
  const { latest, missed } = await dueWeeks(db, 'committee', now, on('05-04 12:00'))
  expect(startKey(latest!)).toBe('2026-06-01')
  expect(missed.map(startKey)).toEqual(['2026-05-04', '2026-05-11', '2026-05-18', '2026-05-25'])
  await make(now, latest!, missed)
  expect(await said()).toHaveLength(1)
  expect((await said())[0]).toContain('另有4周没有发出汇总:5月4日到5月25日这几周')
  expect(await dueWeeks(db, 'committee', now, on('05-04 12:00'))).toEqual({ latest: null, missed: [] })
  expect((await dueWeeks(db, 'committee', on('06-15 08:30'), on('05-04 12:00'))).missed).toEqual([])
})

test('a single missed week is named by its Monday', async () => {
  const now = on('05-19 09:00')
  const { latest, missed } = await dueWeeks(db, 'committee', now, on('05-05 12:00'))
  await make(now, latest!, missed)
  expect((await said())[0]).toContain('另有1周没有发出汇总:5月4日那周')
})

test('the week before is held against as it was told then, even when the ledger has changed since', async () => {
  const dropped = await file(db, '05-19 09:00', '今天天气好', 'BY-12')
  await file(db, '05-20 09:00', '电梯停了', 'BY-12')
  await make(MONDAY)
  await moveConcern(db, dropped, { to: 'dropped', reason: '非诉求' }, SECRETARY, on('05-26 09:00'))
  await make(on('06-01 08:30'))
  expect((await said())[1]).toContain('新记0件(上周2件)')
})

test('without a digest of the week before, or with one it cannot read, its counts are taken anew', async () => {
  await file(db, '05-12 09:00', '电梯停了', 'BY-12')
  const old = { room: 'committee', kind: 'week', period_start: '2026-05-11', made_at: MONDAY.toISOString() } as const
  await db
    .insertInto('digest')
    .values({ ...old, figures: '{"filed":"?"}', outbox: null })
    .execute()
  await make(MONDAY)
  expect((await said())[0]).toContain('新记0件(上周1件)')
})

test('a week that was not heard is held against nothing', async () => {
  await saveSetting(db, 'since', on('05-19 08:00').toISOString())
  await file(db, '05-20 09:00', '电梯停了', 'BY-12')
  await make(MONDAY)
  const [text] = await said()
  expect(text).toContain('新记1件\n')
  expect(text).not.toContain('上周')
})

test('a digest that falls into the night rests until seven', async () => {
  await make(on('05-26 23:00'))
  const { not_before } = await db.selectFrom('outbox').select('not_before').executeTakeFirstOrThrow()
  expect(new Date(not_before)).toEqual(on('05-27 07:00'))
})
