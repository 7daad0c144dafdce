import type { Db } from '../db/database.ts'

/** Facts about this installation that outlive a restart. */
type Key =
  /** When this ledger began. */
  | 'since'
  /** Milliseconds from the machine's time to the sample's. */
  | 'sample_offset'
  /** Set while the sample week is being replayed, so that a killed replay goes on. */
  | 'sample_running'
  /** When WeChat last answered a look for news. */
  | 'last_sync'
  /** When the newest message stored so far was said; much older ones are not taken again. */
  | 'watermark'
  /** Messages that could not be stored, with how often, as JSON. */
  | 'stumbled'
  /** Until when nothing is said, because WeChat found it too much. */
  | 'rest_until'
  /** `yes` while the operator knows that the model is away. */
  | 'model_alerted'
  /** Up to which row of the outbox the operator was told of what may not have arrived, as JSON. */
  | 'outbox_alerted'
  /** While old chat is being read: the last row of the outbox that is still to be said. */
  | 'silent_after'
  /** When the last picture could not be drawn; empty when it could. */
  | 'picture_trouble'

/** A remembered fact, or null. */
export async function readSetting(db: Db, key: Key): Promise<string | null> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value ?? null
}

/** Remembers a fact, replacing what was there. */
export async function saveSetting(db: Db, key: Key, value: string): Promise<void> {
  await db
    .insertInto('setting')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
