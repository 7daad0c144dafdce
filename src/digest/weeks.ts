import type { Db } from '../../db/database.ts'
import { collectCounts } from './counts.ts'
import { type Period, weekBefore } from './period.ts'

/** How many concerns were filed in one week. */
export type WeekCount = { from: string; filed: number }

const WEEKS = 8

/** The counts of a week and of the seven before it, oldest first; weeks that ended before `since` were not heard. */
export async function collectWeeks(db: Db, week: Period, since: Date | null): Promise<WeekCount[]> {
  const weeks: WeekCount[] = []
  for (let at = week; weeks.length < WEEKS; at = weekBefore(at.from)) {
    if (since !== null && at.before <= since) break
    const { filed } = await collectCounts(db, at)
    weeks.unshift({ from: at.from.toISOString(), filed })
  }
  return weeks
}
