import type { ExpressionBuilder } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import type { Cut, DecideItem, DecideReason, Item } from './figures.ts'
import { byUrgency, ITEM_COLUMNS, isLate, itemOf } from './items.ts'

const REASONS: readonly DecideReason[] = ['on_agenda', 'recurrence', 'red_late', 'deferred_late']

/** How many concerns are overdue at `now`. */
export async function countOverdue(db: Db, now: Date): Promise<number> {
  const { overdue } = await alive(db)
    .select(({ fn }) => fn.countAll<number>().as('overdue'))
    .where((where) => isLate(where, now))
    .executeTakeFirstOrThrow()
  return overdue
}

/** What is urgent or overdue at `now`: most urgent first, then oldest. */
export async function listPressing(db: Db, now: Date, limit: number): Promise<Cut<Item>> {
  const rows = await alive(db)
    .select(ITEM_COLUMNS)
    .select(({ fn }) => fn.countAll<number>().over().as('total'))
    .where((where) => where.or([where('urgency', '=', 'red'), isLate(where, now)]))
    .orderBy(byUrgency)
    .orderBy('no')
    .limit(limit)
    .execute()
  return { items: rows.map((row) => itemOf(row, now)), total: rows[0]?.total ?? 0 }
}

/**
 * What the committee should decide: what is on its agenda, then what has come again and nobody has dealt with,
 * then overdue red ones, then deferred ones past their look; within each the oldest first.
 */
export async function listToDecide(db: Db, now: Date, limit: number): Promise<Cut<DecideItem>> {
  const rows = await db
    .selectFrom(
      alive(db)
        .select(ITEM_COLUMNS)
        .select((columns) => [reasonOf(columns, now).as('reason'), earlier(columns).as('before')])
        .as('candidate'),
    )
    .selectAll()
    .select(({ fn }) => fn.countAll<number>().over().as('total'))
    .where('reason', '<', REASONS.length)
    .orderBy('reason')
    .orderBy('no')
    .limit(limit)
    .execute()
  const items = rows.map((row) => ({ ...itemOf(row, now), why: REASONS[row.reason]!, before: row.before }))
  return { items, total: rows[0]?.total ?? 0 }
}

/** The numbers of what waits to be confirmed, oldest first. */
export async function listWaiting(db: Db, limit: number): Promise<Cut<number>> {
  const rows = await db
    .selectFrom('concern')
    .select(['no', ({ fn }) => fn.countAll<number>().over().as('total')])
    .where('status', '=', 'suspected')
    .orderBy('no')
    .limit(limit)
    .execute()
  return { items: rows.map((row) => row.no), total: rows[0]?.total ?? 0 }
}

function alive(db: Db) {
  return db.selectFrom('concern').where('status', 'in', ALIVE_STATUSES)
}

/** The place of the first reason that fits in REASONS, else its length. */
function reasonOf(where: ExpressionBuilder<Schema, 'concern'>, now: Date) {
  const comesAgain = where.and([
    where('concern.status', 'in', ['open', 'in_progress']),
    where(earlier(where), 'is not', null),
  ])
  const confirmedAndLate = where.and([where('concern.status', '<>', 'suspected'), isLate(where, now)])
  return where
    .case()
    .when('concern.status', '=', 'on_agenda')
    .then(REASONS.indexOf('on_agenda'))
    .when(comesAgain)
    .then(REASONS.indexOf('recurrence'))
    .when(where.and([where('concern.urgency', '=', 'red'), confirmedAndLate]))
    .then(REASONS.indexOf('red_late'))
    .when(where.and([where('concern.status', '=', 'deferred'), confirmedAndLate]))
    .then(REASONS.indexOf('deferred_late'))
    .else(REASONS.length)
    .end()
}

/** The latest concern it repeats. */
function earlier({ selectFrom }: ExpressionBuilder<Schema, 'concern'>) {
  return selectFrom('concern_link')
    .select(({ fn }) => fn.max('concern_link.other').as('other'))
    .whereRef('concern_link.concern', '=', 'concern.no')
    .where('concern_link.kind', '=', 'recurrence_of')
}
