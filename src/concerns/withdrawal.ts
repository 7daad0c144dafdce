import type { Db } from '../../db/database.ts'
import { moveConcern } from './ledger.ts'
import { type Actor, ASSISTANT, record } from './record.ts'
import { getConcern } from './repository.ts'
import { isAlive } from './status.ts'

export const LAST_WORDS = '原话已撤回'

/** A message that is taken back, with the words it had. */
export type TakenBack = { seq: number; text: string; senderId: string; sender: string }

type Author = Pick<TakenBack, 'senderId' | 'sender'>

/**
 * Takes withdrawn words out of a concern, to be called once the message itself is marked withdrawn. What rests on them
 * alone is dropped, unless a person has acted; what others told as well stays, resting on their words.
 * @returns whether it goes on without any words, in the hands of people.
 */
export async function takeOutWords(db: Db, no: number, message: TakenBack, now: Date): Promise<boolean> {
  await purgeWords(db, no, message, now)
  const { status, reporterId } = await getConcern(db, no)
  const left = await wordsLeft(db, no)
  if (!isAlive(status)) return false
  if (left.some(({ role }) => role === 'told')) {
    const isWithoutAuthor = reporterId === message.senderId && !left.some((word) => isFrom(word, message))
    if (isWithoutAuthor) await restOnOthers(db, no, ASSISTANT, now)
    return false
  }
  if (left.some((word) => isFromOthers(word, message))) {
    await restOnOthers(db, no, ASSISTANT, now)
    return false
  }
  const touched = await db
    .selectFrom('event')
    .select('id')
    .where('concern', '=', no)
    .where('actor_kind', '=', 'person')
    .executeTakeFirst()
  if (touched) {
    await recordWithdrawn(db, no, {}, ASSISTANT, now)
    return true
  }
  await moveConcern(db, no, { to: 'dropped', reason: '撤回' }, ASSISTANT, now)
  return false
}

/**
 * Takes back what somebody told of a concern at their own word: the others' words carry it on, or it is dropped.
 * @returns whether it stays.
 */
export async function takeBackReport(db: Db, no: number, author: Author, by: Actor, now: Date): Promise<boolean> {
  const words = await wordsLeft(db, no)
  const others = words.filter((word) => isFromOthers(word, author))
  if (others.length === 0) {
    await moveConcern(db, no, { to: 'dropped', reason: '撤回' }, by, now)
    return false
  }
  const own = words.filter((word) => isFrom(word, author)).map(({ seq }) => seq)
  await db
    .deleteFrom('evidence')
    .where('concern', '=', no)
    .where('message', 'in', [0, ...own])
    .execute()
  await restOnOthers(db, no, by, now)
  return true
}

type Word = { seq: number; role: string; text: string; senderId: string; sender: string }

/** Who told a concern, and who told more of it: progress and places alone carry nothing. */
function isFromOthers(word: Word, author: Author): boolean {
  return ['told', 'more', 'worse'].includes(word.role) && !isFrom(word, author)
}

function isFrom(word: Word, { senderId, sender }: Author): boolean {
  return word.senderId === senderId || word.sender === sender
}

async function wordsLeft(db: Db, no: number): Promise<Word[]> {
  return db
    .selectFrom('evidence')
    .innerJoin('message', 'message.seq', 'evidence.message')
    .select(['message.seq', 'role', 'text', 'sender_id as senderId', 'sender'])
    .where('evidence.concern', '=', no)
    .where('message.state', '<>', 'withdrawn')
    .execute()
}

/** Nobody is the author any more: those who also told it never asked for its rights. */
async function restOnOthers(db: Db, no: number, by: Actor, now: Date): Promise<void> {
  const nobody = { reporter: null, reporter_id: null, collected_by: null, detail: '' }
  await recordWithdrawn(db, no, nobody, by, now)
}

/** The place as it was written, the detail, and the note of a place event may hold the words themselves. */
async function purgeWords(db: Db, no: number, { seq, text }: TakenBack, now: Date): Promise<void> {
  const texts = (await wordsLeft(db, no)).map((word) => word.text)
  const isGone = (words: string) => holds(text, words) && !texts.some((other) => holds(other, words))
  const events = await db
    .selectFrom('event')
    .leftJoin('evidence', (join) =>
      join.onRef('evidence.event', '=', 'event.id').onRef('evidence.concern', '=', 'event.concern'),
    )
    .select(['event.id', 'event.note', 'evidence.message', 'actor_kind'])
    .where('event.concern', '=', no)
    .where('event.kind', '=', 'place')
    .where('note', 'is not', null)
    .execute()
  const gone = events.filter(({ note, message }) => message === seq || isGone(note!)).map(({ id }) => id)
  if (gone.length > 0) await db.updateTable('event').set({ note: null }).where('id', 'in', gone).execute()
  const { detail, placeWords } = await getConcern(db, no)
  const wasRead = !events.some(({ actor_kind }) => actor_kind === 'person')
  const isUnknown = wasRead && !texts.some((other) => holds(other, placeWords ?? ''))
  if (placeWords !== null && (isGone(placeWords) || isUnknown || gone.length > 0))
    return recordWithdrawn(db, no, { place_words: null, detail: '' }, ASSISTANT, now)
  if (detail !== '') await recordWithdrawn(db, no, { detail: '' }, ASSISTANT, now)
}

function holds(text: string, words: string): boolean {
  return bare(text).includes(bare(words))
}

function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\s⏎,,。.、]/gu, '')
}

async function recordWithdrawn(
  db: Db,
  no: number,
  columns: Parameters<typeof record>[3],
  by: Actor,
  now: Date,
): Promise<void> {
  const { status } = await getConcern(db, no)
  const step = { kind: 'withdrawn', from: status, to: status, note: LAST_WORDS, by, at: now.toISOString() }
  await record(db, no, step, columns)
}
