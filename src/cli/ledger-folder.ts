import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, openDatabase, openReadOnly } from '../../db/database.ts'
import { type FolderLock, lockFolder } from '../../db/lock.ts'
import { saveMoves } from '../concerns/status.ts'
import { readTaxonomy, saveCategories, type Taxonomy } from '../concerns/taxonomy.ts'
import { UserError } from '../errors.ts'
import { readRosterFolder } from '../roster/read.ts'
import { loadRoster, saveRoster } from '../roster/repository.ts'
import type { Roster } from '../roster/roster.ts'
import { makeDataFolder } from './data-folder.ts'

/** The fictional roster that comes with the project. */
export const SAMPLE_ROSTER = new URL('../../db/roster/', import.meta.url).pathname

/** An open ledger: its database, its words and its roster. */
export type OpenLedger = { db: Db; taxonomy: Taxonomy; roster: Roster; close(): Promise<void> }

/**
 * Opens the ledger of a data folder for this process alone and its owner's eyes only; a new one gets the sample roster.
 * @throws UserError when another process has it open.
 */
export async function openLedgerFolder(folder: string): Promise<OpenLedger> {
  makeDataFolder(folder)
  const lock = lockFolder(folder)
  if (!lock) throw new UserError(`资料夹 ${folder} 正被另一个小助手用着。请先停掉它,再试一次。`)
  try {
    const file = join(folder, 'ledger.sqlite')
    // SQLite gives its other files the mode of this one.
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
    const ledger = await prepareLedger(await openDatabase(file))
    return { ...ledger, close: () => closeAll(ledger.db, lock) }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Looks into the ledger of a data folder, which the bot may have open. @throws UserError when there is none yet. */
export async function lookIntoLedger<T>(folder: string, look: (db: Db) => Promise<T>): Promise<T> {
  const file = join(folder, 'ledger.sqlite')
  if (!existsSync(file)) throw new UserError(`${folder} 里还没有台账。`)
  const db = openReadOnly(file)
  try {
    return await look(db)
  } finally {
    await db.destroy()
  }
}

/** Fills a database with what every ledger needs: categories, the table of moves, a roster. */
export async function prepareLedger(db: Db): Promise<OpenLedger> {
  const taxonomy = readTaxonomy()
  await saveCategories(db, taxonomy)
  await saveMoves(db)
  const known = await loadRoster(db)
  if (known.buildings.length === 0) await saveRoster(db, readRosterFolder(SAMPLE_ROSTER))
  return { db, taxonomy, roster: await loadRoster(db), close: () => db.destroy() }
}

async function closeAll(db: Db, lock: FolderLock): Promise<void> {
  await db.destroy()
  lock.release()
}
