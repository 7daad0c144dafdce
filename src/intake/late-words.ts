import type { Db } from '../../db/database.ts'
import { PATIENCE } from '../media/jobs.ts'
import type { Perceived } from '../media/sense.ts'
import { openEpisode } from './episodes.ts'
import type { MessageRow } from './inbox.ts'

type Options = {
  now: Date
  /** Whether the words ask the bot for something; then the message is carried out like one that has just been heard. */
  asks(db: Db, row: MessageRow): Promise<boolean>
}

/**
 * Puts the words of a voice message or picture where the message is. Where its run of talk still waits, they are read
 * with it; where that has been read without them, they become a line of their own. A command that comes too late is
 * talk. To be called in the transaction in which the file is forgotten, and not for what is awaited no more.
 */
export async function giveWords(db: Db, seq: number, words: Perceived, { now, asks }: Options): Promise<void> {
  if (words.text === '') return
  const row = await db.updateTable('message').set(words).where('seq', '=', seq).returningAll().executeTakeFirstOrThrow()
  const isTimely = now.getTime() - Date.parse(row.heard_at) <= PATIENCE
  if (isTimely && row.state !== 'talk' && (await asks(db, row))) {
    await db.updateTable('message').set({ state: 'new' }).where('seq', '=', seq).execute()
  } else if (row.state === 'talk') await openEpisode(db, row.room, [row], now)
}
