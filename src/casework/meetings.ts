import type { Db } from '../../db/database.ts'
import { UserError } from '../errors.ts'

export type Meeting = { no: number; heldAt: Date; present: string }

/** The meeting that is going on, or null. */
export async function openMeeting(db: Db): Promise<Meeting | null> {
  const row = await db.selectFrom('meeting').selectAll().where('closed_at', 'is', null).executeTakeFirst()
  return row ? { no: row.no, heldAt: new Date(row.held_at), present: row.present } : null
}

/** The meeting that is going on. @throws UserError when there is none. */
export async function currentMeeting(db: Db): Promise<Meeting> {
  const meeting = await openMeeting(db)
  if (!meeting) throw new UserError('现在没有在开会。先说:会议 开始')
  return meeting
}

/** Opens a meeting with the next running number, or the one given. @throws UserError when one is going on. */
export async function startMeeting(db: Db, no: number | null, by: string, now: Date): Promise<Meeting> {
  const going = await openMeeting(db)
  if (going) throw new UserError(`第${going.no}次支委会还没结束。先说:会议 结束`)
  const last = await db
    .selectFrom('meeting')
    .select(({ fn }) => fn.max('no').as('no'))
    .executeTakeFirst()
  const next = no ?? (last?.no ?? 0) + 1
  if (last?.no && next <= last.no) throw new UserError(`上次是第${last.no}次,这次的号要更大。`)
  await db
    .insertInto('meeting')
    .values({ no: next, held_at: now.toISOString(), present: '', opened_by: by, closed_at: null })
    .execute()
  return { no: next, heldAt: now, present: '' }
}

/** The decisions of a meeting, in the order they were made. */
export async function decisionsOf(db: Db, meeting: number) {
  return db.selectFrom('decision').selectAll().where('meeting', '=', meeting).orderBy('id').execute()
}

/** The last meeting that has ended, or null. */
export async function lastMeeting(db: Db): Promise<Meeting | null> {
  const row = await db
    .selectFrom('meeting')
    .selectAll()
    .where('closed_at', 'is not', null)
    .orderBy('no', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { no: row.no, heldAt: new Date(row.held_at), present: row.present } : null
}
