import { type Db, inOneTransaction } from '../../db/database.ts'
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
 * talk. Not for what was withdrawn: that is awaited no more.
 */
export async function giveWords(db: Db, seq: number, words: Perceived, { now, asks }: Options): Promise<void> {
  if (words.text === '') return
  await inOneTransaction(db, async (trx) => {
    const row = await trx
      .updateTable('message')
      .set(words)
      .where('seq', '=', seq)
      .returningAll()
      .executeTakeFirstOrThrow()
    const isTimely = now.getTime() - Date.parse(row.heard_at) <= PATIENCE
    if (isTimely && row.state !== 'talk' && (await asks(trx, row))) {
      await trx.updateTable('message').set({ state: 'new' }).where('seq', '=', seq).execute()
    } else if (row.state === 'talk') await openEpisode(trx, row.room, [row], now)
  })
}
