import type { Db } from '../../db/database.ts'
import { collectBreakdown } from './breakdown.ts'
import { collectCounts } from './counts.ts'
import type { Counts, Figures } from './figures.ts'
import { monthBefore, monthOf, type Period } from './period.ts'

/** The figures of a period: what happened, and how the filed ones spread. */
export type PeriodFigures = Counts &
  Pick<Figures, 'byCompound' | 'byPartyGroup'> & { byCategory: Figures['topCategories'] }

/** The figures of this month, of the month before and of the whole ledger, at `now`. */
export type LedgerFigures = {
  thisMonth: PeriodFigures
  lastMonth: PeriodFigures
  whole: PeriodFigures
  label: [string, string]
}

/** Collects the sheet of figures. */
export async function collectLedgerFigures(db: Db, now: Date): Promise<LedgerFigures> {
  const [thisMonth, lastMonth] = [monthOf(now), monthBefore(now)]
  const whole: Period = { from: new Date(0), before: thisMonth.before, label: '' }
  return {
    thisMonth: await collectPeriod(db, thisMonth),
    lastMonth: await collectPeriod(db, lastMonth),
    whole: await collectPeriod(db, whole),
    label: [thisMonth.label, lastMonth.label],
  }
}

/** Counts and spread of one period. */
export async function collectPeriod(db: Db, period: Period): Promise<PeriodFigures> {
  const { topCategories, ...spread } = await collectBreakdown(db, period, Number.MAX_SAFE_INTEGER)
  return { ...(await collectCounts(db, period)), ...spread, byCategory: topCategories }
}
