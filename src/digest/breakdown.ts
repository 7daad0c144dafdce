import type { Db } from '../../db/database.ts'
import { DAY } from '../clock.ts'
import type { Place } from '../roster/place.ts'
import type { Figures, HotSpot, Item } from './figures.ts'
import { byUrgency, ITEM_COLUMNS, itemOf, THROWN_OUT } from './items.ts'
import type { Period } from './period.ts'

const HOT_DAYS = 14
const HOT_CONCERNS = 3
const MOST_HOT = 5
const TOP_CATEGORIES = 3

/** How the concerns filed in a period spread over compounds and party groups, in their order, and the first categories. */
export async function collectBreakdown(
  db: Db,
  period: Period,
  categories = TOP_CATEGORIES,
): Promise<Pick<Figures, 'byCompound' | 'byPartyGroup' | 'topCategories'>> {
  const byCompound = await filedIn(db, period)
    .select(({ fn }) => ['concern.compound', fn.countAll<number>().as('filed')])
    .groupBy('concern.compound')
    .orderBy((order) => order('concern.compound', 'is', null))
    .orderBy('concern.compound')
    .execute()
  const byPartyGroup = await filedIn(db, period)
    .leftJoin('party_group', 'party_group.number', 'concern.party_group')
    .select(({ fn }) => ['concern.party_group as number', 'name', fn.countAll<number>().as('filed')])
    .groupBy(['concern.party_group', 'name'])
    .orderBy((order) => order('concern.party_group', 'is', null))
    .orderBy('concern.party_group')
    .execute()
  const topCategories = await filedIn(db, period)
    .innerJoin('category', 'category.code', 'concern.category')
    .select(({ fn }) => ['label', fn.countAll<number>().as('filed')])
    .groupBy(['label', 'position'])
    .orderBy('filed', 'desc')
    .orderBy('position')
    .limit(categories)
    .execute()
  return { byCompound, byPartyGroup, topCategories }
}

/** The concerns filed in a period, most urgent first, at most `limit`. */
export async function listFresh(db: Db, period: Period, now: Date, limit: number): Promise<Item[]> {
  const rows = await filedIn(db, period).select(ITEM_COLUMNS).orderBy(byUrgency).orderBy('no').limit(limit).execute()
  return rows.map((row) => itemOf(row, now))
}

/** Buildings with at least three concerns filed in the period, the five with most. */
export async function findHotSpots(db: Db, window: Period): Promise<HotSpot[]> {
  const hot = await filedIn(db, window)
    .select(({ fn }) => ['compound', 'building', fn.countAll<number>().as('filed')])
    .groupBy(['compound', 'building'])
    .having('building', 'is not', null)
    .having(({ fn }) => fn.countAll<number>(), '>=', HOT_CONCERNS)
    .orderBy('filed', 'desc')
    .orderBy('building')
    .limit(MOST_HOT)
    .execute()
  const spots: HotSpot[] = []
  for (const { compound, building } of hot) {
    const rows = await filedIn(db, window).select('no').where('building', '=', building).orderBy('no').execute()
    const place: Place = { kind: 'building', compound, building, unit: null, partyGroup: null }
    spots.push({ place, numbers: rows.map((row) => row.no) })
  }
  return spots
}

/** The fourteen days before `end`. */
export function hotDays(end: Date): Period {
  return { from: new Date(end.getTime() - HOT_DAYS * DAY), before: end, label: '' }
}

/** The concerns filed in a period that were not thrown out. */
export function filedIn(db: Db, { from, before }: Period) {
  return db
    .selectFrom('concern')
    .where('filed_at', '>=', from.toISOString())
    .where('filed_at', '<', before.toISOString())
    .where('status', 'not in', THROWN_OUT)
}
