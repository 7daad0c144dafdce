import type { Db } from '../../db/database.ts'
import { DAY } from '../clock.ts'
import type { Concern } from '../concerns/concern.ts'

const SHORT = 14 * DAY
const LONG = 90 * DAY
const OFTEN = 3

/** What comes back: the same building and category three times in 14 days, or again within 90 days of being settled. */
export async function findRecurrence(
  db: Db,
  { no, place, category }: Concern,
  now: Date,
): Promise<{ kind: 'often' | 'back'; numbers: number[] } | null> {
  if (place.building === null) return null
  const same = db
    .selectFrom('concern')
    .select('no')
    .where('building', '=', place.building)
    .where('category', '=', category)
    .where('status', 'not in', ['merged', 'dropped'])
    .orderBy('no')
  const recent = await same.where('filed_at', '>=', new Date(now.getTime() - SHORT).toISOString()).execute()
  if (recent.length >= OFTEN) return { kind: 'often', numbers: recent.map((row) => row.no) }
  const settled = await same
    .where('status', 'in', ['resolved', 'closed'])
    .where('resolved_at', '>=', new Date(now.getTime() - LONG).toISOString())
    .where('no', '<>', no)
    .execute()
  return settled.length > 0 ? { kind: 'back', numbers: settled.map((row) => row.no) } : null
}
