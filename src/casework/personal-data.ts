import { type Db, inOneTransaction } from '../../db/database.ts'
import { forgetReporter } from '../concerns/ledger.ts'
import type { Actor } from '../concerns/record.ts'
import { rememberForgotten } from '../privacy/forgotten.ts'

/** What stands in the database about one person, in numbers. */
export type PersonalData = { messages: number; concerns: number[] }

type Who = { sender: string; senderId: string }

const GONE = '(已删除)'

/** Counts what is kept of somebody, by the name shown and by the id of this login. */
export async function countPersonalData(db: Db, { sender, senderId }: Who): Promise<PersonalData> {
  const { messages } = await db
    .selectFrom('message')
    .select(({ fn }) => fn.countAll<number>().as('messages'))
    .where((where) => where.or([where('sender', '=', sender), where('sender_id', '=', senderId)]))
    .where('text', '<>', '')
    .executeTakeFirstOrThrow()
  return { messages, concerns: await concernsOf(db, { sender, senderId }) }
}

/**
 * Deletes what is kept of somebody: their words and names. Concerns and their history stay without the person.
 * @returns how many messages and concerns were emptied.
 */
export async function deletePersonalData(db: Db, who: Who, by: Actor, now: Date): Promise<PersonalData> {
  return inOneTransaction(db, async (trx) => {
    const data = await countPersonalData(trx, who)
    for (const no of data.concerns) await forgetReporter(trx, no, by, now)
    const words = await trx
      .selectFrom('message')
      .select(['room', 'sender', 'said_at as saidAt', 'text'])
      .where((where) => where.or([where('sender', '=', who.sender), where('sender_id', '=', who.senderId)]))
      .execute()
    await rememberForgotten(trx, words, now)
    await trx
      .updateTable('message')
      .set({ text: '', sender: GONE, sender_id: GONE, remark: null, person: null, state: 'withdrawn' })
      .where((where) => where.or([where('sender', '=', who.sender), where('sender_id', '=', who.senderId)]))
      .execute()
    await trx.updateTable('event').set({ actor: GONE, note: null }).where('actor', '=', who.sender).execute()
    await trx.updateTable('asked_command').set({ actor: GONE }).where('actor', '=', who.sender).execute()
    await trx.deleteFrom('confirmed_person').where('member', '=', who.sender).execute()
    return data
  })
}

async function concernsOf(db: Db, { sender, senderId }: Who): Promise<number[]> {
  const rows = await db
    .selectFrom('concern')
    .leftJoin('evidence', (join) => join.onRef('evidence.concern', '=', 'concern.no').on('role', '=', 'told'))
    .leftJoin('message', 'message.seq', 'evidence.message')
    .select('no')
    .distinct()
    .where('reporter', 'is not', null)
    .where((where) =>
      where.or([
        where('reporter_id', '=', senderId),
        where('reporter', '=', sender),
        where('message.sender', '=', sender),
      ]),
    )
    .orderBy('no')
    .execute()
  return rows.map((row) => row.no)
}
