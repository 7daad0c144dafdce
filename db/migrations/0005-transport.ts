import { type Kysely, sql } from 'kysely'

/** What the connection to WeChat must remember: the bot's own words and the hours not heard. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table spoken (
      id integer primary key,
      hash text not null,
      msg_id text,
      at text not null
    ) strict`,
    sql`create table gap (
      id integer primary key,
      from_at text not null,
      to_at text not null check (to_at > from_at)
    ) strict`,
  ]
  for (const statement of statements) await statement.execute(db)
}
