import { createHmac, randomBytes } from 'node:crypto'
import type { Db } from '../../db/database.ts'
import type { RoomKey } from '../../db/schema.ts'

/** What of a message is needed to know it again; `saidAt` is UTC ISO text. */
export type Forgettable = { room: RoomKey; sender: string; saidAt: string; text: string }

const LONG_ENOUGH = 6

/**
 * Leaves a trace of messages whose words are being removed, by which a copy of them pasted later is known: by who said
 * it, the minute and the words, and where there are words enough by minute and words alone, since a copy may show
 * another name of the same person. To be called before the words are gone.
 */
export async function rememberForgotten(db: Db, messages: readonly Forgettable[], now: Date): Promise<void> {
  const at = now.toISOString()
  const key = await keyOf(db)
  for (const hash of messages.flatMap((message) => hashesOf(key, message))) {
    const row = db.insertInto('forgotten').values({ hash, at })
    await row.onConflict((conflict) => conflict.doNothing()).execute()
  }
}

/** Whether these words were removed on purpose. */
export async function isForgotten(db: Db, message: Forgettable): Promise<boolean> {
  const hashes = hashesOf(await keyOf(db), message)
  const row = await db
    .selectFrom('forgotten')
    .select('hash')
    .where('hash', 'in', ['', ...hashes])
    .executeTakeFirst()
  return row !== undefined
}

/** Words as they compare: however spaces, widths and line ends were copied. */
export function comparable(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim()
}

/** A hash that recognises words without keeping them; the key never leaves the database. */
export async function keyedHash(db: Db, parts: string[]): Promise<string> {
  return hashWith(await keyOf(db), parts)
}

async function keyOf(db: Db): Promise<string> {
  const fresh = randomBytes(32).toString('hex')
  await db
    .insertInto('setting')
    .values({ key: 'forgotten_key', value: fresh })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const setting = db.selectFrom('setting').select('value').where('key', '=', 'forgotten_key')
  return (await setting.executeTakeFirstOrThrow()).value
}

function hashWith(key: string, parts: string[]): string {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex')
}

function hashesOf(key: string, { room, sender, saidAt, text }: Forgettable): string[] {
  const words = comparable(text)
  if (words === '') return []
  const minute = saidAt.slice(0, 16)
  const named = hashWith(key, [room, sender, minute, words])
  return words.length < LONG_ENOUGH ? [named] : [named, hashWith(key, [room, minute, words])]
}
