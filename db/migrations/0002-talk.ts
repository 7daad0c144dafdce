import { type Kysely, sql } from 'kysely'

/** What was said, how it is read, and what the bot says back. A row of `message` is the queue. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table setting (
      key text primary key,
      value text not null
    ) strict`,
    sql`create table room (
      key text primary key check (key in ('members', 'committee')),
      topic text not null,
      member_names text not null,
      bound_at text not null
    ) strict`,
    sql`create table confirmed_person (
      remark text primary key,
      member text not null,
      confirmed_by text not null,
      confirmed_at text not null
    ) strict`,
    sql`create table episode (
      id integer primary key,
      room text not null check (room in ('members', 'committee')),
      purpose text not null default 'talk' check (purpose in ('talk', 'registered')),
      closed_at text not null,
      state text not null check (state in ('pending', 'read', 'people', 'split')),
      reader text,
      attempts integer not null default 0,
      started integer not null default 0,
      next_at text not null,
      error text
    ) strict`,
    sql`create index episode_waiting on episode (next_at) where state = 'pending'`,
    sql`create table message (
      seq integer primary key autoincrement,
      room text not null check (room in ('members', 'committee')),
      msg_id text not null,
      said_at text not null,
      heard_at text not null,
      sender_id text not null,
      sender text not null,
      remark text,
      person text,
      kind text not null check (kind in ('text', 'voice', 'image', 'file', 'link', 'recall', 'system', 'other')),
      text text not null,
      confidence real check (confidence between 0 and 1),
      quote_id text,
      revokes_id text,
      to_bot integer not null check (to_bot in (0, 1)),
      state text not null check (state in ('new', 'waiting', 'talk', 'command', 'aside', 'withdrawn', 'skipped')),
      episode integer references episode(id),
      attempts integer not null default 0,
      unique (room, msg_id),
      check ((state = 'talk') = (episode is not null) or state = 'withdrawn')
    ) strict`,
    sql`create index message_unread on message (state, room, seq) where state in ('new', 'waiting')`,
    sql`create index message_episode on message (episode)`,
    sql`create index message_heard on message (heard_at)`,
    sql`create table forgotten (
      hash text primary key,
      at text not null
    ) strict`,
    sql`create table outbox (
      id integer primary key autoincrement,
      room text not null check (room in ('members', 'committee')),
      kind text not null check (kind in ('reply', 'notice', 'red', 'digest')),
      text text not null,
      file text,
      once text unique,
      created_at text not null,
      not_before text not null,
      expires_at text,
      state text not null check (state in ('queued', 'sending', 'sent', 'unsure', 'dropped')),
      sent_at text
    ) strict`,
    sql`create index outbox_waiting on outbox (id) where state in ('queued', 'sending')`,
    sql`create table llm_call (
      id integer primary key,
      at text not null,
      purpose text not null,
      prompt_id text not null,
      prompt_version text not null,
      prompt_hash text not null,
      model_asked text not null,
      model_answered text,
      rung text not null,
      outcome text not null,
      input_tokens integer,
      cached_tokens integer,
      output_tokens integer,
      milliseconds integer not null,
      request_id text,
      repaired integer not null check (repaired in (0, 1))
    ) strict`,
  ]
  for (const statement of statements) await statement.execute(db)
}
