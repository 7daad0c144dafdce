import type { Db } from '../../db/database.ts'
import { readSetting, saveSetting } from '../settings.ts'

/** While old chat is being read, whatever comes into the outbox will not be said; what waited before stays as it is. */
export async function beginSilence(db: Db): Promise<void> {
  if ((await readSetting(db, 'silent_after')) !== null) return
  const { last } = await db
    .selectFrom('outbox')
    .select(({ fn }) => fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  await saveSetting(db, 'silent_after', String(last ?? 0))
}

/** Drops what came into the outbox meanwhile. To be called at every start too: the reading may have been killed. */
export async function endSilence(db: Db): Promise<void> {
  const after = await readSetting(db, 'silent_after')
  if (after === null) return
  await db
    .updateTable('outbox')
    .set({ state: 'dropped' })
    .where('state', '=', 'queued')
    .where('id', '>', Number(after))
    .execute()
  await db.deleteFrom('setting').where('key', '=', 'silent_after').execute()
}
