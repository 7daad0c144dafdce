import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { Status } from '../../db/schema.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import type { Counts, Standing } from './figures.ts'
import { THROWN_OUT } from './items.ts'
import type { Period } from './period.ts'

const SETTLED: readonly Status[] = ['resolved', 'closed']

/** What happened in a period, and what stood at its end; events count when they were recorded. */
export async function collectCounts(db: Db, period: Period): Promise<Counts> {
  const { satisfied, basicallySatisfied, dissatisfied, notReached, nobodyToAsk, ...moves } = await countMoves(
    db,
    period,
  )
  return {
    ...(await countFiled(db, period)),
    ...moves,
    followUp: { satisfied, basicallySatisfied, dissatisfied, notReached, nobodyToAsk },
    standing: await countStanding(db, period.before),
  }
}

async function countFiled(db: Db, { from, before }: Period) {
  return db
    .selectFrom('concern')
    .select(({ fn }) => [
      fn.countAll<number>().as('filed'),
      fn.countAll<number>().filterWhere('status', '=', 'suspected').as('suspected'),
      fn.countAll<number>().filterWhere('urgency', '=', 'red').as('red'),
    ])
    .where('filed_at', '>=', from.toISOString())
    .where('filed_at', '<', before.toISOString())
    .where('status', 'not in', THROWN_OUT)
    .executeTakeFirstOrThrow()
}

/** What happened next to the concern of an event; a step that its maker took back at once was none. */
const NEXT_STEP = sql<string | null>`(select next.kind from event as next
  where next.concern = event.concern and next.id > event.id order by next.id limit 1)`

/** Each concern counts once for each kind of step, by where it came from and went to; a restored one took no step. */
async function countMoves(db: Db, { from, before }: Period) {
  return db
    .selectFrom('event')
    .innerJoin('concern', 'concern.no', 'event.concern')
    .select(({ fn, eb }) => {
      const steps = () => fn.count<number>('event.concern').distinct()
      const stands = eb('concern.status', 'not in', THROWN_OUT)
      const closed = eb.and([stands, eb('to_status', '=', 'closed'), eb('from_status', '=', 'resolved')])
      return [
        steps()
          .filterWhere(eb.and([stands, eb('to_status', '=', 'resolved'), eb('from_status', 'in', ALIVE_STATUSES)]))
          .filterWhere(NEXT_STEP, 'is not', 'undone')
          .as('settled'),
        steps()
          .filterWhere(eb.and([stands, eb('to_status', 'in', ALIVE_STATUSES), eb('from_status', 'in', SETTLED)]))
          .filterWhere('event.kind', '<>', 'undone')
          .as('reopened'),
        steps()
          .filterWhere(eb.and([stands, eb('to_status', '=', 'deferred'), eb('from_status', '<>', 'deferred')]))
          .filterWhere('from_status', 'not in', THROWN_OUT)
          .as('deferred'),
        steps()
          .filterWhere(eb.and([eb('to_status', '=', 'dropped'), eb('concern.status', '=', 'dropped')]))
          .as('dropped'),
        steps().filterWhere(closed).as('closed'),
        steps().filterWhere(closed).filterWhere('follow_up', '=', 'satisfied').as('satisfied'),
        steps().filterWhere(closed).filterWhere('follow_up', '=', 'basically_satisfied').as('basicallySatisfied'),
        steps().filterWhere(closed).filterWhere('follow_up', '=', 'dissatisfied').as('dissatisfied'),
        steps().filterWhere(closed).filterWhere('follow_up', '=', 'not_reached').as('notReached'),
        steps().filterWhere(closed).filterWhere('follow_up', '=', 'nobody_to_ask').as('nobodyToAsk'),
      ]
    })
    .where('event.at', '>=', from.toISOString())
    .where('event.at', '<', before.toISOString())
    .executeTakeFirstOrThrow()
}

/** What stands now, with every concern that moved since put back to where its first later event found it. */
async function countStanding(db: Db, end: Date): Promise<Standing> {
  const standing: Standing = { suspected: 0, open: 0, in_progress: 0, referred: 0, on_agenda: 0, deferred: 0 }
  const add = (status: Status | null, concerns: number) => {
    if (status !== null && status in standing) standing[status as keyof Standing] += concerns
  }
  const now = await db
    .selectFrom('concern')
    .select(({ fn }) => ['status', fn.countAll<number>().as('concerns')])
    .where('status', 'in', ALIVE_STATUSES)
    .groupBy('status')
    .execute()
  for (const { status, concerns } of now) add(status, concerns)
  const later = await db
    .selectFrom('event')
    .innerJoin('concern', 'concern.no', 'event.concern')
    .select(({ fn }) => ['event.from_status as was', 'concern.status', fn.countAll<number>().as('concerns')])
    .where('event.at', '>=', end.toISOString())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('event as first')
            .select('first.id')
            .whereRef('first.concern', '=', 'event.concern')
            .whereRef('first.id', '<', 'event.id')
            .where('first.at', '>=', end.toISOString()),
        ),
      ),
    )
    .where('concern.status', 'not in', THROWN_OUT)
    .groupBy(['event.from_status', 'concern.status'])
    .execute()
  for (const { was, status, concerns } of later) {
    add(was, concerns)
    add(status, -concerns)
  }
  return standing
}
