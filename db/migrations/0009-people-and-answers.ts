import { type Kysely, sql } from 'kysely'

const OLD = "('satisfied', 'basically_satisfied', 'not_reached', 'nobody_to_ask')"
const NEW = "('satisfied', 'basically_satisfied', 'dissatisfied', 'not_reached', 'nobody_to_ask')"

/**
 * Wishes not to be recorded by what is stable of a person; requests to delete data with the person's remark;
 * and the answer that something is solved but the resident unhappy.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table recording_wish (
      key text primary key,
      wish text not null check (wish in ('out', 'in')),
      sender_id text not null,
      at text not null
    ) strict`,
    sql`insert or ignore into recording_wish
      select coalesce('remark:' || remark, 'name:members:' || sender), 'out', sender_id, at from opted_out`,
    sql`drop table opted_out`,
    sql`alter table deletion_request add column remark text`,
    sql`alter table deletion_request add column person text`,
  ]
  for (const statement of statements) await statement.execute(db)
  await allowDissatisfied(db)
}

/** SQLite changes a check only with its table: the same table is made again, with its rows, indexes and triggers. */
async function allowDissatisfied(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ type: string; sql: string }>`
    select type, sql from sqlite_schema where tbl_name = 'concern' and sql is not null order by type = 'table' desc`.execute(
    db,
  )
  const [table, ...others] = rows
  const changed = table!.sql.replace(OLD, NEW)
  if (changed === table!.sql) throw new Error('the answers of a follow-up are not where they were')
  await sql`pragma defer_foreign_keys = on`.execute(db)
  await sql`create temp table concern_kept as select * from concern`.execute(db)
  await sql`drop table concern`.execute(db)
  await sql.raw(changed).execute(db)
  await sql`insert into concern select * from concern_kept`.execute(db)
  for (const { sql: statement } of others) await sql.raw(statement).execute(db)
  await sql`drop table concern_kept`.execute(db)
}
