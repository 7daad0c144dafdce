import type { Db } from '../../db/database.ts'
import { readSetting } from '../settings.ts'
import { collectCounts } from './counts.ts'
import type { Baseline } from './figures.ts'
import { type Period, weekBefore } from './period.ts'

/** The counts of the week before, counted now; null when the ledger began later: nobody heard that week. */
export async function collectBaseline(db: Db, week: Period): Promise<Baseline | null> {
  const since = await readSetting(db, 'since')
  const before = weekBefore(week.from)
  return since !== null && new Date(since) >= before.before ? null : collectCounts(db, before)
}
