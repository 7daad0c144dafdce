import type { Selectable } from 'kysely'
import { type Db, inOneTransaction } from '../../db/database.ts'
import type { MessageTable, RoomKey } from '../../db/schema.ts'
import type { ChatMessage } from '../chat/chat.ts'
import { getConcern } from '../concerns/repository.ts'
import { LAST_WORDS, takeOutWords } from '../concerns/withdrawal.ts'
import { enqueue } from '../outbox/outbox.ts'
import { identify } from '../people/identify.ts'
import { isNotRecorded } from '../people/recording.ts'
import { rememberForgotten } from '../privacy/forgotten.ts'
import type { Roster } from '../roster/roster.ts'
import { takeNew } from './chain.ts'

export type MessageRow = Selectable<MessageTable>

/** The command that ends 「别记我」. */
export const BACK_AGAIN = '可以记我'
const BACK_AGAIN_SAID = new RegExp(`^\\s*(?:小助手)?[\\s,,]*${BACK_AGAIN}[\\s。.!!]*$`, 'u')

/**
 * Writes a heard message down before anything else happens to it.
 * @returns its row, or null when it had been heard before.
 */
export async function keepMessage(db: Db, message: ChatMessage, roster: Roster, now: Date): Promise<MessageRow | null> {
  if (message.isChain) return inOneTransaction(db, (trx) => keepChain(trx, message, roster, now))
  if (!BACK_AGAIN_SAID.test(message.text) && (await isNotRecorded(db, roster, message, now)))
    return keepNothing(db, message, now)
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

/** Of a 接龙 only what is new; of somebody who is not to be recorded it is remembered, so that nobody else brings it back. */
async function keepChain(db: Db, message: ChatMessage, roster: Roster, now: Date): Promise<MessageRow | null> {
  const heard = await db
    .selectFrom('message')
    .select('seq')
    .where('room', '=', message.room)
    .where('msg_id', '=', message.id)
    .executeTakeFirst()
  if (heard) return null
  const text = await takeNew(db, message.room, message.text, now)
  return keepMessage(db, { ...message, text, isChain: false }, roster, now)
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

/** A message that was heard and not yet sorted; undefined when it has been. */
export async function getNew(db: Db, seq: number): Promise<MessageRow | undefined> {
  return db.selectFrom('message').selectAll().where('seq', '=', seq).where('state', '=', 'new').executeTakeFirst()
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
 * Carries out a withdrawal (撤回): the words are purged wherever they stand, and a concern that rested on them alone
 * is dropped if nobody has acted on it, else the committee is told 「原话已撤回」.
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
    const { seq, text, sender_id: senderId, sender } = message
    for (const no of await concernsOn(trx, seq)) {
      const isWordless = await takeOutWords(trx, no, { seq, text, senderId, sender }, now)
      if (isWordless) await tellWithdrawn(trx, no, now)
    }
  })
}

async function concernsOn(db: Db, seq: number): Promise<number[]> {
  const rows = await db.selectFrom('evidence').select('concern').where('message', '=', seq).execute()
  return rows.map((row) => row.concern)
}

/** Somebody has it in hand: they decide whether it goes on without the words. */
async function tellWithdrawn(db: Db, no: number, now: Date): Promise<void> {
  const { handler } = await getConcern(db, no)
  const text = `${no}号的${LAST_WORDS}。\n${handler?.kind === 'person' ? `请${handler.name}` : '请'}看看还要不要办:查 ${no}号`
  await enqueue(db, { room: 'committee', kind: 'notice', text }, now)
}
