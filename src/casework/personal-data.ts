import type { ExpressionBuilder } from 'kysely'
import { type Db, inOneTransaction } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { forgetReporter } from '../concerns/ledger.ts'
import type { Actor } from '../concerns/record.ts'
import { rememberForgotten } from '../privacy/forgotten.ts'

/** What stands in the database about one person, in numbers. */
export type PersonalData = { messages: number; concerns: number[] }

/**
 * By what somebody's words are found: the id of this login, the owner's remark, the person of the roster,
 * and names shown now or before.
 */
export type Who = { senderId: string; remark: string | null; person: string | null; names: readonly string[] }

export const GONE = '(已删除)'

/** Counts what is kept of somebody. */
export async function countPersonalData(db: Db, who: Who): Promise<PersonalData> {
  const { messages } = await db
    .selectFrom('message')
    .select(({ fn }) => fn.countAll<number>().as('messages'))
    .where((where) => isTheirs(where, who))
    .where('text', '<>', '')
    .executeTakeFirstOrThrow()
  return { messages, concerns: await concernsOf(db, who) }
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
      .where((where) => isTheirs(where, who))
      .execute()
    await rememberForgotten(trx, words, now)
    await trx
      .updateTable('message')
      .set({ text: '', sender: GONE, sender_id: GONE, remark: null, person: null, state: 'withdrawn' })
      .where((where) => isTheirs(where, who))
      .execute()
    const names = ['', ...who.names]
    await trx.updateTable('event').set({ actor: GONE, note: null }).where('actor', 'in', names).execute()
    await trx.updateTable('asked_command').set({ actor: GONE }).where('actor', 'in', names).execute()
    await trx
      .deleteFrom('confirmed_person')
      .where((where) => where.or([where('member', 'in', names), where('remark', '=', who.remark ?? '')]))
      .execute()
    return data
  })
}

async function concernsOf(db: Db, who: Who): Promise<number[]> {
  const names = ['', ...who.names, ...(who.person === null ? [] : [who.person])]
  const rows = await db
    .selectFrom('concern')
    .select('no')
    .where('reporter', 'is not', null)
    .where((where) =>
      where.or([
        where('reporter_id', '=', who.senderId),
        where('reporter', 'in', names),
        where('no', 'in', (told) =>
          told
            .selectFrom('evidence')
            .innerJoin('message', 'message.seq', 'evidence.message')
            .select('evidence.concern')
            .where('role', '=', 'told')
            .where((message) => isTheirs(message, who)),
        ),
      ]),
    )
    .orderBy('no')
    .execute()
  return rows.map((row) => row.no)
}

/** A name alone is theirs only where the owner's remark does not tell somebody else. */
function isTheirs(where: ExpressionBuilder<Schema, 'message'>, { senderId, remark, person, names }: Who) {
  return where.or([
    where('message.sender_id', '=', senderId),
    ...(remark === null ? [] : [where('message.remark', '=', remark)]),
    where.and([
      where.or([where('message.sender', 'in', ['', ...names]), where('message.person', '=', person ?? '')]),
      where.or([where('message.remark', 'is', null), where('message.remark', '=', remark ?? '')]),
      where('message.sender', '<>', ''),
    ]),
  ])
}
