import type { Db } from '../../db/database.ts'

/** What was merged into a concern, and which earlier ones it repeats. */
export type Links = { takenIn: Map<number, number[]>; repeats: Map<number, number[]> }

/** The links between concerns, by number. */
export async function listLinks(db: Db): Promise<Links> {
  const merged = await db
    .selectFrom('concern')
    .select(['no as other', 'merged_into as concern'])
    .where('merged_into', 'is not', null)
    .orderBy('no')
    .execute()
  const repeated = await db
    .selectFrom('concern_link')
    .select(['concern', 'other'])
    .where('kind', '=', 'recurrence_of')
    .orderBy('other')
    .execute()
  return { takenIn: byConcern(merged), repeats: byConcern(repeated) }
}

/** Which meetings decided on a concern, by its number. */
export async function listMeetings(db: Db): Promise<Map<number, number[]>> {
  const rows = await db
    .selectFrom('decision')
    .select(['concern', 'meeting as other'])
    .distinct()
    .where('concern', 'is not', null)
    .orderBy('meeting')
    .execute()
  return byConcern(rows)
}

/** How many different people spoke of a concern or of one merged into it; withdrawn words count for nothing. */
export async function countVoices(db: Db): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('evidence')
    .innerJoin('message', 'message.seq', 'evidence.message')
    .innerJoin('concern', 'concern.no', 'evidence.concern')
    .select(({ fn }) => [
      fn.coalesce('merged_into', 'concern.no').as('no'),
      fn.count<number>(fn.coalesce('person', 'sender')).distinct().as('voices'),
    ])
    .where('role', 'in', ['told', 'more'])
    .where('message.state', '<>', 'withdrawn')
    .groupBy(({ fn }) => fn.coalesce('merged_into', 'concern.no'))
    .execute()
  return new Map(rows.map(({ no, voices }) => [no, voices]))
}

function byConcern(rows: readonly { concern: number | null; other: number }[]): Map<number, number[]> {
  const groups = Map.groupBy(rows, ({ concern }) => concern!)
  return new Map([...groups].map(([concern, all]) => [concern, all.map(({ other }) => other)]))
}
