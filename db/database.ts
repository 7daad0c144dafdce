import SqliteDatabase from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as roster from './migrations/0001-roster.ts'
import * as talk from './migrations/0002-talk.ts'
import * as ledger from './migrations/0003-ledger.ts'
import * as casework from './migrations/0004-casework.ts'
import * as transport from './migrations/0005-transport.ts'
import * as media from './migrations/0006-media.ts'
import * as people from './migrations/0009-people-and-answers.ts'
import * as chainLines from './migrations/0010-chain-lines.ts'
import type { Schema } from './schema.ts'

/** A connection, or a transaction of one: every query takes it as its first parameter. */
export type Db = Kysely<Schema>

/** Every migration by its name, in order. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001-roster': inTransaction(roster),
  '0002-talk': inTransaction(talk),
  '0003-ledger': inTransaction(ledger),
  '0004-casework': inTransaction(casework),
  '0005-transport': inTransaction(transport),
  '0006-media': inTransaction(media),
  '0009-people-and-answers': inTransaction(people),
  '0010-chain-lines': inTransaction(chainLines),
}

/**
 * Opens the SQLite file (or `:memory:`) and brings its schema up to date.
 * Durable: WAL with synchronous=FULL, foreign keys on, deleted text overwritten.
 * @throws Error with its cause when the file cannot be opened or a migration fails.
 */
export async function openDatabase(location: string): Promise<Db> {
  const sqlite = new SqliteDatabase(location)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('secure_delete = ON')
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) })
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateToLatest()
  if (error) {
    await db.destroy()
    throw new Error(`the database ${location} could not be brought up to date`, { cause: error })
  }
  return db
}

/**
 * Opens the SQLite file for looking only, as it stands: beside a process that owns it, nothing is changed, not even the
 * schema. @throws Error when it is not there or cannot be opened.
 */
export function openReadOnly(location: string): Db {
  const sqlite = new SqliteDatabase(location, { readonly: true, fileMustExist: true })
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) })
}

/** Runs `work` in one transaction; inside a transaction it joins that one. */
export async function inOneTransaction<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  return db.transaction().execute(work)
}

/** Finds what SQLite itself holds to be wrong with the file: damaged pages, broken references. Empty when sound. */
export async function findDamage(db: Db): Promise<string[]> {
  const pages = await sql<{ quick_check: string }>`pragma quick_check`.execute(db)
  const references = await sql<{ table: string; rowid: number }>`pragma foreign_key_check`.execute(db)
  return [
    ...pages.rows.map((row) => row.quick_check).filter((line) => line !== 'ok'),
    ...references.rows.map((row) => `${row.table}#${row.rowid}`),
  ]
}

function inTransaction({ up }: { up(db: Kysely<unknown>): Promise<void> }): Migration {
  return { up: (db: Kysely<unknown>) => db.transaction().execute((trx) => up(trx)) }
}
