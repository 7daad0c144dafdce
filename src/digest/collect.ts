import type { Db } from '../../db/database.ts'
import { endedWell } from '../concerns/concern.ts'
import { countOverdue, listPressing, listToDecide, listWaiting } from './attention.ts'
import { collectBreakdown, findHotSpots, hotDays, listFresh } from './breakdown.ts'
import { collectCounts } from './counts.ts'
import type { Figures, Item } from './figures.ts'
import { ITEM_COLUMNS, itemOf, THROWN_OUT } from './items.ts'
import type { Period } from './period.ts'
import { collectResponded } from './rates.ts'
import { collectHeard } from './unread.ts'

const MOST_TO_DECIDE = 3
const LONGEST_LIST = 40

/**
 * All figures of a period, from SQL alone. What happened counts when it was recorded and stands as it stood at the
 * period's end; what presses, is to decide or waits to be confirmed is taken as it is at `now`.
 */
export async function collectFigures(db: Db, period: Period, now: Date): Promise<Figures> {
  return {
    from: period.from.toISOString(),
    before: period.before.toISOString(),
    ...(await collectCounts(db, period)),
    ...(await collectBreakdown(db, period)),
    ...(await collectSettled(db, period, now)),
    ...(await collectHeard(db, period)),
    responded: await collectResponded(db, period, now),
    overdue: await countOverdue(db, now),
    hotSpots: await findHotSpots(db, hotDays(period.before)),
    decide: await listToDecide(db, now, MOST_TO_DECIDE),
    pressing: await listPressing(db, now, LONGEST_LIST),
    fresh: await listFresh(db, period, now, LONGEST_LIST),
    waiting: await listWaiting(db, LONGEST_LIST),
  }
}

/** The numbers of what was settled in the period and still is, and the one of them that ended well and had been open longest. */
async function collectSettled(
  db: Db,
  period: Period,
  now: Date,
): Promise<Pick<Figures, 'settledNumbers' | 'goodNews'>> {
  const rows = await db
    .selectFrom('event')
    .innerJoin('concern', 'concern.no', 'event.concern')
    .select(ITEM_COLUMNS)
    .select(['resolved_at', 'result'])
    .distinct()
    .where('event.at', '>=', period.from.toISOString())
    .where('event.at', '<', period.before.toISOString())
    .where('event.to_status', 'in', ['resolved', 'closed'])
    .where('concern.resolved_at', 'is not', null)
    .where('concern.status', 'not in', THROWN_OUT)
    .orderBy('no')
    .execute()
  const items = rows.filter(endedWell).map((row) => itemOf(row, now, new Date(row.resolved_at!)))
  const settledHere = rows.filter((row) => row.resolved_at! >= period.from.toISOString()).map((row) => row.no)
  const settledNumbers = { items: settledHere.slice(0, LONGEST_LIST), total: settledHere.length }
  return { settledNumbers, goodNews: longestOpen(items) }
}

function longestOpen(items: Item[]): Item | null {
  return items.reduce<Item | null>((longest, item) => (longest && longest.days >= item.days ? longest : item), null)
}
