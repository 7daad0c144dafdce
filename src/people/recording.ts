import type { Db } from '../../db/database.ts'
import type { RoomKey } from '../../db/schema.ts'
import type { Roster } from '../roster/roster.ts'
import { identify } from './identify.ts'

/** Who speaks, as a chat shows it; the id holds within one login only. */
export type Speaker = { room: RoomKey; senderId: string; sender: string; remark: string | null }

/**
 * Whether somebody said 「别记我」 and is not to be written down. By this login's id; after a new login by the owner's
 * remark, else by the person of the roster, else by the name shown in the room. In doubt nothing is written: of two
 * who bear one name the other is heard only if both were here in one login. A new name is learnt on the way.
 */
export async function isNotRecorded(db: Db, roster: Roster, speaker: Speaker, now: Date): Promise<boolean> {
  const keys = keysOf(roster, speaker)
  const rows = await db
    .selectFrom('recording_wish')
    .selectAll()
    .where((where) => where.or([where('key', 'in', keys), where('sender_id', '=', speaker.senderId)]))
    .execute()
  if (rows.some(({ wish, sender_id }) => wish === 'out' && sender_id === speaker.senderId)) {
    await stopRecording(db, roster, speaker, now)
    return true
  }
  if (rows.some(({ wish, sender_id }) => wish === 'in' && sender_id === speaker.senderId)) return false
  for (const { key, at } of rows) if (key.startsWith('remark:') || !(await wasHereBefore(db, speaker, at))) return true
  return false
}

/** 「别记我」. */
export async function stopRecording(db: Db, roster: Roster, speaker: Speaker, now: Date): Promise<void> {
  const [key] = keysOf(roster, speaker)
  const values = { wish: 'out' as const, sender_id: speaker.senderId, at: now.toISOString() }
  await db
    .insertInto('recording_wish')
    .values({ key: `id:${speaker.senderId}`, ...values })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ wish: 'out' }))
    .execute()
  // Another person of this name may have wished the same.
  await db
    .insertInto('recording_wish')
    .values({ key: key!, ...values })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

/**
 * 「可以记我」. The wish is taken back when it was surely this person's: said in this login, or under this remark.
 * @returns whether it was; else it stands for whoever said it, and this person is heard until the next login.
 */
export async function recordAgain(db: Db, roster: Roster, speaker: Speaker, now: Date): Promise<boolean> {
  const { senderId, remark } = speaker
  await db
    .deleteFrom('recording_wish')
    .where((where) =>
      where.or([
        where('sender_id', '=', senderId),
        ...(remark === null ? [] : [where('key', '=', `remark:${remark}`)]),
      ]),
    )
    .execute()
  const left = await db
    .selectFrom('recording_wish')
    .select('key')
    .where('key', 'in', keysOf(roster, speaker))
    .executeTakeFirst()
  if (!left) return true
  const values = { wish: 'in' as const, sender_id: senderId, at: now.toISOString() }
  await db
    .insertInto('recording_wish')
    .values({ key: `id:${senderId}`, ...values })
    .execute()
  return false
}

/** What may be known of somebody over logins, the surest first. */
function keysOf(roster: Roster, { room, sender, remark }: Speaker): string[] {
  const person = identify(roster, { remark, sender }).name
  return [
    ...(remark === null ? [] : [`remark:${remark}`]),
    ...(person === null ? [] : [`person:${person}`]),
    `name:${room}:${sender}`,
  ]
}

/** Whether this id was heard before the wish: ids change at every login, so it is another person of the same login. */
async function wasHereBefore(db: Db, { senderId, sender }: Speaker, at: string): Promise<boolean> {
  // Pasted talk knows no ids, only names.
  if (senderId === sender) return false
  const row = await db
    .selectFrom('message')
    .select('seq')
    .where('sender_id', '=', senderId)
    .where('heard_at', '<', at)
    .executeTakeFirst()
  return row !== undefined
}
