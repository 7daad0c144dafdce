import type { Db } from '../../db/database.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import { forPrint } from '../privacy/for-print.ts'
import type { Cut, Item } from './figures.ts'
import { byUrgency, ITEM_COLUMNS, isLate, itemOf } from './items.ts'
import { hideSensitive, type Shown } from './month-shown.ts'

/** An overdue concern and why: who has it, why it was put off, what was done last, how often somebody was asked to hurry. */
export type LateLine = Shown<Item> & {
  handler: string | null
  reason: string | null
  last: { at: Date; kind: string; note: string | null } | null
  nudged: number
}

const DONE = ['in_progress', 'referred', 'on_agenda', 'deferred', 'visit', 'progress', 'reopened', 'agreement']

/** What is overdue at `now`: the most urgent first, then the oldest. */
export async function listLate(db: Db, now: Date, limit: number): Promise<Cut<LateLine>> {
  const rows = await db
    .selectFrom('concern')
    .select(ITEM_COLUMNS)
    .select(({ fn }) => ['handler', 'reason', fn.countAll<number>().over().as('total')])
    .where('status', 'in', ALIVE_STATUSES)
    .where((where) => isLate(where, now))
    .orderBy(byUrgency)
    .orderBy('no')
    .limit(limit)
    .execute()
  const work = await listWork(
    db,
    rows.map(({ no }) => no),
  )
  const lines = rows.map(({ handler, reason, ...row }) => ({
    ...itemOf(row, now),
    ...{ handler, reason: reason === null ? null : forPrint(reason) },
    ...(work.get(row.no) ?? { last: null, nudged: 0 }),
  }))
  const items = (await hideSensitive(db, lines)).map((line) => (line.sensitive ? withoutWords(line) : line))
  return { items, total: rows[0]?.total ?? 0 }
}

async function listWork(db: Db, numbers: readonly number[]): Promise<Map<number, Pick<LateLine, 'last' | 'nudged'>>> {
  const events = await db
    .selectFrom('event')
    .select(['concern', 'at', 'kind', 'note'])
    .where('concern', 'in', [...numbers])
    .where('kind', 'in', [...DONE, 'nudged'])
    .orderBy('id')
    .execute()
  const groups = Map.groupBy(events, ({ concern }) => concern)
  return new Map(
    [...groups].map(([no, all]) => {
      const last = all.findLast(({ kind }) => kind !== 'nudged')
      const note = last?.note ? forPrint(last.note) : null
      const nudged = all.filter(({ kind }) => kind === 'nudged').length
      return [no, { last: last ? { at: new Date(last.at), kind: last.kind, note } : null, nudged }]
    }),
  )
}

/** What people typed about something sensitive stays in the ledger. */
function withoutWords(line: LateLine): LateLine {
  return { ...line, reason: null, last: line.last && { ...line.last, note: null } }
}
