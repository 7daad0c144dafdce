import type { Selectable } from 'kysely'
import { type Db, inOneTransaction } from '../../db/database.ts'
import type { EpisodeState, EpisodeTable, RoomKey } from '../../db/schema.ts'
import { MOST_LINES } from './episode.ts'
import type { MessageRow } from './inbox.ts'

export type EpisodeRow = Selectable<EpisodeTable>

/** Closes a run of talk: its messages become one episode that waits to be read. */
export async function openEpisode(
  db: Db,
  room: RoomKey,
  messages: MessageRow[],
  now: Date,
  purpose: EpisodeRow['purpose'] = 'talk',
): Promise<number> {
  return inOneTransaction(db, async (trx) => {
    const at = now.toISOString()
    const { id } = await trx
      .insertInto('episode')
      .values({ room, purpose, closed_at: at, state: 'pending', reader: null, next_at: at, error: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    const seqs = messages.slice(0, MOST_LINES).map((message) => message.seq)
    await trx
      .updateTable('message')
      .set({ state: 'talk', episode: id })
      .where('seq', 'in', seqs)
      .where('state', '<>', 'withdrawn')
      .execute()
    return id
  })
}

/** The episodes that wait to be read, oldest first; those still backing off are included. */
export async function listPending(db: Db): Promise<EpisodeRow[]> {
  return db.selectFrom('episode').selectAll().where('state', '=', 'pending').orderBy('id').execute()
}

/** The messages of an episode that still stand, in order of arrival. */
export async function messagesOf(db: Db, episode: number): Promise<MessageRow[]> {
  return db
    .selectFrom('message')
    .selectAll()
    .where('episode', '=', episode)
    .where('state', '=', 'talk')
    .orderBy('seq')
    .execute()
}

/** The last `count` lines of talk in the room before a message, in order of arrival. */
export async function talkBefore(db: Db, room: RoomKey, seq: number, count: number): Promise<MessageRow[]> {
  const rows = await db
    .selectFrom('message')
    .selectAll()
    .where('room', '=', room)
    .where('seq', '<', seq)
    .where('state', '=', 'talk')
    .orderBy('seq', 'desc')
    .limit(count)
    .execute()
  return rows.reverse()
}

/** Ends the wait of an episode: read, or given to people with the reason. */
export async function finishEpisode(
  db: Db,
  id: number,
  state: Exclude<EpisodeState, 'pending'>,
  { reader, error = null }: { reader: string | null; error?: string | null },
): Promise<void> {
  await db.updateTable('episode').set({ state, reader, error }).where('id', '=', id).execute()
}

/** Notes durably that reading is about to begin, so that an episode that ends the process is recognised. */
export async function startReading(db: Db, id: number): Promise<void> {
  await db
    .updateTable('episode')
    .set((set) => ({ started: set('started', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Forgets how often waiting episodes were begun: they did not end the process. */
export async function forgiveStarts(db: Db): Promise<void> {
  await db.updateTable('episode').set({ started: 0 }).where('state', '=', 'pending').execute()
}

/** Lets an episode wait until `next` after a failed attempt. */
export async function postponeEpisode(db: Db, episode: EpisodeRow, next: Date, error: string): Promise<void> {
  await db
    .updateTable('episode')
    .set({ attempts: episode.attempts + 1, started: 0, next_at: next.toISOString(), error })
    .where('id', '=', episode.id)
    .execute()
}

/** Lets everything that backs off be tried at once; for a changed configuration or a new start. */
export async function retryAll(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('episode')
    .set({ next_at: now.toISOString() })
    .where('state', '=', 'pending')
    .where('next_at', '>', now.toISOString())
    .execute()
}

/** Splits an episode into two halves that are read on their own. */
export async function halveEpisode(db: Db, episode: EpisodeRow, messages: MessageRow[], now: Date): Promise<void> {
  await inOneTransaction(db, async (trx) => {
    const middle = Math.ceil(messages.length / 2)
    await openEpisode(trx, episode.room, messages.slice(0, middle), now)
    await openEpisode(trx, episode.room, messages.slice(middle), now)
    await finishEpisode(trx, episode.id, 'split', { reader: null })
  })
}
