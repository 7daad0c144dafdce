import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { QuestionTable, RoomKey } from '../../db/schema.ts'
import { DAY, localMidnight } from '../clock.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'

/** One thing a person may answer with: what they see, and what it stands for (a building code, a compound). */
export type Option = { label: string; building: string | null; compound: string | null }

export type OpenQuestion = Pick<Selectable<QuestionTable>, 'id' | 'concern' | 'kind' | 'room'> & {
  options: Option[]
  askedAt: Date
}

const ANSWERABLE = DAY
/** Questions about places a day, in both rooms together. */
export const MOST_QUESTIONS_A_DAY = 3

/** Writes a question down, unless the concern has one of that kind that is still open. @returns its id or null. */
export async function openQuestion(
  db: Db,
  question: {
    concern: number
    kind: 'place' | 'settled'
    room: RoomKey
    askedOf: string | null
    options: Option[]
    outbox: number | null
  },
  now: Date,
): Promise<number | null> {
  const open = await db
    .selectFrom('question')
    .select('id')
    .where('concern', '=', question.concern)
    .where('kind', '=', question.kind)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
  if (open) return null
  const { id } = await db
    .insertInto('question')
    .values({
      concern: question.concern,
      kind: question.kind,
      room: question.room,
      asked_of: question.askedOf,
      options: JSON.stringify(question.options),
      asked_at: now.toISOString(),
      outbox: question.outbox,
      answered_at: null,
      answer: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The questions this person may still answer in this room, newest first: asked of them or of everybody, within a day. */
export async function questionsFor(db: Db, room: RoomKey, senderId: string, now: Date): Promise<OpenQuestion[]> {
  const rows = await db
    .selectFrom('question')
    .selectAll()
    .where('room', '=', room)
    .where('answered_at', 'is', null)
    .where('asked_at', '>=', new Date(now.getTime() - ANSWERABLE).toISOString())
    .where((where) => where.or([where('asked_of', '=', senderId), where('asked_of', 'is', null)]))
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ id, concern, kind, room: asked, options, asked_at }) => {
    return { id, concern, kind, room: asked, options: JSON.parse(options) as Option[], askedAt: new Date(asked_at) }
  })
}

/** Closes a question with what was answered. */
export async function answerQuestion(db: Db, id: number, answer: string, now: Date): Promise<void> {
  await db.updateTable('question').set({ answered_at: now.toISOString(), answer }).where('id', '=', id).execute()
}

/** Closes the questions about a concern that somebody has settled in another way. */
export async function dropQuestions(db: Db, concern: number, kind: 'place' | 'settled', now: Date): Promise<void> {
  await db
    .updateTable('question')
    .set({ answered_at: now.toISOString(), answer: '' })
    .where('concern', '=', concern)
    .where('kind', '=', kind)
    .where('answered_at', 'is', null)
    .execute()
}

/** Whether a place was ever asked about for this concern. */
export async function wasAsked(db: Db, concern: number): Promise<boolean> {
  const row = await db
    .selectFrom('question')
    .select('id')
    .where('concern', '=', concern)
    .where('kind', '=', 'place')
    .executeTakeFirst()
  return row !== undefined
}

/** The concerns whose place was asked about and not answered within a day; of each only on the day after. */
export async function unansweredPlaces(db: Db, now: Date): Promise<number[]> {
  const rows = await db
    .selectFrom('question')
    .innerJoin('concern', 'concern.no', 'question.concern')
    .select('concern')
    .where('kind', '=', 'place')
    .where('answered_at', 'is', null)
    .where('place', '=', 'ambiguous')
    .where('status', 'in', ALIVE_STATUSES)
    .where('asked_at', '<', new Date(now.getTime() - ANSWERABLE).toISOString())
    .where('asked_at', '>=', new Date(now.getTime() - 2 * ANSWERABLE).toISOString())
    .orderBy('concern')
    .execute()
  return rows.map((row) => row.concern)
}

/** How many places were asked about today. */
export async function placesAskedToday(db: Db, now: Date): Promise<number> {
  const { count } = await db
    .selectFrom('question')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('kind', '=', 'place')
    .where('asked_at', '>=', localMidnight(now).toISOString())
    .executeTakeFirstOrThrow()
  return count
}
