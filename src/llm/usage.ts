import type { Db } from '../../db/database.ts'

/** Calls and tokens after the call `sinceId`, of all time without it; `lastId` is what to count from next. */
export async function totalUsage(
  db: Db,
  sinceId = 0,
): Promise<{ calls: number; input: number; cached: number; output: number; lastId: number }> {
  const total = await db
    .selectFrom('llm_call')
    .where('id', '>', sinceId)
    .select(({ fn }) => [
      fn.countAll<number>().as('calls'),
      fn.sum<number | null>('input_tokens').as('input'),
      fn.sum<number | null>('cached_tokens').as('cached'),
      fn.sum<number | null>('output_tokens').as('output'),
      fn.max('id').as('last'),
    ])
    .executeTakeFirstOrThrow()
  return {
    calls: total.calls,
    input: total.input ?? 0,
    cached: total.cached ?? 0,
    output: total.output ?? 0,
    lastId: total.last ?? sinceId,
  }
}
