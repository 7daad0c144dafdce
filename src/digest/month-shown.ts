import type { Db } from '../../db/database.ts'
import { forPrint } from '../privacy/for-print.ts'
import type { Place } from '../roster/place.ts'
import type { Item } from './figures.ts'

/** A concern as it may lie on the table of the whole branch: of a sensitive one only number, category and compound. */
export type Shown<T extends Item> = T & { category: string; sensitive: boolean }

/** What stands for the title of a sensitive one. */
export const HIDDEN = '(敏感,不写)'

/** Adds the category of each concern, and takes the title and the building out of what is sensitive. */
export async function hideSensitive<T extends Item>(db: Db, items: readonly T[]): Promise<Shown<T>[]> {
  const known = await listCategories(
    db,
    items.map(({ no }) => no),
  )
  return items.map((item) => {
    const { category, sensitive } = known.get(item.no)!
    if (!sensitive) return { ...item, title: forPrint(item.title), category, sensitive }
    return { ...item, title: HIDDEN, place: compoundOf(item.place), category, sensitive }
  })
}

/** The category's label and the sensitivity of concerns, by number. */
export async function listCategories(
  db: Db,
  numbers: readonly number[],
): Promise<Map<number, { category: string; sensitive: boolean }>> {
  const rows = await db
    .selectFrom('concern')
    .innerJoin('category', 'category.code', 'concern.category')
    .select(['no', 'label', 'concern.sensitive as own', 'category.sensitive as general'])
    .where('no', 'in', [...numbers])
    .execute()
  return new Map(rows.map(({ no, label, own, general }) => [no, { category: label, sensitive: own + general > 0 }]))
}

function compoundOf({ compound }: Place): Place {
  return { kind: compound === null ? 'none' : 'compound', compound, building: null, unit: null, partyGroup: null }
}
