import { type Db, inOneTransaction } from '../../db/database.ts'
import { DAY } from '../clock.ts'
import { rememberForgotten } from '../privacy/forgotten.ts'

const KEPT_DAYS = 30

/**
 * Empties raw talk that is older than 30 days and belongs to no concern; ids, times and hashes stay, so that nothing is
 * heard twice. Each run is written down. With `isDry` it only counts. @returns how many messages.
 */
export async function purgeOldTalk(db: Db, now: Date, { isDry }: { isDry: boolean }): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY).toISOString()
  return inOneTransaction(db, async (trx) => {
    const old = trx
      .selectFrom('message')
      .select('seq')
      .where('heard_at', '<', before)
      .where('state', 'not in', ['new', 'waiting'])
      .where((where) => where.or([where('text', '<>', ''), where('sender', '<>', '')]))
      .where('seq', 'not in', (evidence) => evidence.selectFrom('evidence').select('message'))
      .where((where) =>
        where.or([
          where('episode', 'is', null),
          where('episode', 'not in', (pending) =>
            pending.selectFrom('episode').select('id').where('state', 'in', ['pending', 'people']),
          ),
        ]),
      )
    const { count } = await trx
      .selectFrom(old.as('old'))
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (isDry || count === 0) return count
    const words = await trx
      .selectFrom('message')
      .select(['room', 'sender', 'said_at as saidAt', 'text'])
      .where('seq', 'in', old)
      .execute()
    await rememberForgotten(trx, words, now)
    await trx
      .updateTable('message')
      .set({ text: '', sender: '', sender_id: '', remark: null, person: null })
      .where('seq', 'in', old)
      .execute()
    await trx.insertInto('purge').values({ at: now.toISOString(), before, messages: count }).execute()
    return count
  })
}
