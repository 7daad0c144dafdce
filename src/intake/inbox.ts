import type { Insertable, Selectable } from 'kysely'
import { type Db, inOneTransaction } from '../../db/database.ts'
import type { MessageTable, RoomKey } from '../../db/schema.ts'
import type { ChatMessage } from '../chat/chat.ts'
import { getConcern } from '../concerns/repository.ts'
import { LAST_WORDS, takeOutWords } from '../concerns/withdrawal.ts'
import { enqueue } from '../outbox/outbox.ts'
import { identify } from '../people/identify.ts'
import { isNotRecorded } from '../people/recording.ts'
import { rememberForgotten } from '../privacy/forgotten.ts'
import { endedProcessTwice } from '../retry.ts'
import type { Roster } from '../roster/roster.ts'
import { forgetLines, lastingWords, takeNew } from './chain.ts'

export type MessageRow = Selectable<MessageTable>
type Said = Omit<Insertable<MessageTable>, 'room' | 'msg_id' | 'said_at' | 'heard_at'>

/** The command that ends 「别记我」. */
export const BACK_AGAIN = '可以记我'
const BACK_AGAIN_SAID = alone(BACK_AGAIN)
/** What somebody who is not to be recorded may still ask: what is kept of them, and that it goes. */
const OWN_DATA_ASKED = alone('我的资料|删除我的资料|隐私|隐私说明')

/**
 * Writes a heard message down before anything else happens to it; of a 接龙 only what is new. Of somebody who is not to
 * be recorded only the id, the time and a hash are written, so that nothing is heard twice.
 * @returns its row, or null when it had been heard before or is not to be recorded.
 */
export async function keepMessage(db: Db, message: ChatMessage, roster: Roster, now: Date): Promise<MessageRow | null> {
  return inOneTransaction(db, async (trx) => {
    if (await wasHeard(trx, message)) return null
    const isAnswered = BACK_AGAIN_SAID.test(message.text) || OWN_DATA_ASKED.test(message.text)
    const isKept = (message.kind === 'text' && isAnswered) || !(await isNotRecorded(trx, roster, message, now))
    const text = message.isChain ? await takeNew(trx, message, isKept) : message.text
    if (!isKept) await rememberForgotten(trx, [{ ...message, saidAt: message.at.toISOString() }], now)
    const values = isKept ? await wholeRow(trx, { ...message, text }, roster) : BARE
    const when = { said_at: message.at.toISOString(), heard_at: now.toISOString() }
    const row = await trx
      .insertInto('message')
      .values({ room: message.room, msg_id: message.id, ...when, ...values })
      .returningAll()
      .executeTakeFirstOrThrow()
    return isKept ? row : null
  })
}

const BARE: Said = {
  ...{ sender_id: '', sender: '', remark: null, person: null, kind: 'other', text: '', confidence: null },
  ...{ quote_id: null, revokes_id: null, to_bot: 0, state: 'aside', episode: null },
}

/**
 * Empties what somebody not to be recorded asked of their own data, once it is known: the answer needs no more of it.
 * @returns whether it was such a question of such a person.
 */
export async function forgetAsked(db: Db, message: MessageRow, roster: Roster, now: Date): Promise<boolean> {
  const { seq, room, sender, sender_id: senderId, remark, said_at: saidAt, text } = message
  if (!OWN_DATA_ASKED.test(text) || !(await isNotRecorded(db, roster, { room, sender, senderId, remark }, now)))
    return false
  await rememberForgotten(db, [{ room, sender, saidAt, text }], now)
  await db
    .updateTable('message')
    .set({ ...BARE, state: message.state })
    .where('seq', '=', seq)
    .execute()
  return true
}

function alone(words: string): RegExp {
  return new RegExp(`^\\s*(?:小助手)?[\\s,,]*(?:${words})[\\s。.!!]*$`, 'u')
}

async function wholeRow(db: Db, message: ChatMessage, roster: Roster): Promise<Said> {
  return {
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
  }
}

async function wasHeard(db: Db, { room, id }: ChatMessage): Promise<boolean> {
  const row = await db
    .selectFrom('message')
    .select('seq')
    .where('room', '=', room)
    .where('msg_id', '=', id)
    .executeTakeFirst()
  return row !== undefined
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
  if (endedProcessTwice(attempts)) {
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
    const words = lastingWords(message.text)
    await rememberForgotten(trx, [{ ...message, saidAt: message.said_at, text: words }], now)
    await trx.updateTable('message').set({ state: 'withdrawn', text: '' }).where('seq', '=', message.seq).execute()
    await forgetLines(trx, room, messageId)
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
