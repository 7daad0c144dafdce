import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { MediaKind, MediaTable } from '../../db/schema.ts'
import { MINUTE } from '../clock.ts'

/** A file to be fetched or read, and the message it belongs to. */
export type MediaJob = Selectable<MediaTable> & { msg_id: string }

/** How long an episode waits for the words of a voice message or picture. */
export const PATIENCE = 2 * MINUTE

/** Notes that the words of a message are still to come; in the transaction that writes the message down. */
export async function awaitWords(db: Db, message: number, kind: MediaKind, heardAt: Date): Promise<void> {
  const at = heardAt.toISOString()
  await db
    .insertInto('media')
    .values({ message, kind, state: 'fetch', bytes: null, since: at, next_at: at, error: null })
    .execute()
}

/** The oldest file that is due to be fetched or to be read; undefined when none is. */
export async function nextJob(db: Db, state: MediaJob['state'], now: Date): Promise<MediaJob | undefined> {
  return db
    .selectFrom('media')
    .innerJoin('message', 'message.seq', 'media.message')
    .selectAll('media')
    .select('msg_id')
    .where('media.state', '=', state)
    .where('next_at', '<=', now.toISOString())
    .orderBy('media.message')
    .limit(1)
    .executeTakeFirst()
}

/**
 * Notes durably that a file is about to be worked on, so that one that ends the process is recognised.
 * @returns whether it is still wanted.
 */
export async function startJob(db: Db, { message, started }: MediaJob): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('media')
    .set({ started: started + 1 })
    .where('message', '=', message)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Keeps a fetched file until it is read. */
export async function keepBytes(db: Db, { message }: MediaJob, bytes: Buffer, now: Date): Promise<void> {
  const fresh = { attempts: 0, started: 0, next_at: now.toISOString(), error: null }
  await db
    .updateTable('media')
    .set({ state: 'read', bytes, ...fresh })
    .where('message', '=', message)
    .execute()
}

/** Lets a file wait until `next` after a failed attempt. */
export async function postponeJob(db: Db, { message, attempts }: MediaJob, next: Date, error: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ attempts: attempts + 1, started: 0, next_at: next.toISOString(), error })
    .where('message', '=', message)
    .execute()
}

/** Forgets a file: it was read or given up. @returns whether it was still wanted. */
export async function dropJob(db: Db, message: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('media').where('message', '=', message).executeTakeFirst()
  return numDeletedRows > 0n
}

/**
 * Forgets every file of somebody, so that nothing more of it is sent away or written: by the id of this login, the
 * owner's remark, and names, those of the roster too.
 */
export async function forgetFilesOf(
  db: Db,
  { senderId, remark, names }: { senderId: string; remark: string | null; names: readonly string[] },
): Promise<void> {
  const theirs = db
    .selectFrom('message')
    .select('seq')
    .where((where) =>
      where.or([
        where('sender_id', '=', senderId),
        ...(remark === null ? [] : [where('remark', '=', remark)]),
        ...names.flatMap((name) => [where('sender', '=', name), where('person', '=', name)]),
      ]),
    )
  await db.deleteFrom('media').where('message', 'in', theirs).execute()
}

/** A new start, or an end in good order: whatever backed off is tried at once, and no start of a try is held against it. */
export async function retryJobs(db: Db, now: Date, { isEnding = false } = {}): Promise<void> {
  await db
    .updateTable('media')
    .set(isEnding ? { started: 0 } : { next_at: now.toISOString() })
    .execute()
}

/** Which of these messages an episode still waits for. */
export async function awaitedAmong(db: Db, messages: readonly number[], now: Date): Promise<Set<number>> {
  const rows = await db
    .selectFrom('media')
    .select('message')
    .where('message', 'in', [0, ...messages])
    .where('since', '>', new Date(now.getTime() - PATIENCE).toISOString())
    .execute()
  return new Set(rows.map((row) => row.message))
}

/** How many voice messages and pictures wait for their words, and of how many the last try failed. */
export async function countJobs(db: Db): Promise<{ waiting: number; failing: number }> {
  return db
    .selectFrom('media')
    .select(({ fn }) => [
      fn.countAll<number>().as('waiting'),
      fn.countAll<number>().filterWhere('error', 'is not', null).as('failing'),
    ])
    .executeTakeFirstOrThrow()
}
