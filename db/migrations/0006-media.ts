import { type Kysely, sql } from 'kysely'

/**
 * Voice messages and pictures whose words are still to come, and the lines seen of each list that is sent whole
 * again with every addition (接龙). A row of `media` goes as soon as it is read or given up, and its bytes with it;
 * what is withdrawn is not read at all.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table media (
      message integer primary key references message(seq),
      kind text not null check (kind in ('voice', 'image')),
      state text not null check (state in ('fetch', 'read')),
      bytes blob,
      since text not null,
      attempts integer not null default 0,
      started integer not null default 0,
      next_at text not null,
      error text,
      check ((state = 'read') = (bytes is not null))
    ) strict`,
    sql`create index media_due on media (state, next_at)`,
    sql`create trigger media_withdrawn after update of state on message when new.state = 'withdrawn' begin
      delete from media where message = new.seq;
    end`,
    sql`create table chain (
      room text not null check (room in ('members', 'committee')),
      topic text not null,
      entries text not null,
      at text not null,
      primary key (room, topic)
    ) strict`,
  ]
  for (const statement of statements) await statement.execute(db)
}
