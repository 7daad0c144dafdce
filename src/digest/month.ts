import type { Db } from '../../db/database.ts'
import { listToDecide, listWaiting } from './attention.ts'
import { collectPeriod, type PeriodFigures } from './casebook-figures.ts'
import { collectCounts } from './counts.ts'
import type { Cut, DecideItem, Share, Unread } from './figures.ts'
import { type DecisionItem, listDecisions } from './month-decisions.ts'
import { type ActivityCount, type GoodItem, listActivities, listGoodNews } from './month-good.ts'
import { type HotHouse, listHotHouses } from './month-hot.ts'
import { type LateLine, listLate } from './month-late.ts'
import { hideSensitive, type Shown } from './month-shown.ts'
import { monthBefore, monthOf, type Period } from './period.ts'
import { collectResponded } from './rates.ts'
import { collectHeard } from './unread.ts'

/** What was filed and settled in one month. */
export type MonthCount = { label: string; filed: number; settled: number }

/** Everything the monthly pack says, counted by the database; what is sensitive has neither title nor building in it. */
export type MonthFigures = {
  month: Period
  current: PeriodFigures
  /** Of the month before; null when nothing was heard then. */
  previous: PeriodFigures | null
  previousMonth: Period
  /** The last six months, the oldest first; those before the ledger began are left out. */
  trend: MonthCount[]
  responded: Share
  hot: HotHouse[]
  late: Cut<LateLine>
  decide: Cut<Shown<DecideItem>>
  good: Cut<GoodItem>
  prevented: number
  activities: ActivityCount[]
  decisions: Cut<DecisionItem>
  waiting: number
  heard: number
  unread: Unread
}

const MONTHS = 6
/** A print of at most six pages. */
const MOST_LATE = 8
const MOST_TO_DECIDE = 5
const MOST_GOOD = 3
const MOST_DECISIONS = 5

/**
 * All figures of a month for the 民情分析会, from SQL alone. What happened counts when it was recorded; what is overdue or
 * to decide, and what became of decisions, is taken as it is at `now`. `since` is when the ledger began.
 */
export async function collectMonth(db: Db, month: Period, now: Date, since: Date | null): Promise<MonthFigures> {
  const previousMonth = monthBefore(month.from)
  const wasHeard = since === null || since < previousMonth.before
  const decide = await listToDecide(db, now, MOST_TO_DECIDE)
  return {
    month,
    current: await collectPeriod(db, month),
    previous: wasHeard ? await collectPeriod(db, previousMonth) : null,
    previousMonth,
    trend: await collectMonths(db, month, since),
    responded: await collectResponded(db, month, now),
    hot: await listHotHouses(db, month),
    late: await listLate(db, now, MOST_LATE),
    decide: { ...decide, items: await hideSensitive(db, decide.items) },
    ...(await listGoodNews(db, month, MOST_GOOD)),
    activities: await listActivities(db, month),
    decisions: await listDecisions(db, month, now, MOST_DECISIONS),
    waiting: (await listWaiting(db, 1)).total,
    ...(await collectHeard(db, month)),
  }
}

async function collectMonths(db: Db, month: Period, since: Date | null): Promise<MonthCount[]> {
  const months: MonthCount[] = []
  for (let at = month; months.length < MONTHS; at = monthBefore(at.from)) {
    if (since !== null && at.before <= since) break
    const { filed, settled } = await collectCounts(db, at)
    months.unshift({ label: monthOf(at.from).label, filed, settled })
  }
  return months
}
