import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sql } from 'kysely'
import { type Db, findDamage, openDatabase } from '../../db/database.ts'
import { lockFolder } from '../../db/lock.ts'
import { purgeOldTalk } from '../casework/purge.ts'
import { ROOM_WORDS } from '../chat/chat.ts'
import { clockText, dateWithWeekday } from '../clock.ts'
import { fromRow } from '../concerns/concern.ts'
import type { Config } from '../config.ts'
import { UserError } from '../errors.ts'
import { contactsOf } from '../roster/contacts.ts'
import { loadRoster } from '../roster/repository.ts'
import { makeDataFolder } from './data-folder.ts'
import { lookIntoLedger, openLedgerFolder } from './ledger-folder.ts'

/**
 * Writes the whole state into one file, sound and readable by its owner only; the bot may go on running. Voices and
 * pictures that still wait to be read are left out.
 */
export async function backUp({ dataDir }: Config, file: string): Promise<void> {
  const source = ledgerFile(dataDir)
  if (!existsSync(source)) throw new UserError(`${dataDir} 里还没有台账,没有可备份的。`)
  if (existsSync(file)) throw new UserError(`${file} 已经有了,请换个名字。`)
  mkdirSync(dirname(file), { recursive: true })
  const part = `${file}.part`
  try {
    // SQLite fills an empty file and leaves its mode as it is.
    rmSync(part, { force: true })
    writeFileSync(part, '', { mode: 0o600 })
    await inDatabase(source, (db) => sql`vacuum into ${part}`.execute(db))
    await inDatabase(part, leaveOutFiles)
    renameSync(part, file)
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true })
  }
  process.stdout.write(`备份好了:${file}\n`)
}

/** Puts a backup in the place of the ledger; what was there is kept beside it. The bot must not be running. */
export async function restore({ dataDir }: Config, file: string): Promise<void> {
  if (!existsSync(file)) throw new UserError(`没有这个文件:${file}`)
  await assertSound(file)
  makeDataFolder(dataDir)
  const lock = lockFolder(dataDir)
  if (!lock) throw new UserError(`资料夹 ${dataDir} 正被小助手用着。请先停掉它,再恢复。`)
  const target = ledgerFile(dataDir)
  const kept = existsSync(target) ? freeName(target) : null
  try {
    const fresh = `${target}.restoring`
    copyFileSync(file, fresh)
    chmodSync(fresh, 0o600)
    if (kept !== null) {
      // Whatever still stands in the write-ahead log belongs to the old ledger.
      await inDatabase(target, leaveOutFiles).catch(() => null)
      renameSync(target, kept)
      chmodSync(kept, 0o600)
    }
    for (const suffix of ['-wal', '-shm']) rmSync(`${target}${suffix}`, { force: true })
    renameSync(fresh, target)
  } finally {
    lock.release()
  }
  process.stdout.write(`恢复好了。${kept === null ? '' : `原来的台账改名放在旁边:${basename(kept)}`}\n`)
}

/** Empties raw talk older than 30 days that belongs to no concern; a dry run only counts. */
export async function purge(config: Config, { isDry }: { isDry: boolean }): Promise<void> {
  const { db, close } = await openLedgerFolder(config.dataDir)
  try {
    const count = await purgeOldTalk(db, new Date(), { isDry })
    process.stdout.write(isDry ? `会清空${count}条闲话(什么都没有改)。\n` : `清空了${count}条闲话。\n`)
  } finally {
    await close()
  }
}

/** Prints who asked the bot for what and when, on the community's clock, newest last; the bot may be running. */
export async function audit({ dataDir }: Config): Promise<void> {
  await lookIntoLedger(dataDir, async (db) => {
    const rows = await db.selectFrom('asked_command').selectAll().orderBy('id', 'desc').limit(200).execute()
    for (const { at, room, actor, command, concern } of rows.reverse()) {
      const day = dateWithWeekday(new Date(at)).slice(0, 10)
      const when = `${day} ${clockText(new Date(at))}`
      process.stdout.write(
        `${when} ${ROOM_WORDS[room]} ${actor} ${command}${concern === null ? '' : ` ${concern}号`}\n`,
      )
    }
    if (rows.length === 0) process.stdout.write('还没有人问过。\n')
  })
}

/**
 * Prints the phone numbers of those who look after a concern's building: they never travel through WeChat. The bot may
 * be running: they are needed most when it cannot speak.
 */
export async function contacts({ dataDir }: Config, number: string): Promise<void> {
  await lookIntoLedger(dataDir, async (db) => {
    const row = await db.selectFrom('concern').selectAll().where('no', '=', Number(number)).executeTakeFirst()
    if (!row) throw new UserError(`没有${number}号。`)
    const { place, reporter } = fromRow(row)
    for (const { role, name, phone } of contactsOf(await loadRoster(db), place, reporter))
      process.stdout.write(`${role} ${name} ${phone ?? '没有电话'}\n`)
  })
}

/** Where the ledger that gives way is kept: a name nothing has yet. */
function freeName(target: string): string {
  const first = `${target}.before-restore`
  for (let count = 1; ; count++) {
    const name = count === 1 ? first : `${first}-${count}`
    if (!existsSync(name)) return name
  }
}

/** Originals are deleted once they are read: no copy keeps them. */
async function leaveOutFiles(db: Db): Promise<void> {
  await db.deleteFrom('media').execute()
  await sql`vacuum`.execute(db)
}

async function inDatabase(file: string, work: (db: Db) => Promise<unknown>): Promise<void> {
  const db = await openDatabase(file)
  try {
    await work(db)
  } finally {
    await db.destroy()
  }
}

async function assertSound(file: string): Promise<void> {
  const copy = `${file}.checking`
  copyFileSync(file, copy)
  try {
    await inDatabase(copy, async (db) => {
      await db.selectFrom('concern').select('no').limit(1).execute()
      if ((await findDamage(db)).length > 0) throw new Error('damaged')
    })
  } catch {
    throw new UserError(`${file} 不是完好的备份,什么都没有改。`)
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true })
  }
}

function ledgerFile(dataDir: string): string {
  return join(dataDir, 'ledger.sqlite')
}
