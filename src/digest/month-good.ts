import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { endedWell } from '../concerns/concern.ts'
import { forPrint } from '../privacy/for-print.ts'
import type { Cut, Item } from './figures.ts'
import { ITEM_COLUMNS, itemOf, THROWN_OUT } from './items.ts'
import { hideSensitive, type Shown } from './month-shown.ts'
import type { Period } from './period.ts'

/** Something that was settled and how; `days` are the days it took. */
export type GoodItem = Shown<Item> & { result: string | null }

export type ActivityCount = { kind: string; times: number; people: number }

/** What was settled well in the month and still is, what took longest first; and how many frauds were prevented. */
export async function listGoodNews(
  db: Db,
  { from, before }: Period,
  limit: number,
): Promise<{ good: Cut<GoodItem>; prevented: number }> {
  const rows = await db
    .selectFrom('concern')
    .select(ITEM_COLUMNS)
    .select(['result', 'resolved_at'])
    .where('status', 'in', ['resolved', 'closed'])
    .where('resolved_at', '>=', from.toISOString())
    .where('resolved_at', '<', before.toISOString())
    .orderBy('no')
    .execute()
  const settled = rows.filter(endedWell).map(({ result, ...row }) => {
    const at = new Date(row.resolved_at!)
    return { ...itemOf(row, at, at), result: result === null ? null : forPrint(result) }
  })
  const longest = settled.toSorted((a, b) => b.days - a.days || a.no - b.no).slice(0, limit)
  const items = (await hideSensitive(db, longest)).map((item) => (item.sensitive ? { ...item, result: null } : item))
  return { good: { items, total: settled.length }, prevented: await countPrevented(db, { from, before }) }
}

/** How often people came together in the month, by kind, the most frequent first. */
export async function listActivities(db: Db, { from, before }: Period): Promise<ActivityCount[]> {
  return db
    .selectFrom('activity')
    .select(({ fn }) => ['kind', fn.countAll<number>().as('times'), sql<number>`coalesce(sum(people), 0)`.as('people')])
    .where('held_at', '>=', from.toISOString())
    .where('held_at', '<', before.toISOString())
    .groupBy('kind')
    .orderBy('times', 'desc')
    .orderBy('kind')
    .execute()
}

async function countPrevented(db: Db, { from, before }: { from: Date; before: Date }): Promise<number> {
  const { prevented } = await db
    .selectFrom('event')
    .innerJoin('concern', 'concern.no', 'event.concern')
    .select(({ fn }) => fn.countAll<number>().as('prevented'))
    .where('event.kind', '=', 'prevented')
    .where('event.at', '>=', from.toISOString())
    .where('event.at', '<', before.toISOString())
    .where('concern.status', 'not in', THROWN_OUT)
    .executeTakeFirstOrThrow()
  return prevented
}
