import type { Db } from '../../db/database.ts'
import type { RoomKey } from '../../db/schema.ts'
import type { Unread } from './figures.ts'
import type { Period } from './period.ts'

/** What was heard in a period, and what of it could not be read. */
export async function collectHeard(db: Db, period: Period): Promise<{ heard: number; unread: Unread }> {
  const from = period.from.toISOString()
  const before = period.before.toISOString()
  const messages = await db
    .selectFrom('message')
    .leftJoin('episode', 'episode.id', 'message.episode')
    .select(({ fn, eb }) => {
      const wordless = eb.and([eb('text', '=', ''), eb('message.state', '=', 'talk')])
      return [
        fn.countAll<number>().filterWhere('episode.state', '=', 'read').as('heard'),
        fn.countAll<number>().filterWhere(wordless).filterWhere('kind', '=', 'voice').as('voices'),
        fn.countAll<number>().filterWhere(wordless).filterWhere('kind', '=', 'image').as('pictures'),
        fn.countAll<number>().filterWhere('message.state', '=', 'skipped').as('skipped'),
      ]
    })
    .where('heard_at', '>=', from)
    .where('heard_at', '<', before)
    .executeTakeFirstOrThrow()
  const { toPeople } = await db
    .selectFrom('episode')
    .select(({ fn }) => fn.countAll<number>().as('toPeople'))
    .where('state', '=', 'people')
    .where('closed_at', '>=', from)
    .where('closed_at', '<', before)
    .executeTakeFirstOrThrow()
  const { heard, ...unread } = messages
  return { heard, unread: { ...unread, toPeople, pending: await countPending(db, period.before) } }
}

/** How many messages heard before an instant still wait to be read, of one room or of all. */
export async function countPending(db: Db, before: Date, room?: RoomKey): Promise<number> {
  const heard = db.selectFrom('message').select(({ fn, and, eb }) => {
    const inRoom = room ? [eb('room', '=', room)] : []
    return fn
      .countAll<number>()
      .filterWhere(and([eb('heard_at', '<', before.toISOString()), ...inRoom]))
      .as('messages')
  })
  const fresh = await heard.where('state', '=', 'waiting').executeTakeFirstOrThrow()
  const waiting = await heard
    .where('state', '=', 'talk')
    .where('episode', 'in', (episodes) => episodes.selectFrom('episode').select('id').where('state', '=', 'pending'))
    .executeTakeFirstOrThrow()
  return fresh.messages + waiting.messages
}
