import type { Db } from '../../db/database.ts'
import { HOUR, isNight, localMidnight, localParts, MINUTE } from '../clock.ts'
import type { Concern } from '../concerns/concern.ts'
import { fromRow } from '../concerns/concern.ts'
import { isAlive } from '../concerns/status.ts'

const EVERY = 15 * MINUTE
const QUICK_TIMES = 4

/** Raises the alarm for a red concern, once; it rings until somebody says 知道了 or does something about it. */
export async function raiseAlarm(db: Db, no: number, now: Date): Promise<void> {
  await db
    .insertInto('alarm')
    .values({
      concern: no,
      told: 1,
      next_at: new Date(now.getTime() + EVERY).toISOString(),
      quiet_by: null,
      quiet_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Somebody takes notice. @returns the numbers that fell quiet; all that ring when `no` is null. */
export async function quietAlarm(db: Db, no: number | null, by: string, now: Date): Promise<number[]> {
  let query = db
    .updateTable('alarm')
    .set({ quiet_by: by, quiet_at: now.toISOString() })
    .where('quiet_at', 'is', null)
    .returning('concern')
  if (no !== null) query = query.where('concern', '=', no)
  return (await query.execute()).map((row) => row.concern)
}

/**
 * The red concerns to be told again now: every 15 minutes four times, then hourly by day.
 * Those no longer alive fall quiet. The next time is written down with the answer.
 */
export async function ringDue(db: Db, now: Date): Promise<{ concern: Concern; told: number }[]> {
  const rows = await db
    .selectFrom('alarm')
    .innerJoin('concern', 'concern.no', 'alarm.concern')
    .selectAll('concern')
    .select('told')
    .where('quiet_at', 'is', null)
    .where('next_at', '<=', now.toISOString())
    .orderBy('no')
    .execute()
  const ringing: { concern: Concern; told: number }[] = []
  for (const { told, ...row } of rows) {
    const concern = fromRow(row)
    if (!isAlive(concern.status)) {
      await quietAlarm(db, concern.no, '小助手', now)
      continue
    }
    const next = nextRing(told + 1, now)
    await db
      .updateTable('alarm')
      .set({ told: told + 1, next_at: next.toISOString() })
      .where('concern', '=', concern.no)
      .execute()
    ringing.push({ concern, told })
  }
  return ringing
}

function nextRing(told: number, now: Date): Date {
  if (told <= QUICK_TIMES) return new Date(now.getTime() + EVERY)
  const hour = new Date(now.getTime() + HOUR)
  return isNight(hour) ? localMidnight(hour, localParts(hour).hour >= 22 ? 31 : 7) : hour
}
