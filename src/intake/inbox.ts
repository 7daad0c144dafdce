import type { Selectable } from 'kysely'
import { type Db, inOneTransaction } from '../../db/database.ts'
import type { MessageTable, RoomKey } from '../../db/schema.ts'
import type { ChatMessage } from '../chat/chat.ts'
import { moveConcern, noteConcern } from '../concerns/ledger.ts'
import { ASSISTANT } from '../concerns/record.ts'
import { getConcern } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import { identify } from '../people/identify.ts'
import { rememberForgotten } from '../privacy/forgotten.ts'
import type { Roster } from '../roster/roster.ts'

export type MessageRow = Selectable<MessageTable>

/** The command that ends 「别记我」. */
export const BACK_AGAIN = '可以记我'
const LAST_WORDS = '原话已撤回'

/**
 * Writes a heard message down before anything else happens to it.
 * @returns its row, or null when it had been heard before.
 */
export async function keepMessage(db: Db, message: ChatMessage, roster: Roster, now: Date): Promise<MessageRow | null> {
  if (await isOptedOut(db, message)) return keepNothing(db, message, now)
  const row = await db
    .insertInto('message')
    .values({
      room: message.room,
      msg_id: message.id,
      said_at: message.at.toISOString(),
      heard_at: now.toISOString(),
      sender_id: message.senderId,
      sender: message.sender,
      remark: message.remark,
      person: identify(roster, message).name,
      kind: message.kind,
      text: message.text,
      confidence: message.confidence,
      quote_id: message.quote ?? (await findQuoted(db, message)),
      revokes_id: message.revokes,
      to_bot: message.toBot ? 1 : 0,
      state: message.isSkipped ? 'skipped' : 'new',
      episode: null,
    })
    .onConflict((conflict) => conflict.columns(['room', 'msg_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** Who said 「别记我」 is heard no more, but for the one sentence that takes it back. */
async function isOptedOut(db: Db, { sender, senderId, remark, text }: ChatMessage): Promise<boolean> {
  const row = await db
    .selectFrom('opted_out')
    .select('sender')
    .where((where) =>
      where.or([
        where('sender', '=', sender),
        where('sender_id', '=', senderId),
        ...(remark === null ? [] : [where('remark', '=', remark)]),
      ]),
    )
    .executeTakeFirst()
  return row !== undefined && text.trim() !== BACK_AGAIN
}

/** Of somebody who is not to be recorded only id, time and a hash are written, so that nothing is heard twice. */
async function keepNothing(db: Db, { id, room, at, sender, text }: ChatMessage, now: Date): Promise<null> {
  await rememberForgotten(db, [{ room, sender, saidAt: at.toISOString(), text }], now)
  await db
    .insertInto('message')
    .values({
      ...{ room, msg_id: id, said_at: at.toISOString(), heard_at: now.toISOString(), sender_id: '', sender: '' },
      ...{ remark: null, person: null, kind: 'other', text: '', confidence: null, quote_id: null, revokes_id: null },
      ...{ to_bot: 0, state: 'aside', episode: null },
    })
    .onConflict((conflict) => conflict.columns(['room', 'msg_id']).doNothing())
    .execute()
  return null
}

/** The newest message of the room with the quoted words, for chats that name no id. */
async function findQuoted(db: Db, { room, quotedText }: ChatMessage): Promise<string | null> {
  if (quotedText === null || quotedText === '') return null
  const row = await db
    .selectFrom('message')
    .select('msg_id')
    .where('room', '=', room)
    .where('text', '=', quotedText)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.msg_id ?? null
}

/** What was heard but not yet sorted into talk and commands, in order of arrival. */
export async function listNew(db: Db): Promise<MessageRow[]> {
  return db.selectFrom('message').selectAll().where('state', '=', 'new').orderBy('seq').execute()
}

/** The talk of a room that waits to be closed into an episode, in order of arrival. */
export async function listWaiting(db: Db, room: RoomKey): Promise<MessageRow[]> {
  return db
    .selectFrom('message')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('room', '=', room)
    .orderBy('seq')
    .execute()
}

/** Sorts a message: talk that waits, a command that was carried out, a line that is no talk, or one to be skipped. */
export async function sortMessage(
  db: Db,
  seq: number,
  state: 'waiting' | 'command' | 'aside' | 'skipped',
): Promise<void> {
  await db.updateTable('message').set({ state }).where('seq', '=', seq).execute()
}

/**
 * Counts one more attempt at carrying a message out, durably, before it is tried.
 * @returns whether it may be tried: a message that ended the process twice may not.
 */
export async function startAttempt(db: Db, { seq, attempts }: MessageRow): Promise<boolean> {
  if (attempts >= 2) {
    await sortMessage(db, seq, 'skipped')
    return false
  }
  await db
    .updateTable('message')
    .set({ attempts: attempts + 1 })
    .where('seq', '=', seq)
    .execute()
  return true
}

/**
 * Carries out a withdrawal (撤回): the words are purged, and a concern that rested on them alone is dropped
 * if nobody has acted on it, else its history says 「原话已撤回」.
 */
export async function withdrawMessage(db: Db, room: RoomKey, messageId: string, now: Date): Promise<void> {
  await inOneTransaction(db, async (trx) => {
    const message = await trx
      .selectFrom('message')
      .selectAll()
      .where('room', '=', room)
      .where('msg_id', '=', messageId)
      .executeTakeFirst()
    if (!message || message.state === 'withdrawn') return
    await rememberForgotten(trx, [{ ...message, saidAt: message.said_at }], now)
    await trx.updateTable('message').set({ state: 'withdrawn', text: '' }).where('seq', '=', message.seq).execute()
    for (const no of await concernsOn(trx, message.seq)) await dropIfNothingIsLeft(trx, no, now)
  })
}

async function concernsOn(db: Db, seq: number): Promise<number[]> {
  const rows = await db.selectFrom('evidence').select('concern').where('message', '=', seq).execute()
  return rows.map((row) => row.concern)
}

async function dropIfNothingIsLeft(db: Db, no: number, now: Date): Promise<void> {
  const concern = await getConcern(db, no)
  if (!isAlive(concern.status)) return
  const told = await db
    .selectFrom('evidence')
    .innerJoin('message', 'message.seq', 'evidence.message')
    .select('message.seq')
    .where('evidence.concern', '=', no)
    .where('role', '=', 'told')
    .where('message.state', '<>', 'withdrawn')
    .executeTakeFirst()
  if (told) return
  const touched = await db
    .selectFrom('event')
    .select('id')
    .where('concern', '=', no)
    .where('actor_kind', '=', 'person')
    .executeTakeFirst()
  if (touched) await noteConcern(db, no, { kind: 'withdrawn', note: LAST_WORDS }, ASSISTANT, now)
  else await moveConcern(db, no, { to: 'dropped', reason: '撤回' }, ASSISTANT, now)
}
