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
  /** Those that may be named, oldest first; sensitive ones are only counted in `filed`. */
  items: (Shown<Item> & { filedAt: Date })[]
}

const HISTORY_DAYS = 90

/** The buildings with at least three concerns in the month, at most five, with their history. */
export async function listHotHouses(db: Db, month: Period): Promise<HotHouse[]> {
  const houses: HotHouse[] = []
  const earlier = { from: new Date(month.from.getTime() - HISTORY_DAYS * DAY), before: month.from, label: '' }
  for (const { place, numbers } of await findHotSpots(db, month)) {
    const rows = await db.selectFrom('concern').select(ITEM_COLUMNS).where('no', 'in', numbers).orderBy('no').execute()
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
    houses.push({ place, filed: numbers.length, settled, before, items: open })
  }
  return houses
}
