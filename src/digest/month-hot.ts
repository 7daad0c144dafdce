import type { Db } from '../../db/database.ts'
import { DAY } from '../clock.ts'
import type { Place } from '../roster/place.ts'
import { filedIn, findHotSpots } from './breakdown.ts'
import type { Item } from './figures.ts'
import { ITEM_COLUMNS, itemOf } from './items.ts'
import { hideSensitive, type Shown } from './month-shown.ts'
import type { Period } from './period.ts'

/** A building with at least three concerns in the month, and what had been there before. */
export type HotHouse = {
  place: Place
  filed: number
  /** Of them, those that are settled by now. */
  settled: number
  /** How many were filed there in the ninety days before the month. */
  before: number
  /** How many of them are sensitive: they are only counted. */
  sensitive: number
  /** The others, the latest first, at most four. */
  items: (Shown<Item> & { filedAt: Date })[]
}

const HISTORY_DAYS = 90
const MOST_HOUSES = 3
const MOST_ITEMS = 4

/** The buildings with at least three concerns in the month, at most three, with their history. */
export async function listHotHouses(db: Db, month: Period): Promise<HotHouse[]> {
  const houses: HotHouse[] = []
  const earlier = { from: new Date(month.from.getTime() - HISTORY_DAYS * DAY), before: month.from, label: '' }
  for (const { place, numbers } of (await findHotSpots(db, month)).slice(0, MOST_HOUSES)) {
    const rows = await db
      .selectFrom('concern')
      .select(ITEM_COLUMNS)
      .where('no', 'in', numbers)
      .orderBy('no', 'desc')
      .execute()
    const items = await hideSensitive(
      db,
      rows.map((row) => ({ ...itemOf(row, month.before), filedAt: new Date(row.filed_at) })),
    )
    const { before } = await filedIn(db, earlier)
      .select(({ fn }) => fn.countAll<number>().as('before'))
      .where('building', '=', place.building)
      .executeTakeFirstOrThrow()
    const settled = items.filter(({ status }) => status === 'resolved' || status === 'closed').length
    const open = items.filter(({ sensitive }) => !sensitive)
    const sensitive = items.length - open.length
    houses.push({ place, filed: items.length, settled, before, sensitive, items: open.slice(0, MOST_ITEMS) })
  }
  return houses
}
