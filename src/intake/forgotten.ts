import { createHmac, randomBytes } from 'node:crypto'
import type { Db } from '../../db/database.ts'

/** A hash that recognises forgotten words without keeping them; the key never leaves the database. */
export async function keyedHash(db: Db, parts: string[]): Promise<string> {
  const fresh = randomBytes(32).toString('hex')
  await db
    .insertInto('setting')
    .values({ key: 'forgotten_key', value: fresh })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { value } = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'forgotten_key')
    .executeTakeFirstOrThrow()
  return createHmac('sha256', value).update(JSON.stringify(parts)).digest('hex')
}
