import type { ExpressionBuilder, Selectable } from 'kysely'
import type { ConcernTable, Schema, Status } from '../../db/schema.ts'
import type { Place } from '../roster/place.ts'
import type { Item } from './figures.ts'
import { daysBetween } from './period.ts'

/** What the committee threw out: it is not counted as a concern. */
export const THROWN_OUT: readonly Status[] = ['merged', 'dropped']

/** The columns an item is made of. */
export const ITEM_COLUMNS = [
  'concern.no',
  'concern.title',
  'concern.urgency',
  'concern.status',
  'concern.place',
  'concern.compound',
  'concern.building',
  'concern.unit',
  'concern.party_group',
  'concern.due_at',
  'concern.next_look',
  'concern.filed_at',
] as const

type PlaceRow = Pick<Selectable<ConcernTable>, 'place' | 'compound' | 'building' | 'unit' | 'party_group'>
type ItemRow = Pick<Selectable<ConcernTable>, ItemColumn>
type ItemColumn = (typeof ITEM_COLUMNS)[number] extends `concern.${infer Column}` ? Column : never

const ON_THE_CLOCK: readonly Status[] = ['suspected', 'open', 'in_progress', 'on_agenda']
const PAUSED: readonly Status[] = ['referred', 'deferred']

/** The condition that a concern is overdue at `now`: past its limit, or past its next look where the clock stands. */
export function isLate(where: ExpressionBuilder<Schema, 'concern'>, now: Date) {
  const at = now.toISOString()
  return where.or([
    where.and([where('concern.status', 'in', ON_THE_CLOCK), where('concern.due_at', '<', at)]),
    where.and([where('concern.status', 'in', PAUSED), where('concern.next_look', '<', at)]),
  ])
}

/** A sort key: red, yellow, blue. */
export function byUrgency(order: ExpressionBuilder<Schema, 'concern'>) {
  return order.case('concern.urgency').when('red').then(1).when('yellow').then(2).else(3).end()
}

/** Where the concern of a row is. */
export function placeOf(row: PlaceRow): Place {
  return {
    kind: row.place,
    compound: row.compound,
    building: row.building,
    unit: row.unit,
    partyGroup: row.party_group,
  }
}

/** A row as an item; its days run until `until`. */
export function itemOf(row: ItemRow, now: Date, until: Date = now): Item {
  const limit = PAUSED.includes(row.status) ? row.next_look : ON_THE_CLOCK.includes(row.status) ? row.due_at : null
  return {
    no: row.no,
    title: row.title,
    place: placeOf(row),
    urgency: row.urgency,
    status: row.status,
    days: daysBetween(new Date(row.filed_at), until),
    late: limit !== null && limit < now.toISOString(),
  }
}
