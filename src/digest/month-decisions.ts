import type { Db } from '../../db/database.ts'
import type { Status } from '../../db/schema.ts'
import { forPrint } from '../privacy/for-print.ts'
import type { Cut } from './figures.ts'
import { HIDDEN, listCategories } from './month-shown.ts'
import type { Period } from './period.ts'

/** What a meeting decided, and what has become of it. */
export type DecisionItem = {
  meeting: number
  heldAt: Date
  no: number | null
  text: string
  owner: string | null
  dueAt: Date | null
  /** How the concern stands now; null for a decision about no concern. */
  status: Status | null
  /** Past its day, and its concern not settled. */
  late: boolean
}

const SETTLED: readonly Status[] = ['resolved', 'closed', 'merged', 'dropped']

/** What was decided in the meetings of a month, in the order it was decided, as it stands at `now`. */
export async function listDecisions(
  db: Db,
  { from, before }: Period,
  now: Date,
  limit: number,
): Promise<Cut<DecisionItem>> {
  const rows = await db
    .selectFrom('decision')
    .innerJoin('meeting', 'meeting.no', 'decision.meeting')
    .leftJoin('concern', 'concern.no', 'decision.concern')
    .select(['meeting.no as meeting', 'held_at', 'concern.no', 'text', 'owner', 'decision.due_at', 'status'])
    .where('held_at', '>=', from.toISOString())
    .where('held_at', '<', before.toISOString())
    .orderBy('decision.id')
    .execute()
  const known = await listCategories(
    db,
    rows.flatMap(({ no }) => (no === null ? [] : [no])),
  )
  const items = rows.slice(0, limit).map(({ meeting, held_at, no, text, owner, due_at, status }) => ({
    ...{ meeting, heldAt: new Date(held_at), no, owner, status },
    text: no !== null && known.get(no)!.sensitive ? HIDDEN : forPrint(text),
    dueAt: due_at === null ? null : new Date(due_at),
    late: due_at !== null && due_at < now.toISOString() && status !== null && !SETTLED.includes(status),
  }))
  return { items, total: rows.length }
}
