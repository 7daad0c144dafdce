import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { FollowUps, Share } from './figures.ts'
import { THROWN_OUT } from './items.ts'
import type { Period } from './period.ts'

/**
 * 响应率: of the concerns filed in the period whose time for a first answer is over or that were answered, those that a
 * person took up in time (red 1 hour, yellow 24 hours, blue 3 days).
 */
export async function collectResponded(db: Db, { from, before }: Period, now: Date): Promise<Share> {
  const limit = sql<number>`case urgency when 'red' then 1.0 / 24 when 'yellow' then 1.0 else 3.0 end`
  const rows = db
    .selectFrom('concern')
    .select((get) => [
      sql<number>`julianday(filed_at) + ${limit}`.as('until'),
      get
        .selectFrom('event')
        .select(({ fn }) => fn.min('event.at').as('at'))
        .whereRef('event.concern', '=', 'concern.no')
        .where('actor_kind', '=', 'person')
        .where('kind', '<>', 'wish')
        .as('answered'),
    ])
    .where('filed_at', '>=', from.toISOString())
    .where('filed_at', '<', before.toISOString())
    .where('status', 'not in', THROWN_OUT)
  const { part, whole } = await db
    .selectFrom(rows.as('told'))
    .select([
      sql<number>`coalesce(sum(answered is not null and julianday(answered) <= until), 0)`.as('part'),
      sql<number>`coalesce(sum(answered is not null or until < julianday(${now.toISOString()})), 0)`.as('whole'),
    ])
    .executeTakeFirstOrThrow()
  return { part, whole }
}

/** 解决率 and 满意率 of those asked: solved but unhappy counts for the first alone, what was taken up again for neither. */
export function askedShares({ followUp, reopened }: { followUp: FollowUps; reopened: number }) {
  const content = followUp.satisfied + followUp.basicallySatisfied
  const solved = content + followUp.dissatisfied
  const whole = solved + reopened
  return { solved: { part: solved, whole }, content: { part: content, whole } }
}

/** 「5/6(83%)」, or 「1/2(样本不足)」 under five. */
export function shareText({ part, whole }: Share): string {
  return `${part}/${whole}(${whole < SMALL_SAMPLE ? '样本不足' : `${Math.round((100 * part) / whole)}%`})`
}

const SMALL_SAMPLE = 5
