import type { Db } from '../../db/database.ts'
import { collectCounts } from './counts.ts'
import { type Period, weekBefore } from './period.ts'

/** What was filed and settled in one week. */
export type WeekCount = { from: string; filed: number; settled: number }

/** The counts of a week and of the seven before it, oldest first. */
export async function collectWeeks(db: Db, week: Period, count = 8): Promise<WeekCount[]> {
  const weeks: WeekCount[] = []
  for (let at = week; weeks.length < count; at = weekBefore(at.from)) {
    const { filed, settled } = await collectCounts(db, at)
    weeks.unshift({ from: at.from.toISOString(), filed, settled })
  }
  return weeks
}
