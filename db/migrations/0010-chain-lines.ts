import { type Kysely, sql } from 'kysely'

/**
 * The lines seen of each list that is sent whole again with every addition (接龙), each with the message that brought
 * it; null of somebody who is not to be recorded.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table chain_line (
      room text not null check (room in ('members', 'committee')),
      topic text not null,
      line text not null,
      msg_id text,
      seen_at text not null,
      primary key (room, topic, line)
    ) strict`,
    sql`create index chain_line_message on chain_line (room, msg_id)`,
    sql`insert into chain_line select room, topic, value, null, at from chain, json_each(entries)`,
    sql`drop table chain`,
  ]
  for (const statement of statements) await statement.execute(db)
}
