import { z } from 'zod'
import { type Db, inOneTransaction } from '../../db/database.ts'
import { dayText, HOUR, MINUTE } from '../clock.ts'
import { enqueue, enqueueFile } from '../outbox/outbox.ts'
import { collectBaseline } from './baseline.ts'
import { collectFigures } from './collect.ts'
import type { Baseline, Figures } from './figures.ts'
import { type Period, startKey, weekBefore } from './period.ts'
import { type RenderOptions, renderDigest } from './render-digest.ts'

/** The digest shows sensitive concerns, so it goes to no other room. */
export type DigestRoom = 'committee'

/** `missed` are earlier weeks that never got a digest: they are named in this one and recorded as done. */
export type DigestOptions = RenderOptions & { now: Date; missed?: readonly Period[]; draw?: Draw }

/** Draws the same digest as pictures into files; none when it could not. @returns their paths. */
export type Draw = (db: Db, figures: Figures, previous: Baseline | null, options: RenderOptions) => Promise<string[]>

/** The weeks that wait for a digest: the latest is to be sent, the missed ones (oldest first) only named in it. */
export type DueWeeks = { latest: Period | null; missed: Period[] }

/** Monday 08:30. */
const SENT_AFTER = 8 * HOUR + 30 * MINUTE
const MOST_NAMED = 3

const StoredBaseline = z.object({
  filed: z.number(),
  settled: z.number(),
  standing: z.object({
    suspected: z.number(),
    open: z.number(),
    in_progress: z.number(),
    referred: z.number(),
    on_agenda: z.number(),
    deferred: z.number(),
  }),
})

/**
 * Makes the digest of a week, once per room and week whatever happens: its figures and its rows of the outbox,
 * first the text and then the pictures, are written together.
 * @returns the id of the text's row, or null when this week has its digest already.
 */
export async function makeWeeklyDigest(
  db: Db,
  room: DigestRoom,
  week: Period,
  { now, missed = [], notes = [], draw, ...rest }: DigestOptions,
): Promise<number | null> {
  return inOneTransaction(db, async (trx) => {
    if (await findFigures(trx, room, week)) return null
    for (const earlier of missed) await keep(trx, room, earlier, await collectFigures(trx, earlier, now), null, now)
    const figures = await collectFigures(trx, week, now)
    const previous = await baselineOf(trx, room, week)
    const options: RenderOptions = { ...rest, notes: [...notes, ...missedLine(missed)] }
    const once = `digest:${room}:${startKey(week)}`
    const text = renderDigest(figures, previous, options)
    const outbox = await enqueue(trx, { room, kind: 'digest', text, once }, now)
    const pictures = draw ? await draw(trx, figures, previous, options) : []
    for (const [index, path] of pictures.entries()) {
      const picture = { room, kind: 'digest', text: '一周民情汇总(图)', once: `${once}/picture-${index}` } as const
      await enqueueFile(trx, picture, path, now)
    }
    await keep(trx, room, week, figures, outbox, now)
    return outbox
  })
}

/** The weeks, of those that ended after `since`, whose Monday 08:30 has passed and that have no digest yet. */
export async function dueWeeks(db: Db, room: DigestRoom, now: Date, since: Date): Promise<DueWeeks> {
  const rows = await db.selectFrom('digest').select('period_start').where('room', '=', room).execute()
  const made = new Set(rows.map((row) => row.period_start))
  const latest = weekBefore(new Date(now.getTime() - SENT_AFTER))
  if (latest.before <= since || made.has(startKey(latest))) return { latest: null, missed: [] }
  const missed: Period[] = []
  for (let week = weekBefore(latest.from); week.before > since; week = weekBefore(week.from)) {
    if (!made.has(startKey(week))) missed.unshift(week)
  }
  return { latest, missed }
}

/** The figures of a week as its digest kept them; null when there was none. */
export async function findFigures(db: Db, room: DigestRoom, week: Period): Promise<Figures | null> {
  const row = await db
    .selectFrom('digest')
    .select('figures')
    .where('room', '=', room)
    .where('kind', '=', 'week')
    .where('period_start', '=', startKey(week))
    .executeTakeFirst()
  return row ? (JSON.parse(row.figures) as Figures) : null
}

/** What the week is held against: the kept figures of the week before, else they are counted again. */
async function baselineOf(db: Db, room: DigestRoom, week: Period): Promise<Baseline | null> {
  const before = weekBefore(week.from)
  const stored = StoredBaseline.safeParse(await findFigures(db, room, before))
  return stored.success ? stored.data : collectBaseline(db, week)
}

async function keep(db: Db, room: DigestRoom, week: Period, figures: Figures, outbox: number | null, now: Date) {
  await db
    .insertInto('digest')
    .values({
      room,
      kind: 'week',
      period_start: startKey(week),
      figures: JSON.stringify(figures),
      outbox,
      made_at: now.toISOString(),
    })
    .execute()
}

/** 「另有1周没有发出汇总:5月4日那周」 */
function missedLine(missed: readonly Period[]): string[] {
  if (missed.length === 0) return []
  const days = missed.map((week) => dayText(week.from))
  const named = days.length <= MOST_NAMED ? `${days.join('、')}那` : `${days[0]}到${days.at(-1)}这`
  return [`另有${missed.length}周没有发出汇总:${named}${missed.length === 1 ? '周' : '几周'}`]
}
