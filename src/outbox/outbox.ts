import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { OutboxKind, OutboxTable, RoomKey } from '../../db/schema.ts'
import { isNight, localMidnight, localParts, MINUTE } from '../clock.ts'

export type Outgoing = {
  room: RoomKey
  kind: OutboxKind
  text: string
  /** Two rows with the same key are one: the second is not written. */
  once?: string
}

export type OutboxRow = Selectable<OutboxTable>

const REPLY_LIVES = 10 * MINUTE
const LONGEST_BUBBLE = 1800

/**
 * Writes down what is to be said; the sender says it later. Unasked messages rest at night except red ones.
 * @returns the id of the (first) row, or null when the key was already there.
 */
export async function enqueue(db: Db, { room, kind, text, once }: Outgoing, now: Date): Promise<number | null> {
  const bubbles = splitBubbles(text)
  const rests = kind === 'notice' || kind === 'digest'
  let first: number | null = null
  for (const [index, bubble] of bubbles.entries()) {
    const row = await db
      .insertInto('outbox')
      .values({
        room,
        kind,
        text: bubble,
        file: null,
        once: once === undefined ? null : index === 0 ? once : `${once}/${index}`,
        created_at: now.toISOString(),
        not_before: (rests ? afterNight(now) : now).toISOString(),
        expires_at: kind === 'reply' ? new Date(now.getTime() + REPLY_LIVES).toISOString() : null,
        state: 'queued',
      })
      .onConflict((conflict) => conflict.column('once').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) return null
    first ??= row.id
  }
  return first
}

/** Writes down that a file is to be sent; `text` says what it is. @returns the id, or null when the key was there. */
export async function enqueueFile(
  db: Db,
  { room, kind, text, once }: Outgoing,
  file: string,
  now: Date,
): Promise<number | null> {
  const row = await db
    .insertInto('outbox')
    .values({
      ...{ room, kind, text, file, once: once ?? null, created_at: now.toISOString() },
      not_before: (kind === 'reply' ? now : afterNight(now)).toISOString(),
      ...{ expires_at: null, state: 'queued' as const },
    })
    .onConflict((conflict) => conflict.column('once').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

/** Splits a long text into bubbles of at most 1,800 characters, at blank lines, else at line ends, else hard. */
export function splitBubbles(text: string, longest = LONGEST_BUBBLE): string[] {
  if (text.length <= longest) return [text]
  const head = text.slice(0, longest + 1)
  const cut = [head.lastIndexOf('\n\n'), head.lastIndexOf('\n')].find((at) => at > longest / 2) ?? longest
  return [text.slice(0, cut).trimEnd(), ...splitBubbles(text.slice(cut).trimStart(), longest)]
}

/** The next row to send at `now`; replies that came too late are dropped on the way. */
export async function nextToSend(db: Db, now: Date): Promise<OutboxRow | undefined> {
  const at = now.toISOString()
  await db
    .updateTable('outbox')
    .set({ state: 'dropped' })
    .where('state', '=', 'queued')
    .where('expires_at', '<', at)
    .execute()
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('state', '=', 'queued')
    .where('not_before', '<=', at)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** Sets the state of a row; `sent` and `unsure` keep the time. */
export async function markOutbox(db: Db, id: number, state: OutboxRow['state'], now: Date): Promise<void> {
  const sentAt = state === 'sent' || state === 'unsure' ? now.toISOString() : null
  await db.updateTable('outbox').set({ state, sent_at: sentAt }).where('id', '=', id).execute()
}

/** Lets everything that waits for a room wait until then, its order kept. */
export async function postponeRoom(db: Db, room: RoomKey, until: Date): Promise<void> {
  const at = until.toISOString()
  await db
    .updateTable('outbox')
    .set({ not_before: at })
    .where('room', '=', room)
    .where('state', '=', 'queued')
    .where('not_before', '<', at)
    .execute()
}

/** Rows found `sending` at start may have arrived: they become unsure and are never repeated. @returns how many. */
export async function doubtInterrupted(db: Db, now: Date): Promise<number> {
  const rows = await db
    .updateTable('outbox')
    .set({ state: 'unsure', sent_at: now.toISOString() })
    .where('state', '=', 'sending')
    .returning('id')
    .execute()
  return rows.length
}

/** Drops what still waits under keys that begin like this: something newer takes its place. */
export async function dropWaiting(db: Db, onceBegins: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'dropped' })
    .where('state', '=', 'queued')
    .where('once', 'like', `${onceBegins}%`)
    .execute()
}

/** How many rows stand in each state that matters to the operator. */
export async function countOutbox(db: Db): Promise<{ queued: number; unsure: number }> {
  const rows = await db
    .selectFrom('outbox')
    .select(['state', (count) => count.fn.countAll<number>().as('rows')])
    .where('state', 'in', ['queued', 'unsure'])
    .groupBy('state')
    .execute()
  const of = (state: string) => rows.find((row) => row.state === state)?.rows ?? 0
  return { queued: of('queued'), unsure: of('unsure') }
}

function afterNight(now: Date): Date {
  if (!isNight(now)) return now
  return localMidnight(now, localParts(now).hour >= 22 ? 31 : 7)
}
