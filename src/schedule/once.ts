import type { Db } from '../../db/database.ts'

/** Whether something that happens once was done already. */
export async function isDone(db: Db, key: string): Promise<boolean> {
  return (await db.selectFrom('setting').select('key').where('key', '=', key).executeTakeFirst()) !== undefined
}

/** Marks it as done. @throws Error when it was already. */
export async function markDone(db: Db, key: string, now: Date): Promise<void> {
  await db.insertInto('setting').values({ key, value: now.toISOString() }).execute()
}
